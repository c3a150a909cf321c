import {
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  DeleteUserCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyOf, tallyOf } from '../../support/people.ts';
import { aFactorRoom, appCode, type FactorRoom, step } from '../../support/second-factors.ts';
import { refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';

const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const invalid = 'NotAuthorizedException: Invalid session for the user.';
const oneOfTwo = 'InvalidParameterException: Either an access token or a session must be given, and not both.';
const notOffered = 'SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool';

async function aRoom(settings: FactorRoom = {}) {
  const place = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA'], ...settings });
  const associate = (input: { readonly AccessToken?: string; readonly Session?: string }) =>
    place.client.send(new AssociateSoftwareTokenCommand(input));
  const begin = async () => sessionOf(await place.signIn.byPassword('ada'));
  return { ...place, associate, begin };
}

const required = { mode: 'ON' } as const;

describe('AssociateSoftwareToken', () => {
  test('answers a secret to somebody signed in, and no session', async () => {
    const { associate, access } = await aRoom();
    expect(bodyOf(await associate({ AccessToken: access }))).toEqual({
      SecretCode: expect.stringMatching(/^[A-Z2-7]{52}$/),
    });
  });

  test('answers a secret and another session to somebody on the way, whose session is spent', async () => {
    const { associate, begin } = await aRoom(required);
    const session = await begin();
    const answer = bodyOf(await associate({ Session: session }));
    expect(answer).toEqual({
      SecretCode: expect.stringMatching(/^[A-Z2-7]{52}$/),
      Session: expect.stringMatching(/^[\w-]{20,2000}$/),
    });
    expect(answer.Session).not.toBe(session);
    expect(await refusal(associate({ Session: session }))).toBe(spent);
    const again = await associate({ Session: sessionOf(answer) });
    expect(again.SecretCode).not.toBe(answer.SecretCode);
  });

  test('gives one session for one, of calls side by side', async () => {
    const { associate, begin } = await aRoom(required);
    const session = await begin();
    const calls = Array.from({ length: 6 }, () => associate({ Session: session }));
    expect(await tallyOf(calls)).toEqual({ 'nothing is refused': 1, [spent]: 5 });
  });

  test('lets the former app sign in until the newer one has proven itself', async () => {
    const { client, associate, access, anApp, prefer, signIn, clock } = await aRoom();
    const former = await anApp();
    await prefer({ SoftwareTokenMfaSettings: { Enabled: true } });
    const { SecretCode = '' } = await associate({ AccessToken: access });
    const enter = async (secret: string) =>
      signIn.respond(
        'SOFTWARE_TOKEN_MFA',
        { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) },
        sessionOf(await signIn.byPassword('ada')),
      );
    expect(await refusal(enter(SecretCode))).toBe('CodeMismatchException: Invalid code received for user');
    tokensOf(await enter(former));
    clock.advance(step);
    const UserCode = appCode(SecretCode, clock.now());
    await client.send(new VerifySoftwareTokenCommand({ AccessToken: access, UserCode }));
    clock.advance(step);
    expect(await refusal(enter(former))).toBe('CodeMismatchException: Invalid code received for user');
    tokensOf(await enter(SecretCode));
  });

  test('asks for a token or a session, and for one of them', async () => {
    const { associate, access, begin } = await aRoom();
    expect(await refusal(associate({}))).toBe(oneOfTwo);
    const room = await aRoom(required);
    expect(await refusal(room.associate({ AccessToken: access, Session: await room.begin() }))).toBe(oneOfTwo);
    // In a pool where nobody has to, a password is a whole sign-in.
    expect(await refusal(begin())).toMatch(/lacks a Session/);
  });

  test('refuses a pool that offers no apps', async () => {
    const { associate, access, setMode } = await aRoom();
    await setMode('OPTIONAL', 'SMS_MFA');
    expect(await refusal(associate({ AccessToken: access }))).toBe(notOffered);
    await setMode('OFF');
    expect(await refusal(associate({ AccessToken: access }))).toBe(notOffered);
    const other = await aRoom({ mode: 'ON', offers: ['SMS_MFA'] });
    expect(await refusal(other.associate({ Session: await other.begin() }))).toBe(notOffered);
  });

  test('refuses tokens that are none, or of an id, or revoked, and users who are gone or disabled', async () => {
    const { client, isUser, associate, signIn, access } = await aRoom();
    const { id } = await signIn.tokens('ada');
    expect(await refusal(associate({ AccessToken: 'garbage' }))).toMatch(
      /^NotAuthorizedException: Invalid Access Token/,
    );
    expect(await refusal(associate({ AccessToken: id }))).toMatch(/^NotAuthorizedException: Invalid Access Token/);
    await client.send(new AdminDisableUserCommand(isUser));
    expect(await refusal(associate({ AccessToken: access }))).toMatch(/^NotAuthorizedException/);
    const other = await aRoom();
    await other.client.send(new AdminUserGlobalSignOutCommand(other.isUser));
    expect(await refusal(other.associate({ AccessToken: other.access }))).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    );
    const gone = await aRoom();
    await gone.client.send(new DeleteUserCommand({ AccessToken: gone.access }));
    expect(await refusal(gone.associate({ AccessToken: gone.access }))).toMatch(
      /^(NotAuthorized|UserNotFound)Exception/,
    );
  });

  test('refuses sessions that were made up, changed, or are of another challenge', async () => {
    const { service, pool, aClient, aUser, associate, begin } = await aRoom(required);
    await aUser(pool, { username: 'bob', invited: true });
    const session = await begin();
    const ofBob = sessionOf(await signingIn(service, await aClient(pool)).byPassword('bob'));
    expect(await refusal(associate({ Session: ofBob }))).toBe(invalid);
    const bytes = Buffer.from(session, 'base64url');
    for (const at of [0, 1, 20, 40, bytes.length >> 1, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(await refusal(associate({ Session: changed.toString('base64url') }))).toBe(invalid);
    }
    for (const forged of [
      'A'.repeat(20),
      '_'.repeat(2048),
      'x x x x x x x x x x x x',
      '\0'.repeat(30),
      'é'.repeat(40),
    ]) {
      expect(await refusal(associate({ Session: forged }))).toBe(invalid);
    }
    await associate({ Session: session });
  });

  test('takes no text at all for a session that it did not issue', async () => {
    const { app, associate } = await aRoom(required);
    const front = Buffer.concat([Buffer.of(app.id.length), Buffer.from(app.id)]);
    const texts = fc.oneof(
      fc.string({ unit: 'binary', minLength: 20, maxLength: 500 }),
      fc.uint8Array({ minLength: 20, maxLength: 1000 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
      fc.uint8Array({ maxLength: 1000 }).map((bytes) => Buffer.concat([front, bytes]).toString('base64url')),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (Session) => {
        expect(await refusal(associate({ Session }))).toBe(invalid);
      }),
      { numRuns: 150 },
    );
  });

  test('refuses the session of one client in the name of another', async () => {
    const { pool, aClient, associate, begin } = await aRoom(required);
    const other = await aClient(pool);
    const bytes = Buffer.from(await begin(), 'base64url');
    const sealed = bytes.subarray(1 + bytes.readUInt8(0));
    const front = Buffer.concat([Buffer.of(other.id.length), Buffer.from(other.id)]);
    const moved = Buffer.concat([front, sealed]).toString('base64url');
    expect(await refusal(associate({ Session: moved }))).toBe(invalid);
  });

  test('refuses a session that is too old', async () => {
    const { associate, begin, clock } = await aRoom(required);
    const session = await begin();
    clock.advance(180_000);
    expect(await refusal(associate({ Session: session }))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });

  test('lets nobody replace the app of somebody who has one by now with a session from before', async () => {
    const { client, associate, begin, clock } = await aRoom(required);
    const [early, late] = [await begin(), await begin()];
    const begun = await associate({ Session: late });
    const UserCode = appCode(begun.SecretCode ?? '', clock.now());
    const half = await associate({ Session: await begin() });
    // The newer secret waits now: the owner begins once more.
    const mine = await associate({ Session: sessionOf(begun) });
    const code = appCode(mine.SecretCode ?? '', clock.now());
    expect(UserCode).not.toBe(code);
    await client.send(new VerifySoftwareTokenCommand({ Session: sessionOf(mine), UserCode: code }));
    expect(await refusal(associate({ Session: early }))).toBe(invalid);
    const theirs = appCode(half.SecretCode ?? '', clock.now() + step);
    const verify = new VerifySoftwareTokenCommand({ Session: sessionOf(half), UserCode: theirs });
    expect(await refusal(client.send(verify))).toBe(invalid);
  });
});
