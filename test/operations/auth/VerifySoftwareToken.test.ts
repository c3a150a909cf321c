import {
  AdminGetUserCommand,
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bodyOf, tallyOf } from '../../support/people.ts';
import { aFactorRoom, appCode, type FactorRoom, step, wrongAppCode } from '../../support/second-factors.ts';
import { parametersOf, refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';

const mismatch = 'EnableSoftwareTokenMFAException: Code mismatch';
const used = 'ExpiredCodeException: Your software token has already been used once.';
const locked = 'NotAuthorizedException: Password attempts exceeded';
const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const nothing = 'NotAuthorizedException: User has not set up software token mfa';

interface Given {
  readonly AccessToken?: string | undefined;
  readonly Session?: string | undefined;
  readonly FriendlyDeviceName?: string;
}

async function aRoom(settings: FactorRoom = {}) {
  const place = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA'], ...settings });
  const { client, clock, signIn } = place;
  const associate = async (given: Given) => {
    const { SecretCode = '', Session } = await client.send(new AssociateSoftwareTokenCommand(given));
    return { secret: SecretCode, Session };
  };
  const verify = (UserCode: string, given: Given) =>
    client.send(new VerifySoftwareTokenCommand({ UserCode, ...given }));
  const code = (secret: string, off = 0) => appCode(secret, clock.now() + off * step);
  const half = async () => associate({ Session: sessionOf(await signIn.byPassword('ada')) });
  return { ...place, associate, verify, code, half, token: { AccessToken: place.access } };
}

const required = { mode: 'ON' } as const;

describe('VerifySoftwareToken', () => {
  test('makes the app one that can be turned on, of somebody signed in (auth-flows 29)', async () => {
    const { client, isUser, associate, verify, code, token, signIn } = await aRoom();
    const { secret } = await associate(token);
    expect(bodyOf(await verify(code(secret), token))).toEqual({ Status: 'SUCCESS' });
    // In a pool where MFA is a matter of choice, it takes SetUserMFAPreference.
    expect((await client.send(new AdminGetUserCommand(isUser))).UserMFASettingList).toBeUndefined();
    tokensOf(await signIn.byPassword('ada'));
  });

  test('turns it on for somebody on the way, and answers the session for MFA_SETUP (auth-flows 28)', async () => {
    const { client, isUser, verify, code, half, signIn } = await aRoom(required);
    const { secret, Session } = await half();
    const answer = bodyOf(await verify(code(secret), { Session, FriendlyDeviceName: 'my phone' }));
    expect(answer).toEqual({ Status: 'SUCCESS', Session: expect.stringMatching(/^[\w-]{20,2000}$/) });
    expect((await client.send(new AdminGetUserCommand(isUser))).UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA']);
    tokensOf(await signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, answer.Session));
    expect(parametersOf(await signIn.byPassword('ada'))['FRIENDLY_DEVICE_NAME']).toBe('my phone');
  });

  test.each([-1, 0, 1])('takes the code that is %i steps away (auth-flows 27)', async (off) => {
    const { associate, verify, code, token } = await aRoom();
    const { secret } = await associate(token);
    expect(await refusal(verify(code(secret, 2 * Math.sign(off) || 2), token))).toBe(mismatch);
    expect((await verify(code(secret, off), token)).Status).toBe('SUCCESS');
  });

  test('stands a wrong code, in both forms', async () => {
    const { associate, verify, code, token, clock } = await aRoom();
    const { secret } = await associate(token);
    expect(await refusal(verify(wrongAppCode(secret, clock.now()), token))).toBe(mismatch);
    expect((await verify(code(secret), token)).Status).toBe('SUCCESS');
    const other = await aRoom(required);
    const { secret: another, Session } = await other.half();
    expect(await refusal(other.verify(wrongAppCode(another, clock.now()), { Session }))).toBe(mismatch);
    expect((await other.verify(other.code(another), { Session })).Status).toBe('SUCCESS');
  });

  test('counts wrong codes as guesses at the account, whichever form they come in', async () => {
    const { associate, verify, code, token, clock, signIn } = await aRoom();
    const { secret } = await associate(token);
    const wrong = wrongAppCode(secret, clock.now());
    for (let count = 0; count < 5; count++) expect(await refusal(verify(wrong, token))).toBe(mismatch);
    expect(await refusal(verify(code(secret), token))).toBe(locked);
    expect(await refusal(signIn.byPassword('ada'))).toBe(locked);
    const other = await aRoom(required);
    const { secret: another, Session } = await other.half();
    for (let count = 0; count < 5; count++) {
      expect(await refusal(other.verify(wrongAppCode(another, clock.now()), { Session }))).toBe(mismatch);
    }
    other.clock.advance(1000);
    // The session has ended with the fifth.
    expect(await refusal(other.verify(other.code(another), { Session }))).toBe(spent);
  });

  test('ends no count of guesses: an app of one’s own gives no more of them at a password', async () => {
    const { associate, verify, code, token, signIn, clock } = await aRoom();
    const wrongPassword = () => refusal(signIn.byPassword('ada', 'Wrong-Horse-9'));
    const wrong = 'NotAuthorizedException: Incorrect username or password.';
    for (let count = 0; count < 4; count++) expect(await wrongPassword()).toBe(wrong);
    const { secret } = await associate(token);
    expect((await verify(code(secret), token)).Status).toBe('SUCCESS');
    expect(await wrongPassword()).toBe(wrong);
    expect(await wrongPassword()).toBe(locked);
    clock.advance(1000);
    tokensOf(await signIn.byPassword('ada'));
  });

  test('refuses where nothing waits: before there is a secret, and once it has proven itself', async () => {
    const { associate, verify, code, token } = await aRoom();
    expect(await refusal(verify('123456', token))).toBe(nothing);
    const { secret } = await associate(token);
    await verify(code(secret), token);
    expect(await refusal(verify(code(secret), token))).toBe(nothing);
  });

  test('takes nothing for a code of another app, older or newer', async () => {
    const { associate, verify, code, token } = await aRoom();
    const { secret: older } = await associate(token);
    const { secret: newer } = await associate(token);
    expect(code(older)).not.toBe(code(newer));
    expect(await refusal(verify(code(older), token))).toBe(mismatch);
    expect((await verify(code(newer), token)).Status).toBe('SUCCESS');
  });

  test('refuses a step that this user’s former app has signed in with (auth-flows 27)', async () => {
    const { associate, verify, code, token, clock } = await aRoom();
    const { secret } = await associate(token);
    await verify(code(secret), token);
    const { secret: next } = await associate(token);
    expect(await refusal(verify(code(next), token))).toBe(used);
    clock.advance(step);
    expect((await verify(code(next), token)).Status).toBe('SUCCESS');
  });

  test('proves an app once of calls side by side', async () => {
    const { associate, verify, code, token } = await aRoom();
    const { secret } = await associate(token);
    const tally = await tallyOf(Array.from({ length: 6 }, () => verify(code(secret), token)));
    expect(tally['nothing is refused']).toBe(1);
    const other = await aRoom(required);
    const { secret: another, Session } = await other.half();
    const calls = Array.from({ length: 6 }, () => other.verify(other.code(another), { Session }));
    expect((await tallyOf(calls))['nothing is refused']).toBe(1);
  });

  test('asks for a token or a session, and for one of them', async () => {
    const { verify, token } = await aRoom();
    const oneOfTwo = 'InvalidParameterException: Either an access token or a session must be given, and not both.';
    expect(await refusal(verify('123456', {}))).toBe(oneOfTwo);
    expect(await refusal(verify('123456', { ...token, Session: 'A'.repeat(40) }))).toBe(oneOfTwo);
  });

  test('refuses a pool that has stopped to offer apps', async () => {
    const { associate, verify, code, token, setMode } = await aRoom();
    const { secret } = await associate(token);
    await setMode('OPTIONAL', 'SMS_MFA');
    expect(await refusal(verify(code(secret), token))).toBe(
      'SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool',
    );
  });

  test('bounds the name of the device', async () => {
    const { associate, verify, code, token } = await aRoom();
    const { secret } = await associate(token);
    expect(await refusal(verify(code(secret), { ...token, FriendlyDeviceName: 'x'.repeat(257) }))).toMatch(
      /^InvalidParameterException: FriendlyDeviceName/,
    );
    const FriendlyDeviceName = 'Адин «телефон» 📱'.padEnd(256, '.');
    expect((await verify(code(secret), { ...token, FriendlyDeviceName })).Status).toBe('SUCCESS');
  });

  test.each(['12345', '1234567', 'abcdef', '12345\n'])('takes %j for no code at all', async (text) => {
    const { verify, token } = await aRoom();
    expect(await refusal(verify(text, token))).toMatch(/^InvalidParameterException: 1 validation error detected/);
  });
});
