/** The function that runs once a person has replaced a password that they forgot. */
import {
  AdminResetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import {
  bodyOf,
  codeMismatch,
  expiredCode,
  lookAt,
  otherThan,
  refusalOfCall,
  signIn,
  tallyOf,
} from '../../support/people.ts';
import { type RegistrationRoom, registrationRoom, sourcesOf } from '../../support/registration-functions.ts';

const email = 'ada@example.com';
const verified = { email, email_verified: 'true' };
const next = 'Another-Horse-9';

async function forgotten(given: RegistrationRoom = {}) {
  const room = await registrationRoom(given);
  const user = await room.aUser(room.pool, { username: 'ada', attributes: verified });
  const forget = () =>
    room.client.send(
      new ForgotPasswordCommand({ ClientId: room.app.id, Username: 'ada', ClientMetadata: { from: 'ForgotPassword' } }),
    );
  await forget();
  const code = await room.outbox.codeFor(user);
  room.events.length = 0;
  const reset = (ConfirmationCode: string, ClientMetadata?: Record<string, string>, Password = next) =>
    room.client.send(
      new ConfirmForgotPasswordCommand({
        ClientId: room.app.id,
        Username: 'ada',
        ConfirmationCode,
        Password,
        ClientMetadata,
      }),
    );
  return { ...room, user, code, reset };
}

describe('PostConfirmation of somebody with a new password', () => {
  test('gets the whole event, without the password (triggers-and-messages 3, 13)', async () => {
    const { app, code, events, pool, reset, user } = await forgotten();
    expect(bodyOf(await reset(code, { tenant: 'a' }))).toEqual({});

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'PostConfirmation_ConfirmForgotPassword',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
        request: {
          userAttributes: { sub: user.sub, ...verified, 'cognito:user_status': 'CONFIRMED' },
          clientMetadata: { tenant: 'a' },
        },
        response: {},
      },
    ]);
  });

  test('is told no metadata of another request (triggers-and-messages 13)', async () => {
    const { code, events, reset } = await forgotten();
    await reset(code);

    expect(Object.keys(events[0]?.request ?? {})).toEqual(['userAttributes']);
  });

  test('is told that they are confirmed when an administrator had voided the password', async () => {
    const { client, events, outbox, pool, reset, user } = await forgotten();
    await client.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await reset(await outbox.codeFor(user));

    expect(events[0]?.request.userAttributes['cognito:user_status']).toBe('CONFIRMED');
  });

  test('does not run before the password is set', async () => {
    const { code, events, reset } = await forgotten();

    expect(await refusalOfCall(reset(otherThan(code)))).toBe(codeMismatch);
    expect(await refusalOfCall(reset(code, undefined, 'weak'))).toMatch('InvalidPasswordException');
    expect(events).toEqual([]);
  });

  test('that fails is heard of, and the password is the new one (triggers-and-messages 11)', async () => {
    const { app, client, code, events, pool, reset } = await forgotten({
      functions: {
        PostConfirmation() {
          throw new Error('boom');
        },
      },
    });

    expect(await refusalOfCall(reset(code))).toBe(
      'UserLambdaValidationException: PostConfirmation failed with error boom.',
    );
    expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
    expect((await signIn(client, app, { username: 'ada', password: next })).AuthenticationResult).toBeDefined();
    expect(await refusalOfCall(reset(code))).toBe(expiredCode);
    expect(sourcesOf(events)).toEqual(['PostConfirmation_ConfirmForgotPassword']);
  });

  test('runs once, however many give the code side by side', async () => {
    const { code, events, reset } = await forgotten();
    const { 'nothing is refused': done } = await tallyOf(Array.from({ length: 5 }, () => reset(code)));

    expect(done).toBe(1);
    expect(events.length).toBe(1);
  });
});
