import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  type AdminSetUserMFAPreferenceCommandInput,
  AssociateSoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { nobody, refusalOfCall } from '../../support/people.ts';
import { aFactorRoom, phone } from '../../support/second-factors.ts';

const first = { Enabled: true, PreferredMfa: true };

async function aRoom() {
  const place = await aFactorRoom({
    offers: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
    user: { attributes: { phone_number: phone } },
  });
  const set = (wanted: Partial<AdminSetUserMFAPreferenceCommandInput>) =>
    place.client.send(new AdminSetUserMFAPreferenceCommand({ ...place.isUser, ...wanted }));
  const shown = async () => {
    const answer = await place.client.send(new AdminGetUserCommand(place.isUser));
    return [answer.UserMFASettingList, answer.PreferredMfaSetting];
  };
  return { ...place, set, shown };
}

describe('AdminSetUserMFAPreference', () => {
  test('turns factors on and off, which AdminGetUser shows and the next sign-in asks for (auth-flows 30)', async () => {
    const { set, shown, signIn, anApp } = await aRoom();
    expect(await shown()).toEqual([undefined, undefined]);
    await set({ SMSMfaSettings: first });
    expect(await shown()).toEqual([['SMS_MFA'], 'SMS_MFA']);
    expect((await signIn.byPassword('ada')).ChallengeName).toBe('SMS_MFA');
    await anApp();
    await set({ SoftwareTokenMfaSettings: first });
    expect((await signIn.byPassword('ada')).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    await set({ SMSMfaSettings: { Enabled: false }, SoftwareTokenMfaSettings: { Enabled: false } });
    expect(await shown()).toEqual([undefined, undefined]);
    expect((await signIn.byPassword('ada')).ChallengeName).toBeUndefined();
  });

  test('refuses what the user’s own form refuses (auth-flows 30)', async () => {
    const { set } = await aRoom();
    expect(await refusalOfCall(set({ SoftwareTokenMfaSettings: first }))).toBe(
      'InvalidParameterException: User has not set up software token mfa',
    );
    expect(await refusalOfCall(set({ EmailMfaSettings: first }))).toBe(
      'InvalidParameterException: User does not have delivery config set to turn on SOFTWARE/SMS mfa',
    );
  });

  test('refuses an app that has proven nothing, two that come first, and to turn the last one off (auth-flows 30)', async () => {
    const { client, access, anApp, set, shown, setMode } = await aRoom();
    await client.send(new AssociateSoftwareTokenCommand({ AccessToken: access }));
    expect(await refusalOfCall(set({ SoftwareTokenMfaSettings: first }))).toBe(
      'InvalidParameterException: User has not verified software token mfa',
    );
    await anApp();
    expect(await refusalOfCall(set({ SoftwareTokenMfaSettings: first, SMSMfaSettings: first }))).toMatch(
      /^InvalidParameterException: /,
    );
    expect(await shown()).toEqual([undefined, undefined]);
    await set({ SMSMfaSettings: first });
    await setMode('ON', 'SMS_MFA', 'SOFTWARE_TOKEN_MFA');
    expect(await refusalOfCall(set({ SMSMfaSettings: { Enabled: false } }))).toMatch(/^InvalidParameterException: /);
    expect(await refusalOfCall(set({ WebAuthnMfaSettings: { Enabled: true } }))).toMatch(
      /^InvalidParameterException: /,
    );
    expect(await shown()).toEqual([['SMS_MFA'], 'SMS_MFA']);
  });

  test('refuses a user and a pool that are not there', async () => {
    const { set } = await aRoom();
    expect(await refusalOfCall(set({ Username: 'nobody' }))).toBe(nobody);
    expect(await refusalOfCall(set({ UserPoolId: 'us-east-1_nowhere00' }))).toMatch(/^ResourceNotFoundException/);
  });
});
