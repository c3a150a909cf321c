import {
  AdminDeleteUserCommand,
  DescribeUserPoolCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, lookAt, nobody, refusalOfCall, signIn, tallyOf } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

const attributes = { email: 'fixture@example.com', email_verified: 'true' };

async function administering() {
  const service = await startService();
  const pool = await service.aPool({ AliasAttributes: ['email'] });
  const person = await aPerson(service, pool, { username: 'ada', attributes });
  const remove = (Username: string) =>
    service.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username }));
  return { ...service, ...person, pool, remove };
}

describe('AdminDeleteUser', () => {
  test('takes the user away, with an empty answer', async () => {
    const { client, call, pool, app, token } = await administering();
    const { AuthenticationResult } = await signIn(client, app, { username: 'ada' });

    const request = { UserPoolId: pool.id, Username: 'ada' };
    expect(await call('AdminDeleteUser', request)).toMatchObject({ status: 200, body: '' });
    for (const name of ['ada', attributes.email]) expect(await refusalOfCall(lookAt(client, pool, name))).toBe(nobody);
    expect(await refusalOfCall(client.send(new GetUserCommand({ AccessToken: token })))).toBe(nobody);
    const refresh = new InitiateAuthCommand({
      ClientId: app.id,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
    });
    expect(await refusalOfCall(client.send(refresh))).not.toBe('nothing is refused');
    expect(await refusalOfCall(signIn(client, app, { username: 'ada' }))).toBe(nobody);
  });

  test('finds the user by alias and sub, and frees both', async () => {
    const { client, pool, aUser, user, remove } = await administering();
    await remove(attributes.email);
    const second = await aUser(pool, { username: 'ada', attributes });
    await remove(second.sub);
    const third = await aUser(pool, { username: 'bob', attributes });

    expect(new Set([user.sub, second.sub, third.sub]).size).toBe(3);
    expect((await lookAt(client, pool, attributes.email)).username).toBe('bob');
    for (const { sub } of [user, second]) expect(await refusalOfCall(remove(sub))).toBe(nobody);
  });

  test('leaves nothing of a code or a failure to the next user of the name', async () => {
    const { client, pool, app, aUser, outbox, remove } = await administering();
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' }));
    const code = await outbox.codeFor({ poolId: pool.id, username: 'ada' });
    for (let failure = 0; failure < 6; failure++) {
      await refusalOfCall(signIn(client, app, { username: 'ada', password: 'Wrong-Horse-9' }));
    }
    await remove('ada');
    await aUser(pool, { username: 'ada', attributes });

    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult).toBeDefined();
    expect(code).toMatch(/^[0-9]{6}$/);
  });

  test('finds the user once, however many ask side by side, and counts them once', async () => {
    const { client, pool, aUser, remove } = await administering();
    await aUser(pool, { username: 'bob' });
    const many = Array.from({ length: 20 }, () => remove('ada'));

    expect(await tallyOf(many)).toEqual({ 'nothing is refused': 1, [nobody]: 19 });
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: pool.id }));
    expect(UserPool?.EstimatedNumberOfUsers).toBe(1);
  });

  test('does not know users and pools that are not there', async () => {
    const { client, remove } = await administering();
    expect(await refusalOfCall(remove('nobody'))).toBe(nobody);
    const elsewhere = new AdminDeleteUserCommand({ UserPoolId: 'us-east-1_nobody', Username: 'nobody' });
    expect(await refusalOfCall(client.send(elsewhere))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
