/** NEW_PASSWORD_REQUIRED: a temporary password gives way to one of the user's own. */
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const next = 'Another-Horse-9';
const minutes = 60_000;
const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const invalid = 'NotAuthorizedException: Invalid session for the user.';

type Responses = Readonly<Record<string, string>>;

interface Settings {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly app?: Partial<CreateUserPoolClientCommandInput>;
  readonly attributes?: Responses;
}

/** A user `bob`, invited, who has just signed in. */
async function aRoom({ pool: poolSettings, app: appSettings, attributes = {} }: Settings = {}) {
  const service = await startService();
  const pool = await service.aPool(poolSettings);
  const app = await service.aClient(pool, appSettings);
  const user = await service.aUser(pool, { username: 'bob', attributes, invited: true });
  const signIn = signingIn(service, app);
  const challenge = await signIn.byPassword('bob');
  const respond = (more: Responses = {}, session = sessionOf(challenge)) =>
    signIn.respond('NEW_PASSWORD_REQUIRED', { USERNAME: 'bob', NEW_PASSWORD: next, ...more }, session);
  const isUser = { UserPoolId: pool.id, Username: 'bob' };
  return {
    ...service,
    service,
    pool,
    app,
    user,
    isUser,
    signIn,
    challenge,
    session: sessionOf(challenge),
    respond,
    refused: (more?: Responses, session?: string) => refusal(respond(more, session)),
  };
}

const requiring = (...names: string[]): Partial<CreateUserPoolCommandInput> => ({
  Schema: names.map((Name) => ({ Name, Required: true, Mutable: true, AttributeDataType: 'String' })),
});

describe('NEW_PASSWORD_REQUIRED', () => {
  test('is posed with two lists that are JSON, and no tokens (auth-flows 21) (auth-flows 25)', async () => {
    const { challenge } = await aRoom();
    const { $metadata, ...answer } = challenge;
    expect(answer).toEqual({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: expect.stringMatching(/^[\w-]{20,2000}$/),
      ChallengeParameters: { USER_ID_FOR_SRP: 'bob', requiredAttributes: '[]', userAttributes: '{}' },
    });
  });

  test('names what is required and what is there (auth-flows 21)', async () => {
    const { challenge } = await aRoom({
      pool: requiring('given_name', 'email', 'family_name'),
      attributes: { email: 'bob@example.com', email_verified: 'true' },
    });
    const { requiredAttributes = '', userAttributes = '' } = challenge.ChallengeParameters ?? {};
    expect(JSON.parse(requiredAttributes).toSorted()).toEqual([
      'userAttributes.family_name',
      'userAttributes.given_name',
    ]);
    expect(JSON.parse(userAttributes)).toEqual({ email: 'bob@example.com', email_verified: 'true' });
  });

  test('shows only what the client may read', async () => {
    const { challenge } = await aRoom({
      app: { ReadAttributes: ['name'] },
      attributes: { email: 'bob@example.com', name: 'Bob' },
    });
    expect(JSON.parse(challenge.ChallengeParameters?.['userAttributes'] ?? '')).toEqual({ name: 'Bob' });
  });

  test('lives within the bounds of a session, for the longest names too', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const signIn = signingIn(service, await service.aClient(pool));
    const username = '忍'.repeat(128);
    await service.aUser(pool, { username, invited: true });
    const session = sessionOf(await signIn.byPassword(username));
    expect(session.length).toBeLessThanOrEqual(2000);
    const responses = { USERNAME: username, NEW_PASSWORD: next };
    expect(tokensOf(await signIn.respond('NEW_PASSWORD_REQUIRED', responses, session)).access).toBeTypeOf('string');
  });

  test('ends in tokens, with what was required in the ID token, and the new password alone (auth-flows 21)', async () => {
    const { client, isUser, signIn, respond } = await aRoom({ pool: requiring('given_name') });
    const { $metadata, ...answer } = await respond({ 'userAttributes.given_name': 'Robert' });
    expect(Object.keys(answer).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters']);
    expect(answer.ChallengeParameters).toEqual({});
    expect(decodeJwt(tokensOf(answer).id)).toMatchObject({ given_name: 'Robert', 'cognito:username': 'bob' });
    expect(await client.send(new AdminGetUserCommand(isUser))).toMatchObject({ UserStatus: 'CONFIRMED' });
    expect(await refusal(signIn.byPassword('bob'))).toBe('NotAuthorizedException: Incorrect username or password.');
    expect(await refusal(signIn.byPassword('bob', next))).toMatch(/^answered/);
  });

  test.each([
    ['userAttributes.given_name', '', 'InvalidParameterException: Invalid attributes given, given_name is missing'],
    ['userAttributes.email', 'bob@example.org', 'NotAuthorizedException: Cannot modify an already provided email'],
    ['userAttributes.email', 'bob@example.com', 'NotAuthorizedException: Cannot modify an already provided email'],
    [
      'userAttributes.email_verified',
      'true',
      'NotAuthorizedException: A client attempted to write unauthorized attribute',
    ],
    ['userAttributes.sub', 'x', 'NotAuthorizedException: A client attempted to write unauthorized attribute'],
    ['userAttributes.nonsense', 'x', /^InvalidParameterException: Invalid user attributes: user.nonsense: /],
    ['userAttributes.constructor', 'x', /^InvalidParameterException: Invalid user attributes: user.constructor: /],
    ['userAttributes.__proto__', 'x', /^InvalidParameterException: Invalid user attributes: user.__proto__: /],
    ['userAttributes.', 'x', /^InvalidParameterException: Invalid user attributes: user\.: /],
    [
      'NEW_PASSWORD',
      'short',
      'InvalidPasswordException: Password does not conform to policy: Password not long enough',
    ],
    [
      'NEW_PASSWORD',
      'no-upper-case-9',
      'InvalidPasswordException: Password does not conform to policy: Password must have uppercase characters',
    ],
    ['NEW_PASSWORD', '', 'InvalidParameterException: Missing required parameter NEW_PASSWORD'],
    ['USERNAME', '', 'InvalidParameterException: Missing required parameter USERNAME'],
    ['USERNAME', 'ada', invalid],
  ] as const)(
    'refuses %s=%j, changes nothing, and can be answered once more (auth-flows 21)',
    async (name, value, text) => {
      const { client, isUser, refused } = await aRoom({
        pool: requiring('given_name'),
        attributes: { email: 'bob@example.com' },
      });
      const before = await client.send(new AdminGetUserCommand(isUser));
      const answer = await refused({ 'userAttributes.given_name': 'Robert', [name]: value });
      if (typeof text === 'string') expect(answer).toBe(text);
      else expect(answer).toMatch(text);
      const { $metadata: _, ...unchanged } = before;
      expect(await client.send(new AdminGetUserCommand(isUser))).toMatchObject(unchanged);
      expect(await refused({ 'userAttributes.given_name': 'Robert' })).toMatch(/^answered/);
    },
  );

  test('writes what the client may write and nothing else', async () => {
    const { refused } = await aRoom({ app: { WriteAttributes: ['name'] } });
    expect(await refused({ 'userAttributes.nickname': 'Bobby' })).toBe(
      'NotAuthorizedException: A client attempted to write unauthorized attribute',
    );
    expect(await refused({ 'userAttributes.name': 'Bob' })).toMatch(/^answered/);
  });

  test('refuses a name that somebody else has for an alias', async () => {
    const { pool, aUser, refused } = await aRoom({ pool: { AliasAttributes: ['preferred_username'] } });
    await aUser(pool, { username: 'ada', attributes: { preferred_username: 'the-countess' } });
    expect(await refused({ 'userAttributes.preferred_username': 'the-countess' })).toBe(
      'AliasExistsException: An account with the given preferred_username already exists.',
    );
    expect(await refused({ 'userAttributes.preferred_username': 'the-count' })).toMatch(/^answered/);
  });

  test('refuses a password that the history remembers', async () => {
    const { client, pool, isUser, signIn, aUser } = await aRoom({
      pool: {
        UserPoolTier: 'ESSENTIALS',
        Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } },
      },
    });
    await aUser(pool, { username: 'eve', password: 'First-Horse-9' });
    const temporary = { ...isUser, Username: 'eve', Password: somePassword, Permanent: false };
    await client.send(new AdminSetUserPasswordCommand(temporary));
    const session = sessionOf(await signIn.byPassword('eve'));
    const respond = (NEW_PASSWORD: string) =>
      refusal(signIn.respond('NEW_PASSWORD_REQUIRED', { USERNAME: 'eve', NEW_PASSWORD }, session));
    expect(await respond('First-Horse-9')).toMatch(/^PasswordHistoryPolicyViolationException: /);
    expect(await respond(next)).toMatch(/^answered/);
  });
});

describe('The session of NEW_PASSWORD_REQUIRED', () => {
  test('is spent by an answer that was taken (auth-flows 23)', async () => {
    const { refused } = await aRoom();
    expect(await refused()).toMatch(/^answered/);
    expect(await refused()).toBe(spent);
    expect(await refused({ NEW_PASSWORD: 'A-third-Horse-9' })).toBe(spent);
  });

  test('is good for one of several answers side by side', async () => {
    const { refused, signIn } = await aRoom();
    const passwords = Array.from({ length: 6 }, (_, at) => `Another-Horse-${at}`);
    const outcomes = await Promise.all(passwords.map((NEW_PASSWORD) => refused({ NEW_PASSWORD })));
    const won = passwords.filter((_, at) => outcomes[at]?.startsWith('answered'));
    expect(won).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === spent)).toHaveLength(5);
    expect(await refusal(signIn.byPassword('bob', won[0]))).toMatch(/^answered/);
  });

  test('is void once another session of the same temporary password was used', async () => {
    const { signIn, refused } = await aRoom();
    const other = sessionOf(await signIn.byPassword('bob'));
    expect(await refused({}, other)).toMatch(/^answered/);
    expect(await refused()).toBe(spent);
  });

  test('is void once the temporary password is another, even in the same letters', async () => {
    const { client, isUser, refused } = await aRoom();
    await client.send(new AdminSetUserPasswordCommand({ ...isUser, Password: somePassword, Permanent: false }));
    expect(await refused()).toBe(spent);
  });

  test('ends when the client says (auth-flows 23)', async () => {
    const { clock, signIn, refused } = await aRoom({ app: { AuthSessionValidity: 5 } });
    clock.advance(5 * minutes);
    expect(await refused()).toBe('NotAuthorizedException: Invalid session for the user, session is expired.');
    const again = sessionOf(await signIn.byPassword('bob'));
    clock.advance(5 * minutes - 1);
    expect(await refused({}, again)).toMatch(/^answered/);
  });

  test('is of one user (auth-flows 23)', async () => {
    const { pool, aUser, signIn, refused } = await aRoom();
    await aUser(pool, { username: 'eve', invited: true });
    const ofEve = sessionOf(await signIn.byPassword('eve'));
    expect(await refused({}, ofEve)).toBe(invalid);
    expect(await refused({ USERNAME: 'eve' })).toBe(invalid);
  });

  test('is of one client (auth-flows 23)', async () => {
    const { service, pool, aClient, aPool, aUser, session } = await aRoom();
    const responses = { USERNAME: 'bob', NEW_PASSWORD: next };
    const sibling = signingIn(service, await aClient(pool));
    expect(await refusal(sibling.respond('NEW_PASSWORD_REQUIRED', responses, session))).toBe(invalid);
    const other = await aPool();
    await aUser(other, { username: 'bob', invited: true });
    const stranger = signingIn(service, await aClient(other));
    expect(await refusal(stranger.respond('NEW_PASSWORD_REQUIRED', responses, session))).toBe(invalid);
  });

  test('is for one challenge (auth-flows 23)', async () => {
    const { signIn, session } = await aRoom();
    const srp = {
      USERNAME: 'bob',
      PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA',
      PASSWORD_CLAIM_SIGNATURE: 'AAAA',
      TIMESTAMP: 'Tue Sep 1 00:00:00 UTC 2026',
    };
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', srp, session))).toBe(invalid);
  });

  test('is read as it was sealed, to the bit (auth-flows 23)', async () => {
    const { session, refused } = await aRoom();
    expect(await refused({}, 'x'.repeat(20))).toBe(invalid);
    expect(await refused({}, 'x'.repeat(2048))).toBe(invalid);
    for (const at of [0, 10, session.length >> 1, session.length - 2]) {
      const letter = session[at] === 'A' ? 'B' : 'A';
      expect(await refused({}, `${session.slice(0, at)}${letter}${session.slice(at + 1)}`)).toBe(invalid);
    }
    expect(await refused({}, session)).toMatch(/^answered/);
  });

  test('is needed', async () => {
    const { signIn } = await aRoom();
    const responses = { USERNAME: 'bob', NEW_PASSWORD: next };
    expect(await refusal(signIn.respond('NEW_PASSWORD_REQUIRED', responses))).toBe(
      'InvalidParameterException: Missing required parameter Session',
    );
  });

  test('is of no use to who was disabled, or deleted and made again', async () => {
    const { client, isUser, refused } = await aRoom();
    await client.send(new AdminDisableUserCommand(isUser));
    expect(await refused()).toBe('NotAuthorizedException: User is disabled.');
    await client.send(new AdminDeleteUserCommand(isUser));
    expect(await refused()).toBe(invalid);
    await client.send(
      new AdminCreateUserCommand({ ...isUser, TemporaryPassword: somePassword, MessageAction: 'SUPPRESS' }),
    );
    expect(await refused()).toBe(invalid);
  });

  test('is of no use once the temporary password has expired', async () => {
    const service = await startService();
    const pool = await service.aPool({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 1 } } });
    const signIn = signingIn(service, await service.aClient(pool));
    await service.aUser(pool, { username: 'bob', invited: true });
    service.clock.advance(24 * 60 * minutes);
    const session = sessionOf(await signIn.byPassword('bob'));
    service.clock.advance(1);
    expect(
      await refusal(signIn.respond('NEW_PASSWORD_REQUIRED', { USERNAME: 'bob', NEW_PASSWORD: next }, session)),
    ).toBe('NotAuthorizedException: Temporary password has expired and must be reset by an administrator.');
  });
});
