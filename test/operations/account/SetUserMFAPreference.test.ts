import {
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  type SetUserMFAPreferenceCommandInput,
  SetUserPoolMfaConfigCommand,
  SetUserSettingsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOfCall } from '../../support/people.ts';
import { aFactorRoom, type FactorRoom, factorSettings, phone } from '../../support/second-factors.ts';

const both = { attributes: { phone_number: phone, email: 'ada@example.com' } };
const all = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const;
const on = { Enabled: true };
const off = { Enabled: false };
const first = { Enabled: true, PreferredMfa: true };
const undeliverable = 'InvalidParameterException: User does not have delivery config set to turn on SOFTWARE/SMS mfa';

type Wanted = Omit<SetUserMFAPreferenceCommandInput, 'AccessToken'>;

async function aRoom(settings: FactorRoom = {}) {
  const place = await aFactorRoom({ offers: all, user: both, ...settings });
  const shown = async () => {
    const answer = await place.client.send(new GetUserCommand({ AccessToken: place.access }));
    return [answer.UserMFASettingList, answer.PreferredMfaSetting];
  };
  const refused = (wanted: Wanted) => refusalOfCall(place.prefer(wanted));
  return { ...place, shown, refused };
}

describe('SetUserMFAPreference', () => {
  test('turns factors on and off and says which comes first; GetUser shows it, or nothing (auth-flows 30)', async () => {
    const { anApp, prefer, shown } = await aRoom();
    expect(await shown()).toEqual([undefined, undefined]);
    await anApp();
    await prefer({ SoftwareTokenMfaSettings: first });
    expect(await shown()).toEqual([['SOFTWARE_TOKEN_MFA'], 'SOFTWARE_TOKEN_MFA']);
    await prefer({ SMSMfaSettings: on, EmailMfaSettings: first });
    expect(await shown()).toEqual([[...all], 'EMAIL_OTP']);
    await prefer({ EmailMfaSettings: off });
    expect(await shown()).toEqual([['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], undefined]);
    await prefer({ SMSMfaSettings: off, SoftwareTokenMfaSettings: off });
    expect(await shown()).toEqual([undefined, undefined]);
  });

  test('takes what is not turned on for not preferred, and leaves alone what is not named', async () => {
    const { prefer, shown } = await aRoom();
    await prefer({ SMSMfaSettings: { Enabled: false, PreferredMfa: true } });
    expect(await shown()).toEqual([undefined, undefined]);
    await prefer({ SMSMfaSettings: { PreferredMfa: true } });
    expect(await shown()).toEqual([undefined, undefined]);
    await prefer({ SMSMfaSettings: first });
    await prefer({ EmailMfaSettings: on });
    expect(await shown()).toEqual([['SMS_MFA', 'EMAIL_OTP'], 'SMS_MFA']);
    await prefer({ SMSMfaSettings: on });
    expect(await shown()).toEqual([['SMS_MFA', 'EMAIL_OTP'], 'SMS_MFA']);
    await prefer({ SMSMfaSettings: { Enabled: true, PreferredMfa: false } });
    expect(await shown()).toEqual([['SMS_MFA', 'EMAIL_OTP'], undefined]);
    await prefer({});
    expect(await shown()).toEqual([['SMS_MFA', 'EMAIL_OTP'], undefined]);
  });

  test('refuses an app that was not set up, or has not proven itself (auth-flows 30)', async () => {
    const { client, access, refused, shown } = await aRoom();
    expect(await refused({ SoftwareTokenMfaSettings: on })).toBe(
      'InvalidParameterException: User has not set up software token mfa',
    );
    await client.send(new AssociateSoftwareTokenCommand({ AccessToken: access }));
    expect(await refused({ SoftwareTokenMfaSettings: first, SMSMfaSettings: on })).toBe(
      'InvalidParameterException: User has not verified software token mfa',
    );
    expect(await shown()).toEqual([undefined, undefined]);
  });

  test('refuses codes to an address that the user lacks (auth-flows 30)', async () => {
    const { client, isUser, refused, shown } = await aRoom({ user: {} });
    expect(await refused({ SMSMfaSettings: on })).toBe(undeliverable);
    expect(await refused({ EmailMfaSettings: on })).toBe(undeliverable);
    const UserAttributes = [{ Name: 'phone_number', Value: phone }];
    await client.send(new AdminUpdateUserAttributesCommand({ ...isUser, UserAttributes }));
    expect(await refused({ SMSMfaSettings: on })).toBe('nothing is refused');
    expect(await shown()).toEqual([['SMS_MFA'], undefined]);
  });

  test('refuses more than one that comes first (auth-flows 30)', async () => {
    const { refused, shown } = await aRoom();
    expect(await refused({ SMSMfaSettings: first, EmailMfaSettings: first })).toMatch(/^InvalidParameterException/);
    expect(await shown()).toEqual([undefined, undefined]);
    expect(await refused({ SMSMfaSettings: first, EmailMfaSettings: { ...first, Enabled: false } })).toBe(
      'nothing is refused',
    );
  });

  test('refuses to turn the last one off where the pool requires one (auth-flows 30)', async () => {
    const { prefer, refused, setMode, shown } = await aRoom();
    await prefer({ SMSMfaSettings: on, EmailMfaSettings: first });
    await setMode('ON', ...all);
    expect(await refused({ SMSMfaSettings: off, EmailMfaSettings: off })).toMatch(/^InvalidParameterException/);
    expect(await refused({ EmailMfaSettings: off })).toBe('nothing is refused');
    expect(await refused({ SMSMfaSettings: off })).toMatch(/^InvalidParameterException/);
    expect(await refused({ SMSMfaSettings: off, EmailMfaSettings: on })).toBe('nothing is refused');
    expect(await shown()).toEqual([['EMAIL_OTP'], undefined]);
  });

  test('turns off text messages that were turned on in the older way', async () => {
    const { client, access, prefer, signIn } = await aRoom();
    const MFAOptions = [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' } as const];
    await client.send(new SetUserSettingsCommand({ AccessToken: access, MFAOptions }));
    expect((await signIn.byPassword('ada')).ChallengeName).toBe('SMS_MFA');
    await prefer({ SMSMfaSettings: off });
    expect((await signIn.byPassword('ada')).ChallengeName).toBeUndefined();
    expect((await client.send(new GetUserCommand({ AccessToken: access }))).MFAOptions).toBeUndefined();
  });

  test('takes passkeys for a second factor only where the pool does, and beside another one (auth-flows 30)', async () => {
    const { client, pool, prefer, refused } = await aRoom();
    await prefer({ SMSMfaSettings: on });
    expect(await refused({ WebAuthnMfaSettings: on })).toMatch(/^InvalidParameterException: WebAuthn MFA/);
    expect(await refused({ WebAuthnMfaSettings: off })).toBe('nothing is refused');
    await client.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: pool.id,
        ...factorSettings('OPTIONAL', ...all),
        WebAuthnConfiguration: {
          RelyingPartyId: 'shop.example.com',
          UserVerification: 'required',
          FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
        },
      }),
    );
    expect(await refused({ WebAuthnMfaSettings: on })).toBe('nothing is refused');
    expect(await refused({ WebAuthnMfaSettings: on, SMSMfaSettings: off })).toMatch(/^InvalidParameterException/);
  });

  test('keeps both of two that are turned on side by side', async () => {
    const { prefer, shown } = await aRoom();
    await Promise.all([prefer({ SMSMfaSettings: on }), prefer({ EmailMfaSettings: on })]);
    expect(await shown()).toEqual([['SMS_MFA', 'EMAIL_OTP'], undefined]);
  });

  test('never prefers what is off, nor shows an empty list, whatever is asked in whatever order', async () => {
    const { prefer, shown, anApp } = await aRoom();
    await anApp();
    const flag = fc.option(fc.boolean(), { nil: undefined });
    const setting = fc.option(fc.record({ Enabled: flag, PreferredMfa: flag }), { nil: undefined });
    const wanted = fc.record({ SMSMfaSettings: setting, SoftwareTokenMfaSettings: setting, EmailMfaSettings: setting });
    await fc.assert(
      fc.asyncProperty(wanted, async (settings) => {
        await refusalOfCall(prefer(settings));
        const [list, preferred] = await shown();
        if (list !== undefined) expect(list).not.toEqual([]);
        if (preferred !== undefined) expect(list).toContain(preferred);
      }),
      { numRuns: 60 },
    );
  });
});
