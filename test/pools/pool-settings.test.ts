import { describe, expect, test } from 'vitest';
import type { PoolSettings } from '../../lambdas/core/model/pool.ts';
import { changedPoolSettings, newPoolSettings, type PoolInput } from '../../lambdas/pools/pool-settings.ts';
import { refusalOf } from '../support/refusals.ts';

const sms = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' };
const eums = { CallerArn: 'arn:aws:iam::000000000000:role/eums' };
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const source = 'arn:aws:ses:us-east-1:000000000000:identity/a@example.com';
const invite = (template: { SMSMessage?: string; EmailMessage?: string }) => ({
  AdminCreateUserConfig: { InviteMessageTemplate: template },
});
const firstFactors = (
  ...AllowedFirstAuthFactors: ('PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN' | 'SOFTWARE_TOKEN')[]
) => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
});
const recovery = (...mechanisms: ['verified_email' | 'verified_phone_number' | 'admin_only', number][]) => ({
  AccountRecoverySetting: { RecoveryMechanisms: mechanisms.map(([Name, Priority]) => ({ Name, Priority })) },
});

describe('A new pool', () => {
  test('keeps what it was told, and nothing else', () => {
    const told: PoolInput = {
      AutoVerifiedAttributes: ['email'],
      AliasAttributes: [],
      UsernameConfiguration: { CaseSensitive: false },
      DeletionProtection: 'ACTIVE',
      MfaConfiguration: undefined,
    };
    const request = { ...told, PoolName: 'shop', Unknown: 1 };
    expect(newPoolSettings(request)).toEqual({
      AutoVerifiedAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      DeletionProtection: 'ACTIVE',
    });
  });

  test('takes the words of verification from the older members where the template is silent', () => {
    const settings = newPoolSettings({
      SmsVerificationMessage: 'old {####}',
      EmailVerificationMessage: 'old mail {####}',
      EmailVerificationSubject: 'old subject',
      VerificationMessageTemplate: { EmailMessage: 'new mail {####}', SmsMessage: undefined },
    });
    expect(settings).toEqual({
      VerificationMessageTemplate: {
        SmsMessage: 'old {####}',
        EmailMessage: 'new mail {####}',
        EmailSubject: 'old subject',
      },
    });
  });

  test('asks for a second factor only with text messages, which are that factor', () => {
    const needed =
      'InvalidParameterException: SMS configuration and Auto verification for phone_number are required when MFA is required/optional';
    for (const MfaConfiguration of ['ON', 'OPTIONAL'] as const) {
      expect(refusalOf(() => newPoolSettings({ MfaConfiguration }))).toBe(needed);
      expect(refusalOf(() => newPoolSettings({ MfaConfiguration, SmsConfiguration: { SnsCallerArn: '' } }))).toBe(
        needed,
      );
      expect(newPoolSettings({ MfaConfiguration, SmsConfiguration: sms }).EnabledMfas).toEqual(['SMS_MFA']);
      expect(newPoolSettings({ MfaConfiguration, SmsConfiguration: { EumsSms: eums } }).EnabledMfas).toEqual([
        'SMS_MFA',
      ]);
    }
    expect(newPoolSettings({ MfaConfiguration: 'OFF', SmsConfiguration: sms }).EnabledMfas).toBeUndefined();
  });

  test('does not take what other operations set', () => {
    const request: PoolInput = {
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: { Subject: 'x' },
      WebAuthnConfiguration: { RelyingPartyId: 'x' },
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 1 },
    };
    // The request's shape has none of them; a caller of the rule might still pass them on.
    expect(newPoolSettings(request)).toEqual({});
    expect(changedPoolSettings({}, request)).toEqual({});
  });
});

describe('Settings that contradict each other are refused', () => {
  test.each<[string, PoolInput, string]>([
    [
      'aliases beside usernames that are addresses',
      { AliasAttributes: ['email'], UsernameAttributes: ['email'] },
      'Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
    ],
    [
      'codes by SMS without a way to send them',
      firstFactors('PASSWORD', 'SMS_OTP'),
      'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
    ],
    [
      'an app as the first factor',
      firstFactors('SOFTWARE_TOKEN'),
      'SOFTWARE_TOKEN can not be configured as AuthFactor.',
    ],
    [
      'a code as first and as second factor',
      { ...firstFactors('EMAIL_OTP'), MfaConfiguration: 'ON', SmsConfiguration: sms },
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
    ],
    [
      'a passkey as the first factor beside a second that everybody needs',
      { ...firstFactors('WEB_AUTHN'), MfaConfiguration: 'ON', SmsConfiguration: sms },
      'WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA',
    ],
    [
      'an update that waits for a verification that never comes',
      {
        AutoVerifiedAttributes: ['email'],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email', 'phone_number'] },
      },
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    ],
    [
      'two ways to send text messages',
      { SmsConfiguration: { ...sms, EumsSms: eums } },
      'Only one of SnsCallerArn or EumsSms can be set in SmsConfiguration.',
    ],
    [
      'mail of one’s own without an identity',
      { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
      'SourceArn is required in EmailConfiguration when EmailSendingAccount is DEVELOPER.',
    ],
    [
      'a custom sender without a key',
      { LambdaConfig: { CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: arn } } },
      'KMSKeyID is required in LambdaConfig when a custom sender is set.',
    ],
    [
      'two functions that change tokens',
      {
        LambdaConfig: {
          PreTokenGeneration: arn,
          PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: `${arn}2` },
        },
      },
      'PreTokenGeneration and PreTokenGenerationConfig must name the same function.',
    ],
    [
      'recovery by administrators only, and by mail',
      recovery(['admin_only', 1], ['verified_email', 2]),
      'admin_only cannot be combined with other recovery mechanisms.',
    ],
    [
      'two ways to recover of one rank',
      recovery(['verified_phone_number', 1], ['verified_email', 1]),
      'Each recovery mechanism needs its own name and priority.',
    ],
    [
      'one way to recover twice',
      recovery(['verified_email', 1], ['verified_email', 2]),
      'Each recovery mechanism needs its own name and priority.',
    ],
    [
      'an invitation without the name',
      invite({ EmailMessage: 'use {####}' }),
      'The invitation message must contain {username}.',
    ],
    [
      'an invitation without the password',
      invite({ SMSMessage: 'hi {username}' }),
      'The invitation message must contain {####}.',
    ],
  ])('(%s)', (_what, input, message) => {
    expect(refusalOf(() => newPoolSettings(input))).toBe(`InvalidParameterException: ${message}`);
  });

  test('(by an update as well)', () => {
    const crossed = recovery(['admin_only', 1], ['verified_email', 2]);
    expect(refusalOf(() => changedPoolSettings({}, crossed))).toMatch(/^InvalidParameterException: admin_only/);
    const before: PoolSettings = { ...firstFactors('SMS_OTP'), SmsConfiguration: sms };
    expect(refusalOf(() => changedPoolSettings(before, {}))).toMatch(/^InvalidParameterException: SMS_OTP/);
  });

  test.each<[string, PoolInput]>([
    [
      'the invitation may leave the password out where people need none',
      { ...firstFactors('EMAIL_OTP'), ...invite({ SMSMessage: 'hi {username}' }) },
    ],
    [
      'one function may have both names',
      {
        LambdaConfig: { PreTokenGeneration: arn, PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: arn } },
      },
    ],
    [
      'a custom sender has its key',
      { LambdaConfig: { KMSKeyID: arn, CustomSMSSender: { LambdaVersion: 'V1_0', LambdaArn: arn } } },
    ],
    ['administrators recover alone', recovery(['admin_only', 1])],
    ['two ways to recover have their ranks', recovery(['verified_email', 2], ['verified_phone_number', 1])],
    [
      'mail of one’s own has its identity',
      { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: source } },
    ],
    [
      'passkeys stand beside a second factor that people may choose',
      { ...firstFactors('WEB_AUTHN'), MfaConfiguration: 'OPTIONAL', SmsConfiguration: sms },
    ],
  ])('but not when %s', (_what, input) => {
    expect(refusalOf(() => newPoolSettings(input))).toBe('nothing is refused');
  });

  test.each([
    ['a@example.com', true],
    ['Shop <a@example.com>', true],
    ['"Shop, Inc." <a@example.com>', true],
    ['Shop', false],
    ['Shop <a>', false],
    ['Shop <a@example.com', false],
    ['<a@example.com> Shop', false],
    ['Shop <a@example.com>\r\nBcc: eve@example.com', false],
    ['Shop\nBcc: eve@example.com <a@example.com>', false],
    ['a@example.com\u0000', false],
  ])('and mail may come from %j: %s', (From, isFine) => {
    const isRefused = refusalOf(() => newPoolSettings({ EmailConfiguration: { From } })) !== 'nothing is refused';
    expect(isRefused).toBe(!isFine);
  });
});

describe('A plan', () => {
  const history = { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } };

  test.each<[string, 'LITE' | 'ESSENTIALS', PoolInput]>([
    ['AdvancedSecurityMode', 'ESSENTIALS', { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }],
    ['DcrConfiguration', 'LITE', { DcrConfiguration: {} }],
    ['AcrConfiguration', 'LITE', { AcrConfiguration: { Level1: { AcrValue: 'x' } } }],
    ['AllowedFirstAuthFactors', 'LITE', firstFactors('PASSWORD', 'EMAIL_OTP')],
    ['PasswordHistorySize', 'LITE', history],
    [
      'PreTokenGenerationConfig',
      'LITE',
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: arn } } },
    ],
  ])('has %s only above %s', (feature, tier, input) => {
    expect(refusalOf(() => newPoolSettings({ ...input, UserPoolTier: tier }))).toBe(
      `FeatureUnavailableInTierException: ${feature} is not available in the ${tier} tier.`,
    );
    const next = tier === 'LITE' ? 'ESSENTIALS' : 'PLUS';
    expect(refusalOf(() => newPoolSettings({ ...input, UserPoolTier: next }))).toBe('nothing is refused');
  });

  test('has the rest everywhere', () => {
    const modest: PoolInput = {
      ...firstFactors('PASSWORD'),
      UserPoolTier: 'LITE',
      UserPoolAddOns: { AdvancedSecurityMode: 'OFF' },
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: arn } },
    };
    expect(refusalOf(() => newPoolSettings(modest))).toBe('nothing is refused');
  });

  test('is not lowered beneath a feature in use, and the same update may end its use', () => {
    const before: PoolSettings = { ...history, UserPoolTier: 'ESSENTIALS' };
    expect(refusalOf(() => changedPoolSettings(before, { UserPoolTier: 'LITE' }))).toBe(
      'TierChangeNotAllowedException: The tier cannot be changed to LITE while PasswordHistorySize is in use.',
    );
    const ending = { UserPoolTier: 'LITE', Policies: { PasswordPolicy: { MinimumLength: 8 } } } as const;
    expect(changedPoolSettings(before, ending)).toMatchObject(ending);
  });

  test('that never had a feature does not get it by an update', () => {
    expect(refusalOf(() => changedPoolSettings({ UserPoolTier: 'LITE' }, history))).toMatch(
      /^FeatureUnavailableInTierException: /,
    );
  });
});

/** Every setting with a value that differs from its default. */
const everything: PoolSettings = {
  Policies: {
    PasswordPolicy: { MinimumLength: 12 },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
  },
  DeletionProtection: 'ACTIVE',
  LambdaConfig: { PreSignUp: arn },
  AutoVerifiedAttributes: ['email'],
  AliasAttributes: ['email'],
  UsernameConfiguration: { CaseSensitive: false },
  VerificationMessageTemplate: { SmsMessage: 'own {####}' },
  SmsAuthenticationMessage: 'own {####}',
  MfaConfiguration: 'OPTIONAL',
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: source },
  SmsConfiguration: sms,
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
  UserPoolTier: 'PLUS',
  KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
  IssuerConfiguration: { Type: 'UPDATED' },
  DcrConfiguration: { EnableStatus: 'Enabled' },
  AcrConfiguration: { Level1: { AcrValue: 'x' } },
  EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
  SoftwareTokenMfaConfiguration: { Enabled: true },
  EmailMfaConfiguration: { Subject: 'x' },
  WebAuthnConfiguration: { RelyingPartyId: 'example.com' },
  UserSessionTracking: 'ENABLED',
  TokenSession: { MaxPerUser: 5 },
};

describe('An update', () => {
  test('that names nothing resets what the service was seen to reset, and keeps the rest', () => {
    const {
      LambdaConfig: _triggers,
      AutoVerifiedAttributes: _verified,
      VerificationMessageTemplate: _words,
      SmsAuthenticationMessage: _signIn,
      UserAttributeUpdateSettings: _updates,
      DeviceConfiguration: _devices,
      EmailConfiguration: _mail,
      SmsConfiguration: _sms,
      AdminCreateUserConfig: _invitations,
      UserPoolAddOns: _addOns,
      AccountRecoverySetting: _recovery,
      ...kept
    } = everything;
    expect(changedPoolSettings(everything, {})).toEqual(kept);
  });

  test('replaces either policy and keeps the other', () => {
    const PasswordPolicy = { MinimumLength: 20 };
    expect(changedPoolSettings(everything, { Policies: { PasswordPolicy } }).Policies).toEqual({
      PasswordPolicy,
      SignInPolicy: everything.Policies?.SignInPolicy,
    });
    const SignInPolicy = { AllowedFirstAuthFactors: ['PASSWORD'] } as const;
    expect(changedPoolSettings(everything, { Policies: { SignInPolicy } }).Policies).toEqual({
      PasswordPolicy: everything.Policies?.PasswordPolicy,
      SignInPolicy,
    });
  });

  test('does not merge within a setting', () => {
    const before: PoolSettings = { LambdaConfig: { PreSignUp: arn, PostConfirmation: arn } };
    expect(changedPoolSettings(before, { LambdaConfig: { PreSignUp: arn } }).LambdaConfig).toEqual({ PreSignUp: arn });
  });

  test('leaves what a pool is created with as it is', () => {
    const request = { AliasAttributes: ['phone_number'], UsernameConfiguration: { CaseSensitive: true } } as const;
    expect(changedPoolSettings(everything, request)).toMatchObject({
      AliasAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
  });

  describe('of the second factor', () => {
    const cannot = 'InvalidParameterException: Cannot turn MFA functionality ON, once the user pool has been created.';
    const needed = /^InvalidParameterException: SMS configuration and Auto verification/;

    test('is refused when everybody must have one and none is on', () => {
      expect(refusalOf(() => changedPoolSettings({}, { MfaConfiguration: 'ON' }))).toBe(cannot);
      expect(refusalOf(() => changedPoolSettings({}, { MfaConfiguration: 'ON', SmsConfiguration: sms }))).toBe(cannot);
    });

    test('is taken once one is on', () => {
      const before: PoolSettings = { EnabledMfas: ['SOFTWARE_TOKEN_MFA'], MfaConfiguration: 'OPTIONAL' };
      for (const MfaConfiguration of ['ON', 'OPTIONAL'] as const) {
        const after = changedPoolSettings(before, { MfaConfiguration });
        expect(after).toEqual({ EnabledMfas: ['SOFTWARE_TOKEN_MFA'], MfaConfiguration });
      }
    });

    test('may offer text messages when the request says how to send them', () => {
      const after = changedPoolSettings({}, { MfaConfiguration: 'OPTIONAL', SmsConfiguration: sms });
      expect(after).toEqual({ EnabledMfas: ['SMS_MFA'], MfaConfiguration: 'OPTIONAL', SmsConfiguration: sms });
      expect(refusalOf(() => changedPoolSettings({}, { MfaConfiguration: 'OPTIONAL' }))).toMatch(needed);
    });

    test('does not take away the messages that the factor needs', () => {
      const before: PoolSettings = { EnabledMfas: ['SMS_MFA'], MfaConfiguration: 'ON', SmsConfiguration: sms };
      expect(refusalOf(() => changedPoolSettings(before, {}))).toMatch(needed);
      expect(changedPoolSettings(before, { SmsConfiguration: sms })).toEqual(before);
    });

    test('turns the factors off with it', () => {
      const after = changedPoolSettings(everything, { MfaConfiguration: 'OFF' });
      for (const name of ['EnabledMfas', 'SoftwareTokenMfaConfiguration', 'EmailMfaConfiguration']) {
        expect(after).not.toHaveProperty(name);
      }
      expect(after.WebAuthnConfiguration).toEqual(everything.WebAuthnConfiguration);
    });

    test('is refused beside a passkey that is no second factor', () => {
      const passkeys = (
        FactorConfiguration?: 'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      ): PoolSettings => ({
        ...firstFactors('PASSWORD', 'WEB_AUTHN'),
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        MfaConfiguration: 'OPTIONAL',
        WebAuthnConfiguration: FactorConfiguration && { FactorConfiguration },
      });
      for (const single of [passkeys(), passkeys('SINGLE_FACTOR')]) {
        expect(refusalOf(() => changedPoolSettings(single, { MfaConfiguration: 'ON' }))).toBe(
          'InvalidParameterException: Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
        );
      }
      const both = passkeys('MULTI_FACTOR_WITH_USER_VERIFICATION');
      expect(refusalOf(() => changedPoolSettings(both, { MfaConfiguration: 'ON' }))).toBe('nothing is refused');
    });
  });
});
