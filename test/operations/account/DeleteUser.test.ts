import {
  AdminCreateUserCommand,
  DeleteUserCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, lookAt, nobody, refusalOfCall, signIn, tallyOf } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

const attributes = { email: 'fixture@example.com', email_verified: 'true' };

async function somebody() {
  const service = await startService();
  const pool = await service.aPool({ AliasAttributes: ['email'] });
  const person = await aPerson(service, pool, { username: 'ada', attributes });
  return { ...service, ...person, pool };
}

describe('DeleteUser', () => {
  test('takes the user away, with an empty answer', async () => {
    const { client, call, pool, app, token } = await somebody();
    const { AuthenticationResult } = await signIn(client, app, { username: 'ada' });

    expect(await call('DeleteUser', { AccessToken: token })).toMatchObject({ status: 200, body: '' });
    for (const name of ['ada', attributes.email]) {
      expect(await refusalOfCall(lookAt(client, pool, name))).toBe(nobody);
      expect(await refusalOfCall(signIn(client, app, { username: name }))).toBe(nobody);
    }
    expect(bodyOf(await client.send(new ListUsersCommand({ UserPoolId: pool.id })))).toEqual({ Users: [] });
    expect(await refusalOfCall(client.send(new GetUserCommand({ AccessToken: token })))).toBe(nobody);
    const refresh = new InitiateAuthCommand({
      ClientId: app.id,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
    });
    expect(await refusalOfCall(client.send(refresh))).not.toBe('nothing is refused');
  });

  test('frees name and address for somebody else', async () => {
    const { client, pool, user, token, aUser } = await somebody();
    await client.send(new DeleteUserCommand({ AccessToken: token }));
    const next = await aUser(pool, { username: 'ada', attributes });

    expect(next.sub).not.toBe(user.sub);
    expect((await lookAt(client, pool, attributes.email)).attributes['sub']).toBe(next.sub);
    expect(await refusalOfCall(client.send(new DeleteUserCommand({ AccessToken: token })))).toBe(nobody);
    expect((await lookAt(client, pool, 'ada')).attributes['sub']).toBe(next.sub);
  });

  test('finds the user once, however many ask side by side', async () => {
    const { client, pool, token } = await somebody();
    const many = Array.from({ length: 20 }, () => client.send(new DeleteUserCommand({ AccessToken: token })));

    expect(await tallyOf(many)).toEqual({ 'nothing is refused': 1, [nobody]: 19 });
    await client.send(new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'ada', MessageAction: 'SUPPRESS' }));
  });
});
