import { AdminDeleteSoftwareTokenCommand, AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bodyOf, nobody, refusalOfCall } from '../../support/people.ts';
import { aFactorRoom, appCode, phone, step } from '../../support/second-factors.ts';
import { refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';

async function aRoom() {
  const place = await aFactorRoom({
    offers: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
    user: { attributes: { phone_number: phone } },
  });
  const remove = (named: Partial<typeof place.isUser> = {}) =>
    place.client.send(new AdminDeleteSoftwareTokenCommand({ ...place.isUser, ...named }));
  const shown = async () => {
    const answer = await place.client.send(new AdminGetUserCommand(place.isUser));
    return [answer.UserMFASettingList, answer.PreferredMfaSetting];
  };
  return { ...place, remove, shown };
}

const first = { Enabled: true, PreferredMfa: true };

describe('AdminDeleteSoftwareToken', () => {
  test('takes secret, factor and preference away, and leaves other factors (auth-flows 30)', async () => {
    const { anApp, prefer, remove, shown, signIn } = await aRoom();
    await anApp();
    await prefer({ SoftwareTokenMfaSettings: first, SMSMfaSettings: { Enabled: true } });
    expect(await shown()).toEqual([['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], 'SOFTWARE_TOKEN_MFA']);
    expect(bodyOf(await remove())).toEqual({});
    expect(await shown()).toEqual([['SMS_MFA'], undefined]);
    expect((await signIn.byPassword('ada')).ChallengeName).toBe('SMS_MFA');
    expect(await refusalOfCall(prefer({ SoftwareTokenMfaSettings: first }))).toBe(
      'InvalidParameterException: User has not set up software token mfa',
    );
  });

  test('leaves no code of it good, and lets the user set up another (auth-flows 30)', async () => {
    const { anApp, prefer, remove, shown, signIn, clock } = await aRoom();
    const former = await anApp();
    await prefer({ SoftwareTokenMfaSettings: first });
    const session = sessionOf(await signIn.byPassword('ada'));
    await remove();
    expect(await shown()).toEqual([undefined, undefined]);
    const answer = (secret: string, of: string) =>
      signIn.respond(
        'SOFTWARE_TOKEN_MFA',
        { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) },
        of,
      );
    expect(await refusal(answer(former, session))).toBe('CodeMismatchException: Invalid code received for user');
    const next = await anApp();
    await prefer({ SoftwareTokenMfaSettings: first });
    clock.advance(step);
    tokensOf(await answer(next, sessionOf(await signIn.byPassword('ada'))));
  });

  test('asks whoever must have a factor to set one up again', async () => {
    const { anApp, prefer, remove, setMode, signIn } = await aRoom();
    await anApp();
    await prefer({ SoftwareTokenMfaSettings: first });
    await setMode('ON', 'SOFTWARE_TOKEN_MFA');
    await remove();
    expect((await signIn.byPassword('ada')).ChallengeName).toBe('MFA_SETUP');
  });

  test('has nothing to do for who has no app, and refuses who is not there', async () => {
    const { remove } = await aRoom();
    expect(bodyOf(await remove())).toEqual({});
    expect(await refusalOfCall(remove({ Username: 'nobody' }))).toBe(nobody);
    expect(await refusalOfCall(remove({ UserPoolId: 'us-east-1_nowhere00' }))).toMatch(/^ResourceNotFoundException/);
  });
});
