/** The session of ConfirmSignUp: who has just given a code needs no second one to sign in. */
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  type ConfirmSignUpCommandOutput,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import { choosing, choosingOf, firstFactors } from '../../support/choosing.ts';
import { bodyOf, confirm, lookAt, signUp, tallyOf } from '../../support/people.ts';
import { refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const invalid = 'NotAuthorizedException: Invalid session for the user.';
const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const email = 'fixture@example.com';
const phone = '+12065559934';

async function aRoom(
  settings: Partial<CreateUserPoolCommandInput> = firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'),
  client: Partial<CreateUserPoolClientCommandInput> = choosing,
) {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email', 'phone_number'], ...settings });
  const app = await service.aClient(pool, client);
  const confirmed = async (username: string, attributes: Readonly<Record<string, string>> = { email }) => {
    await signUp(service.client, app, { username, attributes });
    return confirm(service.client, app, username, await service.outbox.codeFor({ poolId: pool.id, username }));
  };
  const { initiate, ...others } = choosingOf(service, app);
  const enter = (USERNAME: string, answer: ConfirmSignUpCommandOutput, through = app) =>
    service.client.send(
      new InitiateAuthCommand({
        ClientId: through.id,
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME },
        Session: sessionOf(answer),
      }),
    );
  return { ...service, service, pool, app, confirmed, enter, initiate, ...others };
}

describe('The session of ConfirmSignUp', () => {
  test.each([
    ['mail', { email }],
    ['text message', { phone_number: phone }],
  ])('signs in by the code that came by %s, once (auth-flows 34)', async (_, attributes) => {
    const { confirmed, enter, outbox, pool } = await aRoom();
    const answer = await confirmed('ada', attributes);
    const sent = (await outbox.list({ poolId: pool.id })).length;
    const { $metadata, ...signedIn } = await enter('ada', answer);
    expect(Object.keys(signedIn).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters']);
    expect(tokensOf(signedIn).access).toBeTypeOf('string');
    expect(await outbox.list({ poolId: pool.id })).toHaveLength(sent);
    expect(await refusal(enter('ada', answer))).toBe(spent);
  });

  test('signs in who registered without a password (auth-flows 34)', async () => {
    const { client, app, pool, outbox, enter } = await aRoom();
    await client.send(
      new SignUpCommand({ ClientId: app.id, Username: 'ada', UserAttributes: attributesOf({ email }) }),
    );
    const code = await outbox.codeFor({ poolId: pool.id, username: 'ada' });
    expect(tokensOf(await enter('ada', await confirm(client, app, 'ada', code))).id).toBeTypeOf('string');
  });

  test('signs in once, however many come with it at once (auth-flows 34)', async () => {
    const { confirmed, enter } = await aRoom();
    const answer = await confirmed('ada');
    const calls = Array.from({ length: 8 }, () => enter('ada', answer));
    expect(await tallyOf(calls)).toEqual({ 'nothing is refused': 1, [spent]: 7 });
  });

  test('is good under every name of the user and under none of others (auth-flows 34)', async () => {
    const { confirmed, enter, aUser, client, pool } = await aRoom();
    const answer = await confirmed('ada');
    await aUser(pool, { username: 'bob' });
    expect(await refusal(enter('bob', answer))).toBe(invalid);
    expect(await refusal(enter('nobody', answer))).toBe('UserNotFoundException: User does not exist.');
    const { attributes } = await lookAt(client, pool, 'ada');
    expect(tokensOf(await enter(attributes['sub'] ?? '', answer)).id).toBeTypeOf('string');
  });

  test('is good through its own client, and until it ends (auth-flows 34)', async () => {
    const { confirmed, enter, aClient, pool, clock } = await aRoom();
    const answer = await confirmed('ada');
    expect(await refusal(enter('ada', answer, await aClient(pool, choosing)))).toBe(invalid);
    clock.advance(3 * 60_000);
    expect(await refusal(enter('ada', answer))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });

  test('answers no challenge, and no challenge’s session begins a sign-in', async () => {
    const { confirmed, enter, respond, choose } = await aRoom();
    const answer = await confirmed('ada');
    for (const name of [
      'SELECT_CHALLENGE',
      'PASSWORD',
      'EMAIL_OTP',
      'SMS_OTP',
      'WEB_AUTHN',
      'NEW_PASSWORD_REQUIRED',
    ] as const) {
      const given = {
        USERNAME: 'ada',
        ANSWER: 'EMAIL_OTP',
        PASSWORD: 'x',
        EMAIL_OTP_CODE: '12345678',
        SMS_OTP_CODE: '12345678',
        CREDENTIAL: '{}',
        NEW_PASSWORD: 'Other-Horse-9',
      };
      expect(await refusal(respond(name, given, sessionOf(answer)))).toBe(invalid);
    }
    const { $metadata, ...challenge } = await choose('ada');
    expect(await refusal(enter('ada', { ...challenge, $metadata }))).toBe(invalid);
    const { $metadata: more, ...code } = await choose('ada', 'EMAIL_OTP');
    expect(await refusal(enter('ada', { ...code, $metadata: more }))).toBe(invalid);
  });

  test('is not answered where people cannot choose, or codes are no first factor', async () => {
    const everywhere = await aRoom(firstFactors('PASSWORD', 'EMAIL_OTP'), {});
    expect(bodyOf(await everywhere.confirmed('ada'))).toEqual({});
    const passwords = await aRoom(firstFactors('PASSWORD'));
    expect(bodyOf(await passwords.confirmed('ada'))).toEqual({});
    const mail = await aRoom(firstFactors('PASSWORD', 'EMAIL_OTP'));
    expect(bodyOf(await mail.confirmed('ada', { phone_number: phone }))).toEqual({});
  });

  test('proves nothing once the pool takes no such codes, or the user is not the one it was for', async () => {
    const { confirmed, enter, client, pool } = await aRoom();
    const [ada, bob, eve] = [await confirmed('ada'), await confirmed('bob'), await confirmed('eve')];
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'bob' }));
    expect(await refusal(enter('bob', bob))).toBe('NotAuthorizedException: User is disabled.');
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'eve' }));
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId: pool.id,
        Username: 'eve',
        MessageAction: 'SUPPRESS',
        UserAttributes: attributesOf({ email, email_verified: 'true' }),
      }),
    );
    expect(await refusal(enter('eve', eve))).toBe(invalid);
    await client.send(new UpdateUserPoolCommand({ UserPoolId: pool.id, ...firstFactors('PASSWORD') }));
    expect(await refusal(enter('ada', ada))).toBe(invalid);
  });
});
