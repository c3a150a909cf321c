/** The function that runs once an administrator has confirmed a registration. */
import { AdminConfirmSignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bodyOf, lookAt, nobody, refusalOfCall, signIn, tallyOf } from '../../support/people.ts';
import { type RegistrationFunctions, registrationRoom } from '../../support/registration-functions.ts';

const email = 'ada@example.com';

async function registered(functions: RegistrationFunctions = {}) {
  const room = await registrationRoom({ functions });
  const { UserSub: sub = '' } = await room.register('ada', { email }, { ClientMetadata: { from: 'SignUp' } });
  room.events.length = 0;
  const confirm = (Username = 'ada', ClientMetadata?: Record<string, string>) =>
    room.client.send(new AdminConfirmSignUpCommand({ UserPoolId: room.pool.id, Username, ClientMetadata }));
  return { ...room, sub, confirm };
}

describe('PostConfirmation of somebody whom an administrator confirms', () => {
  test('gets the whole event, which names no client (triggers-and-messages 3, 4, 13)', async () => {
    const { confirm, events, pool, sub } = await registered();
    expect(bodyOf(await confirm('ada', { tenant: 'a' }))).toEqual({});

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'PostConfirmation_ConfirmSignUp',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'CLIENT_ID_NOT_APPLICABLE' },
        request: {
          userAttributes: { sub, email, email_verified: 'false', 'cognito:user_status': 'CONFIRMED' },
          clientMetadata: { tenant: 'a' },
        },
        response: {},
      },
    ]);
  });

  test('is told no metadata of another request (triggers-and-messages 13)', async () => {
    const { confirm, events } = await registered();
    await confirm();

    expect(Object.keys(events[0]?.request ?? {})).toEqual(['userAttributes']);
  });

  test('that fails is heard of, and the user stays confirmed (triggers-and-messages 11)', async () => {
    const { app, client, confirm, pool } = await registered({
      PostConfirmation() {
        throw new Error('boom');
      },
    });

    expect(await refusalOfCall(confirm())).toBe(
      'UserLambdaValidationException: PostConfirmation failed with error boom.',
    );
    expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult).toBeDefined();
  });

  test('does not run for users who wait for nothing, nor for names that nobody has', async () => {
    const { aUser, confirm, events, pool } = await registered();
    await aUser(pool, { username: 'bob' });
    events.length = 0;

    expect(await refusalOfCall(confirm('bob'))).toMatch('NotAuthorizedException');
    expect(await refusalOfCall(confirm('nobody'))).toBe(nobody);
    expect(events).toEqual([]);
  });

  test('runs once, however many confirm side by side', async () => {
    const { confirm, events } = await registered();
    const { 'nothing is refused': done } = await tallyOf(Array.from({ length: 10 }, () => confirm()));

    expect(done).toBe(1);
    expect(events.length).toBe(1);
  });
});
