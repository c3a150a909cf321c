import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminUpdateUserAttributesCommand,
  DeleteWebAuthnCredentialCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { anAuthenticator } from '../../support/authenticator.ts';
import { relyingParty, somebodyWithPasskeys } from '../../support/passkeys.ts';
import { aPerson, bodyOf, refusalOfCall, tallyOf } from '../../support/people.ts';

const notFound = 'ResourceNotFoundException: There is no such passkey.';

async function somebody() {
  const person = await somebodyWithPasskeys();
  const remove = (AccessToken: string, CredentialId: string) =>
    person.client.send(new DeleteWebAuthnCredentialCommand({ AccessToken, CredentialId }));
  return { ...person, remove };
}

describe('DeleteWebAuthnCredential', () => {
  test('removes a passkey, once, and its id is free again (auth-flows 35)', async () => {
    const { token, register, remove, list } = await somebody();
    const [one, other] = [await register(token), await register(token)];
    expect(bodyOf(await remove(token, one.id))).toEqual({});
    expect((await list(token)).Credentials).toMatchObject([{ CredentialId: other.id }]);
    expect(await refusalOfCall(remove(token, one.id))).toBe(notFound);
    await register(token, one);
    expect((await list(token)).Credentials).toHaveLength(2);
  });

  test('knows no passkey of somebody else, and none of an odd id', async () => {
    const { service, pool, app, token, register, remove, list } = await somebody();
    const eve = await aPerson(service, pool, { username: 'eve', app });
    const { id } = await register(token);
    for (const wrong of [id, 'AAAA', '', '#', `${id}#`, 'x'.repeat(5000), '../@']) {
      expect(await refusalOfCall(remove(eve.token, wrong))).toMatch(/^(ResourceNotFound|InvalidParameter)Exception/);
    }
    expect((await list(token)).Credentials).toHaveLength(1);
  });

  test('removes it once, however many ask at once, and counts it once', async () => {
    const { token, register, remove, start, complete, ports, pool } = await somebody();
    const { id } = await register(token);
    expect(await tallyOf(Array.from({ length: 5 }, () => remove(token, id)))).toEqual({
      'nothing is refused': 1,
      [notFound]: 4,
    });
    const kept = await ports.pools.find(pool.id);
    expect(kept && (await ports.users.find(kept, 'ada'))?.passkeyCounts).toEqual({ [relyingParty]: 0 });
    await complete(token, anAuthenticator().register(await start(token)));
    expect(kept && (await ports.users.find(kept, 'ada'))?.passkeyCounts).toEqual({ [relyingParty]: 1 });
  });

  test('leaves the count right beside other changes of the user', async () => {
    const { client, token, register, remove, ports, pool } = await somebody();
    const { id } = await register(token);
    const change = (Value: string) =>
      client.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId: pool.id,
          Username: 'ada',
          UserAttributes: [{ Name: 'name', Value }],
        }),
      );
    await Promise.all([register(token), change('a'), remove(token, id), change('b')]);
    const kept = await ports.pools.find(pool.id);
    const user = kept && (await ports.users.find(kept, 'ada'));
    expect(user?.passkeyCounts).toEqual({ [relyingParty]: 1 });
    expect(['a', 'b']).toContain(user?.attributes['name']);
  });

  test('a user who is deleted leaves no passkey and no claim behind, also not to the next of the name', async () => {
    const { service, client, app, token, register, list, pool } = await somebody();
    const authenticator = await register(token);
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await client.send(
      new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'someone', MessageAction: 'SUPPRESS' }),
    );
    const next = await aPerson(service, pool, { username: 'ada', app });
    expect((await list(next.token)).Credentials).toEqual([]);
    await register(next.token, authenticator);
    expect((await list(next.token)).Credentials).toHaveLength(1);
  });
});
