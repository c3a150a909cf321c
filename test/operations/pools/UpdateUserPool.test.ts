import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { everyPoolSetting, functionArn, texts } from '../../support/every-setting.ts';
import { aServedPool, type Changes, onePool } from '../../support/one-pool.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

const invalid = (message: string): string => `InvalidParameterException: ${message}`;

/** A second factor that needs nothing else of the pool. */
const chosenApps = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;

/** A pool with a second factor cannot lose its text messages, so here there is none. */
const withoutMfa = { ...everyPoolSetting, MfaConfiguration: 'OFF' } as const;

describe('UpdateUserPool', () => {
  test('answers with nothing, and shows every setting from then on', async () => {
    const { update, look } = await aServedPool();
    expect(await update(everyPoolSetting)).toEqual({});
    const { PoolName, AcrConfiguration, ...shown } = everyPoolSetting;
    const after = await look();
    expect(after).toMatchObject({ ...shown, Name: PoolName, AcrConfiguration });
    expect(after.UserPoolTags).toEqual(shown.UserPoolTags);
  });

  test('takes the older members for the words of verification', async () => {
    const { update, look } = await aServedPool();
    const words = {
      SmsVerificationMessage: 'sms {####}',
      EmailVerificationMessage: 'mail {####}',
      EmailVerificationSubject: 'subject',
    };
    await update(words);
    expect(await look()).toMatchObject({
      ...words,
      VerificationMessageTemplate: { SmsMessage: 'sms {####}', EmailMessage: 'mail {####}', EmailSubject: 'subject' },
    });
  });

  test('moves the date of the last change, and never that of creation', async () => {
    const { update, look, service } = await aServedPool();
    const before = await look();
    service.clock.advance(5_000);
    await update({ PoolName: 'another' });
    expect(await look()).toEqual({
      ...before,
      Name: 'another',
      LastModifiedDate: new Date(service.clock.now()),
    });
  });

  test('does not merge inside of what it is given', async () => {
    const { update, look } = await aServedPool(withoutMfa);
    await update({
      Policies: { PasswordPolicy: { MinimumLength: 20 } },
      LambdaConfig: { PreSignUp: functionArn('other') },
      EmailConfiguration: { From: 'other@example.com' },
      UserPoolTags: { other: 'tag' },
      AcrConfiguration: { Level1: { AcrValue: 'urn:one' } },
    });
    const after = await look();
    expect(after.Policies?.PasswordPolicy).toEqual({
      MinimumLength: 20,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
      TemporaryPasswordValidityDays: 7,
    });
    expect(after.LambdaConfig).toEqual({ PreSignUp: functionArn('other') });
    expect(after.EmailConfiguration).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT', From: 'other@example.com' });
    expect(after.UserPoolTags).toEqual({ other: 'tag' });
    expect(after.AcrConfiguration?.['Level2']).toEqual({ AcrValue: 'urn:cognito:loa:2' });
  });

  test('ignores what only creation decides', async () => {
    const { id, look, service } = await aServedPool({
      AliasAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const before = await look();
    const answer = await service.call('UpdateUserPool', {
      UserPoolId: id,
      AliasAttributes: ['phone_number'],
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: true },
      Schema: [{ Name: 'plan', AttributeDataType: 'String' }],
    });
    expect(answer).toMatchObject({ status: 200, body: '{}' });
    expect(await look()).toEqual(before);
  });
});

describe('UpdateUserPool without a setting', () => {
  test.each([
    'LambdaConfig',
    'AutoVerifiedAttributes',
    'VerificationMessageTemplate',
    'SmsVerificationMessage',
    'EmailVerificationMessage',
    'EmailVerificationSubject',
    'SmsAuthenticationMessage',
    'UserAttributeUpdateSettings',
    'DeviceConfiguration',
    'EmailConfiguration',
    'SmsConfiguration',
    'UserPoolAddOns',
    'UserPoolTags',
    'AccountRecoverySetting',
  ] as const)('returns it to its default: %s', async (name) => {
    const { update, look, service } = await aServedPool(withoutMfa);
    const before = await look();
    await update({});
    const fresh = await service.aPool();
    expect((await look())[name]).toEqual(fresh[name]);
    expect(before[name]).not.toEqual(fresh[name]);
  });

  test('returns invitations to their default, but for the days that the password policy keeps', async () => {
    const { update, look } = await aServedPool(withoutMfa);
    await update({});
    expect((await look()).AdminCreateUserConfig).toEqual({
      AllowAdminCreateUserOnly: false,
      UnusedAccountValidityDays: 2,
    });
  });

  test.each([
    'Name',
    'Policies',
    'DeletionProtection',
    'UserPoolTier',
    'KeyConfiguration',
    'IssuerConfiguration',
    'DcrConfiguration',
    'AcrConfiguration',
  ] as const)('keeps it: %s', async (name) => {
    const { update, look, service } = await aServedPool(withoutMfa);
    const before = await look();
    await update({});
    expect((await look())[name]).toEqual(before[name]);
    expect(before[name]).not.toEqual((await service.aPool())[name]);
  });

  test('but its name loses verification, tags and add-ons, and keeps second factors and policies (pools-and-users 16)', async () => {
    const { update, look, mfa, setMfa } = await aServedPool({ ...withoutMfa, LambdaConfig: {} });
    await setMfa(chosenApps);
    const before = await look();
    await update({ PoolName: 'renamed' });

    const after = await look();
    expect(after.Name).toBe('renamed');
    expect(after.AutoVerifiedAttributes).toBeUndefined();
    expect(after.UserPoolTags).toEqual({});
    expect(after.UserPoolAddOns).toBeUndefined();
    expect(after.MfaConfiguration).toBe('OPTIONAL');
    expect(await mfa()).toEqual(chosenApps);
    expect(after.Policies).toEqual(before.Policies);
    expect(before).toMatchObject({
      AutoVerifiedAttributes: ['email'],
      UserPoolTags: { team: 'shop' },
      UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
      Policies: everyPoolSetting.Policies,
    });
  });
});

describe('UpdateUserPool with one of the two policies', () => {
  const { PasswordPolicy, SignInPolicy } = everyPoolSetting.Policies;

  test('keeps how people sign in when it replaces what passwords must be (pools-and-users 17)', async () => {
    const { update, look } = await aServedPool({ Policies: { PasswordPolicy, SignInPolicy } });
    await update({ Policies: { PasswordPolicy: { MinimumLength: 30, RequireSymbols: true } } });
    const { Policies } = await look();
    expect(Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 30, RequireSymbols: true, RequireNumbers: false });
    expect(Policies?.SignInPolicy).toEqual(SignInPolicy);
  });

  test('keeps what passwords must be when it replaces how people sign in (pools-and-users 17)', async () => {
    const { update, look } = await aServedPool({ Policies: { PasswordPolicy, SignInPolicy } });
    await update({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } });
    const { Policies } = await look();
    expect(Policies?.PasswordPolicy).toEqual(PasswordPolicy);
    expect(Policies?.SignInPolicy).toEqual({ AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] });
  });

  test('keeps how people sign in when it says nothing of it by name', async () => {
    const { update, look } = await aServedPool({ Policies: { PasswordPolicy, SignInPolicy } });
    await update({ Policies: { SignInPolicy: {} } });
    await update({ Policies: {} });
    expect((await look()).Policies).toEqual({ PasswordPolicy, SignInPolicy });
  });
});

const firstFactors = (
  ...AllowedFirstAuthFactors: ('PASSWORD' | 'EMAIL_OTP' | 'WEB_AUTHN')[]
): Pick<Changes, 'Policies'> => ({ Policies: { SignInPolicy: { AllowedFirstAuthFactors } } });

describe('UpdateUserPool of the second factor', () => {
  const noCodesFirst = invalid(
    'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
  );
  const cannot = invalid('Cannot turn MFA functionality ON, once the user pool has been created.');
  const needed = invalid(
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
  );

  test('cannot demand one while none is on (pools-and-users 17)', async () => {
    const { update, look } = await aServedPool();
    expect(await refused(update({ MfaConfiguration: 'ON' }))).toBe(cannot);
    expect(await refused(update({ MfaConfiguration: 'ON', SmsConfiguration: texts }))).toBe(cannot);
    expect((await look()).MfaConfiguration).toBe('OFF');
  });

  test('can demand one as soon as one is on (pools-and-users 17)', async () => {
    const { update, look, mfa, setMfa } = await aServedPool();
    await setMfa(chosenApps);
    for (const MfaConfiguration of ['ON', 'OPTIONAL', 'ON'] as const) {
      await update({ MfaConfiguration });
      expect((await look()).MfaConfiguration).toBe(MfaConfiguration);
      expect(await mfa()).toEqual({ ...chosenApps, MfaConfiguration });
    }
  });

  test('turns all of them off, and keeps passkeys', async () => {
    const { update, mfa, setMfa } = await aServedPool();
    const WebAuthnConfiguration = { UserVerification: 'required', FactorConfiguration: 'SINGLE_FACTOR' } as const;
    const SmsMfaConfiguration = { SmsConfiguration: texts };
    await setMfa({ ...chosenApps, SmsMfaConfiguration, WebAuthnConfiguration });
    await update({ MfaConfiguration: 'OFF' });
    expect(await mfa()).toEqual({ MfaConfiguration: 'OFF', WebAuthnConfiguration });
    expect(await refused(update({ MfaConfiguration: 'ON', SmsConfiguration: texts }))).toBe(cannot);
    await update({ MfaConfiguration: 'OPTIONAL', SmsConfiguration: texts });
    expect(await mfa()).toEqual({ MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration, WebAuthnConfiguration });
  });

  test('cannot demand one beside first factors that are codes', async () => {
    const { update, setMfa } = await aServedPool(firstFactors('PASSWORD', 'EMAIL_OTP'));
    await setMfa(chosenApps);
    expect(await refused(update({ MfaConfiguration: 'ON' }))).toBe(noCodesFirst);
    await update({ MfaConfiguration: 'ON', ...firstFactors('PASSWORD') });
    expect(await refused(update(firstFactors('PASSWORD', 'EMAIL_OTP')))).toBe(noCodesFirst);
    expect(await refused(update({ MfaConfiguration: 'OPTIONAL', ...firstFactors('EMAIL_OTP') }))).toBe(
      'nothing is refused',
    );
  });

  test('cannot demand one beside passkeys that are no second factor, nor allow such passkeys then', async () => {
    const { update, setMfa } = await aServedPool(firstFactors('PASSWORD', 'WEB_AUTHN'));
    await setMfa(chosenApps);
    expect(await refused(update({ MfaConfiguration: 'ON' }))).toBe(
      invalid(
        'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
      ),
    );
    await update({ MfaConfiguration: 'ON', ...firstFactors('PASSWORD') });
    expect(await refused(update(firstFactors('PASSWORD', 'WEB_AUTHN')))).toBe(
      invalid('WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA'),
    );
    const both = { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } as const;
    await setMfa({ ...chosenApps, MfaConfiguration: 'ON', WebAuthnConfiguration: both });
    expect(await refused(update(firstFactors('PASSWORD', 'WEB_AUTHN')))).toBe('nothing is refused');
  });

  test('cannot take away the sender of codes by e-mail, by leaving it out either', async () => {
    const { EmailConfiguration } = everyPoolSetting;
    const { update, mfa, setMfa } = await aServedPool({ EmailConfiguration });
    const byEmail = { MfaConfiguration: 'ON', EmailMfaConfiguration: { Subject: 'Your code' } } as const;
    await setMfa(byEmail);
    expect(await refused(update({ PoolName: 'renamed' }))).toBe(
      invalid(
        'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT',
      ),
    );
    await update({ PoolName: 'renamed', EmailConfiguration });
    expect(await mfa()).toEqual(byEmail);
  });

  test('can offer text messages that the request says how to send', async () => {
    const { update, look } = await aServedPool();
    expect(await refused(update({ MfaConfiguration: 'OPTIONAL' }))).toBe(needed);
    await update({ MfaConfiguration: 'OPTIONAL', SmsConfiguration: texts });
    expect(await look()).toMatchObject({ MfaConfiguration: 'OPTIONAL', SmsConfiguration: texts });
  });

  test('cannot take away the text messages that it needs, by leaving them out either', async () => {
    const { update, look } = await aServedPool({ MfaConfiguration: 'ON', SmsConfiguration: texts });
    expect(await refused(update({ PoolName: 'renamed' }))).toBe(needed);
    await update({ PoolName: 'renamed', MfaConfiguration: 'OFF' });
    expect(await look()).toMatchObject({ Name: 'renamed', MfaConfiguration: 'OFF' });
  });
});

type TierName = 'LITE' | 'ESSENTIALS';

/** What uses a feature, the highest plan without it, and what ends its use. */
const features: readonly [string, Changes, TierName, Changes][] = [
  ['AdvancedSecurityMode', { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }, 'ESSENTIALS', {}],
  ['AdvancedSecurityMode', { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }, 'LITE', {}],
  [
    'DcrConfiguration',
    { DcrConfiguration: { AllowedScopes: ['openid'] } },
    'LITE',
    { DcrConfiguration: { EnableStatus: 'Disabled' } },
  ],
  [
    'AcrConfiguration',
    { AcrConfiguration: { Level1: { AcrValue: 'urn:one' } } },
    'LITE',
    { AcrConfiguration: { Level1: { AcrValue: 'urn:cognito:loa:1' } } },
  ],
  ['AllowedFirstAuthFactors', firstFactors('PASSWORD', 'WEB_AUTHN'), 'LITE', firstFactors('PASSWORD')],
  [
    'PasswordHistorySize',
    { Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } },
    'LITE',
    { Policies: { PasswordPolicy: { MinimumLength: 8 } } },
  ],
  [
    'PreTokenGenerationConfig',
    { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: functionArn('tokens') } } },
    'LITE',
    { LambdaConfig: { PreTokenGeneration: functionArn('tokens') } },
  ],
];

describe('UpdateUserPool refuses', () => {
  test.each<[string, Changes, string]>([
    [
      'a first factor by text message that cannot be sent',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } } },
      'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
    ],
    [
      'updates that wait for a verification that it does not name as well',
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    ],
    [
      'mail of the developer without a source',
      { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
      'SourceArn is required in EmailConfiguration when EmailSendingAccount is DEVELOPER.',
    ],
    [
      'a level of authentication that does not exist',
      { AcrConfiguration: { Level5: { AcrValue: 'urn:five' } } },
      'AcrConfiguration has the levels Level1 to Level4, and none that is called Level5.',
    ],
    [
      'tags that AWS keeps',
      { UserPoolTags: { 'aws:x': '' } },
      'Tag key aws:x is reserved: keys that begin with aws: cannot be set.',
    ],
    [
      'too many tags',
      { UserPoolTags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key-${index}`, ''])) },
      'The limit of 50 tags of a user pool would be exceeded.',
    ],
    [
      'more than a pool has room for',
      { DcrConfiguration: { AllowedScopes: Array(4000).fill('x'.repeat(100)) } },
      'The settings may take 390000 bytes in all.',
    ],
  ])('%s, and changes nothing', async (_what, changes, message) => {
    const { update, look } = await aServedPool({
      AutoVerifiedAttributes: ['email'],
      UserPoolTags: { team: 'shop' },
    });
    const before = await look();
    expect(await refused(update(changes))).toBe(invalid(message));
    expect(await look()).toEqual(before);
  });

  test.each(features)('%s beyond the plan', async (feature, changes, tier) => {
    const { update, look } = await aServedPool({ UserPoolTier: tier });
    const before = await look();
    expect(await refused(update(changes))).toBe(
      `FeatureUnavailableInTierException: ${feature} is not available in the ${tier} tier.`,
    );
    expect(await look()).toEqual(before);
    await update({ ...changes, UserPoolTier: 'PLUS' });
    expect(await look()).toMatchObject({ ...changes, UserPoolTier: 'PLUS' });
  });

  test.each(features)(
    'a plan below %s in use, unless the request ends its use',
    async (feature, given, tier, ended) => {
      const { update, look } = await aServedPool({ ...given, UserPoolTier: 'PLUS' });
      const before = await look();
      // What the request would reset by leaving it out has to stay in use.
      expect(await refused(update({ ...given, UserPoolTier: tier }))).toBe(
        `TierChangeNotAllowedException: The tier cannot be changed to ${tier} while ${feature} is in use.`,
      );
      expect(await look()).toEqual(before);
      await update({ ...ended, UserPoolTier: tier });
      expect((await look()).UserPoolTier).toBe(tier);
    },
  );

  test('a plan below factors that only SetUserPoolMfaConfig knows, as long as they are on', async () => {
    const { EmailConfiguration } = everyPoolSetting;
    const { update, setMfa } = await aServedPool({ EmailConfiguration });
    const held = (feature: string) =>
      `TierChangeNotAllowedException: The tier cannot be changed to LITE while ${feature} is in use.`;
    const lower = () => refused(update({ UserPoolTier: 'LITE', EmailConfiguration }));
    await setMfa({ MfaConfiguration: 'ON', EmailMfaConfiguration: {} });
    expect(await lower()).toBe(held('EmailMfaConfiguration'));
    await setMfa({ WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } });
    expect(await lower()).toBe(held('FactorConfiguration'));
    await setMfa({ ...chosenApps, WebAuthnConfiguration: {} });
    expect(await lower()).toBe('nothing is refused');
  });

  test('a pool that nobody made, or that is in another region', async () => {
    const { service, id, look } = await aServedPool();
    const before = await look();
    const nobody = { id: 'us-east-1_000000000' };
    expect(await refused(onePool(service, nobody).update({}))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    const abroad = { client: service.clientFor('eu-west-1') };
    expect(await refused(onePool(abroad, { id }).update({ PoolName: 'taken' }))).toBe(
      `ResourceNotFoundException: User pool ${id} does not exist.`,
    );
    expect(await look()).toEqual(before);
  });
});

describe('Many calls of UpdateUserPool at once', () => {
  test('lose neither of two settings that are kept when left out', async () => {
    const { update, look } = await aServedPool();
    for (let length = 10; length < 20; length++) {
      const SignInPolicy = {
        AllowedFirstAuthFactors: ['PASSWORD', length % 2 === 0 ? 'WEB_AUTHN' : 'EMAIL_OTP'],
      } as const;
      const told = await outcomes([
        update({ Policies: { PasswordPolicy: { MinimumLength: length } } }),
        update({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...SignInPolicy.AllowedFirstAuthFactors] } } }),
        update({ PoolName: `shop ${length}` }),
      ]);
      expect(told).toEqual(['done', 'done', 'done']);
      const after = await look();
      expect(after.Name).toBe(`shop ${length}`);
      expect(after.Policies).toMatchObject({ PasswordPolicy: { MinimumLength: length }, SignInPolicy });
    }
  });

  test('leave the pool as one of them wanted it, and tell those that were never done', async () => {
    const { update, look } = await aServedPool();
    const wanted = Array.from({ length: 12 }, (_, index) => `writer ${index}`);
    const told = await outcomes(wanted.map((name) => update({ PoolName: name, UserPoolTags: { writer: name } })));
    for (const outcome of told) {
      expect(['done', 'ConcurrentModificationException: The user pool is being changed by another request.']).toContain(
        outcome,
      );
    }
    const { Name = '', UserPoolTags } = await look();
    expect(UserPoolTags).toEqual({ writer: Name });
    expect(told[wanted.indexOf(Name)]).toBe('done');
  });
});

test('UpdateUserPool gives up when others are always faster', async () => {
  const { ports, aPool } = await startService();
  const pool = await aPool();
  const pools = { ...ports.pools, save: async () => 'changed' as const };
  const { update } = onePool(await startService({ ports: { pools } }), pool);
  expect(await refused(update({ PoolName: 'late' }))).toBe(
    'ConcurrentModificationException: The user pool is being changed by another request.',
  );
});

describe('What UpdateUserPool has answered', () => {
  const signUp = ({ client }: Pick<Service, 'client'>, ClientId: string, Username: string) =>
    refused(client.send(new SignUpCommand({ ClientId, Username, Password: 'Correct-Horse-9' })));
  const closed = 'NotAuthorizedException: SignUp is not permitted for this user pool';

  test('holds for every operation that begins afterwards', async () => {
    const { update, id: poolId, service } = await aServedPool();
    const { id } = await service.aClient({ id: poolId });
    for (let round = 0; round < 20; round++) {
      const AllowAdminCreateUserOnly = round % 2 === 0;
      // Readers that began earlier must not put back what they read.
      const readers = [1, 2, 3].map((reader) => signUp(service, id, `early-${round}-${reader}`));
      await update({ AdminCreateUserConfig: { AllowAdminCreateUserOnly } });
      const outcome = await signUp(service, id, `late-${round}`);
      expect(outcome).toBe(AllowAdminCreateUserOnly ? closed : 'nothing is refused');
      await Promise.all(readers);
    }
  });

  test('holds for the next operation of another process', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    const { id } = await here.aClient(pool);
    for (let round = 0; round < 6; round++) {
      const [writer, reader] = round % 2 === 0 ? [here, there] : [there, here];
      await onePool(writer, pool).update({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
      expect(await signUp(reader, id, `closed-${round}`)).toBe(closed);
      // The reader knows the pool as closed, and refuses before it reads anything else.
      await onePool(writer, pool).update({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } });
      expect(await signUp(reader, id, `open-${round}`)).toBe('nothing is refused');
    }
  });

  test('holds for an administrator in another process', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    await there.aUser(pool, { username: 'ada', password: 'Correct-Horse-9' });
    await onePool(here, pool).update({ Policies: { PasswordPolicy: { MinimumLength: 40 } } });
    expect(await refused(there.aUser(pool, { username: 'bob', password: 'Correct-Horse-9' }))).toBe(
      'InvalidPasswordException: Password did not conform with policy: Password not long enough',
    );
  });
});
