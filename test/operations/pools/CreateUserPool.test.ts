import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolCommand,
  type SchemaAttributeType,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { builders } from '../../support/builders.ts';
import { everyPoolSetting, functionArn, texts } from '../../support/every-setting.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

type Settings = Omit<CreateUserPoolCommandInput, 'PoolName'>;

/** The answer's pool, and the same pool as DescribeUserPool shows it. */
async function created(settings: Partial<CreateUserPoolCommandInput>) {
  const { client } = await startService();
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'shop', ...settings }));
  const described = await client.send(new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id }));
  return { answered: UserPool, described: described.UserPool };
}

/** What a request with these settings is told. */
async function refusal(settings: Partial<CreateUserPoolCommandInput>): Promise<string> {
  const { client } = await startService();
  return refused(client.send(new CreateUserPoolCommand({ PoolName: 'shop', ...settings })));
}

const invalid = (message: string): string => `InvalidParameterException: ${message}`;

const text = (Name: string, MinLength = '0', MaxLength = '2048'): SchemaAttributeType => ({
  Name,
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength, MaxLength },
});
const flag = (Name: string): SchemaAttributeType => ({
  Name,
  AttributeDataType: 'Boolean',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
});

const standardSchema: readonly SchemaAttributeType[] = [
  { ...text('sub', '1'), Mutable: false, Required: true },
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname'].map((name) => text(name)),
  ...['preferred_username', 'profile', 'picture', 'website', 'email'].map((name) => text(name)),
  flag('email_verified'),
  text('gender'),
  text('birthdate', '10', '10'),
  ...['zoneinfo', 'locale', 'phone_number'].map((name) => text(name)),
  flag('phone_number_verified'),
  text('address'),
  {
    Name: 'updated_at',
    AttributeDataType: 'Number',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: '0' },
  },
];

describe('CreateUserPool with a name alone', () => {
  test('makes a pool with the defaults of the API and its twenty attributes (pools-and-users 14)', async () => {
    const { client, clock } = await startService();
    const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'shop' }));
    const Id = UserPool?.Id;

    expect(UserPool).toEqual({
      Id: expect.stringMatching(/^us-east-1_[0-9A-Za-z]{9}$/),
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${Id}`,
      Name: 'shop',
      CreationDate: new Date(clock.now()),
      LastModifiedDate: new Date(clock.now()),
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      DeletionProtection: 'INACTIVE',
      LambdaConfig: {},
      SchemaAttributes: standardSchema,
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      MfaConfiguration: 'OFF',
      EstimatedNumberOfUsers: 0,
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      UserPoolTags: {},
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: 'verified_email' },
          { Priority: 2, Name: 'verified_phone_number' },
        ],
      },
      UserPoolTier: 'ESSENTIALS',
      KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
      IssuerConfiguration: { Type: 'ORIGINAL' },
      AcrConfiguration: {
        Level1: { AcrValue: 'urn:cognito:loa:1' },
        Level2: { AcrValue: 'urn:cognito:loa:2' },
        Level3: { AcrValue: 'urn:cognito:loa:3' },
        Level4: { AcrValue: 'urn:cognito:loa:4' },
      },
    });
    const described = await client.send(new DescribeUserPoolCommand({ UserPoolId: Id }));
    expect(described.UserPool).toEqual(UserPool);
  });

  test('makes another pool for every call, names being no matter (pools-and-users 14)', async () => {
    const { aPool } = await startService();
    const [one, other] = [await aPool({ PoolName: 'shop' }), await aPool({ PoolName: 'shop' })];
    expect([one.Name, other.Name]).toEqual(['shop', 'shop']);
    expect(one.id).not.toBe(other.id);
  });

  test('makes it in the region that the request is signed for', async () => {
    const { clientFor } = await startService();
    const pool = await builders(clientFor('eu-central-1')).aPool();
    expect(pool.id).toMatch(/^eu-central-1_[0-9A-Za-z]{9}$/);
    expect(pool.Arn).toBe(`arn:aws:cognito-idp:eu-central-1:000000000000:userpool/${pool.id}`);
  });
});

describe('CreateUserPool', () => {
  test('keeps and shows every setting', async () => {
    const { answered, described } = await created(everyPoolSetting);
    const { PoolName, ...settings } = everyPoolSetting;
    const { AcrConfiguration: _levels, ...shown } = settings;

    expect(answered).toMatchObject({ ...shown, Name: PoolName });
    expect(answered?.UserPoolTags).toEqual(settings.UserPoolTags);
    expect(answered?.LambdaConfig).toEqual(settings.LambdaConfig);
    expect(answered?.AcrConfiguration).toEqual({
      Level1: { AcrValue: 'urn:cognito:loa:1' },
      Level2: { AcrValue: 'https://shop.example.com/acr/two' },
      Level3: { AcrValue: 'urn:cognito:loa:3' },
      Level4: { AcrValue: 'urn:cognito:loa:4' },
    });
    expect(described).toEqual(answered);
  });

  test.each<[string, Settings]>([
    ['aliases', { AliasAttributes: ['email', 'phone_number', 'preferred_username'] }],
    ['usernames that are addresses', { UsernameAttributes: ['email', 'phone_number'] }],
    ['whether case counts', { UsernameConfiguration: { CaseSensitive: false } }],
    [
      'the other way to send texts',
      { SmsConfiguration: { EumsSms: { CallerArn: texts.SnsCallerArn, Region: 'us-east-1' } } },
    ],
  ])('keeps and shows what only it can set: %s', async (_what, settings) => {
    const { answered, described } = await created(settings);
    expect(answered).toMatchObject(settings);
    expect(described).toEqual(answered);
  });

  test('leaves out what is empty', async () => {
    const empty = { AliasAttributes: [], AutoVerifiedAttributes: [], UsernameAttributes: [] };
    const { answered } = await created(empty);
    expect(Object.keys(answered ?? {})).toEqual(expect.not.arrayContaining(Object.keys(empty)));
  });

  test('asks for no more of a password than a given policy says', async () => {
    const { answered } = await created({ Policies: { PasswordPolicy: { RequireNumbers: true } } });
    expect(answered?.Policies?.PasswordPolicy).toEqual({
      MinimumLength: 6,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: true,
      RequireSymbols: false,
      TemporaryPasswordValidityDays: 7,
    });
  });

  test('takes 0 days of a temporary password for the default', async () => {
    const { answered } = await created({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } } });
    expect(answered?.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(7);
    expect(answered?.AdminCreateUserConfig?.UnusedAccountValidityDays).toBe(7);
  });

  test('shows the life of a temporary password under both of its names, whichever was given', async () => {
    const { answered: newer } = await created({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 3 } } });
    const { answered: older } = await created({ AdminCreateUserConfig: { UnusedAccountValidityDays: 3 } });
    for (const pool of [newer, older]) {
      expect(pool?.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(3);
      expect(pool?.AdminCreateUserConfig?.UnusedAccountValidityDays).toBe(3);
    }
  });

  test('shows the words of verification in the template and in the older members, whichever was given', async () => {
    const older = {
      SmsVerificationMessage: 'sms {####}',
      EmailVerificationMessage: 'mail {####}',
      EmailVerificationSubject: 'subject',
    };
    const template = { SmsMessage: 'sms {####}', EmailMessage: 'mail {####}', EmailSubject: 'subject' };
    for (const given of [older, { VerificationMessageTemplate: template }]) {
      const { answered } = await created(given);
      expect(answered).toMatchObject(older);
      expect(answered?.VerificationMessageTemplate).toEqual({ ...template, DefaultEmailOption: 'CONFIRM_WITH_CODE' });
    }
  });

  test('shows the function that changes tokens under both of its names', async () => {
    const arn = functionArn('tokens');
    const { answered: plain } = await created({ LambdaConfig: { PreTokenGeneration: arn } });
    expect(plain?.LambdaConfig?.PreTokenGenerationConfig).toEqual({ LambdaVersion: 'V1_0', LambdaArn: arn });
    const versioned = { LambdaVersion: 'V3_0', LambdaArn: arn } as const;
    const { answered } = await created({ LambdaConfig: { PreTokenGenerationConfig: versioned } });
    expect(answered?.LambdaConfig?.PreTokenGeneration).toBe(arn);
  });

  test('sends text messages through SNS in the region of the pool, unless it is told another one', async () => {
    const { SnsCallerArn } = texts;
    const { answered } = await created({ SmsConfiguration: { SnsCallerArn } });
    expect(answered?.SmsConfiguration).toEqual({ SnsCallerArn, SnsRegion: 'us-east-1' });
    const { answered: told } = await created({ SmsConfiguration: { SnsCallerArn, SnsRegion: 'eu-west-1' } });
    expect(told?.SmsConfiguration).toEqual({ SnsCallerArn, SnsRegion: 'eu-west-1' });
  });

  test('takes what is given without saying anything for what was not given', async () => {
    const { answered } = await created({ AccountRecoverySetting: {}, Policies: { SignInPolicy: {} } });
    const { answered: fresh } = await created({});
    expect(answered?.AccountRecoverySetting).toEqual(fresh?.AccountRecoverySetting);
    expect(answered?.Policies).toEqual(fresh?.Policies);
  });

  test('takes the default names of authentication levels in every plan', async () => {
    const AcrConfiguration = { Level1: { AcrValue: 'urn:cognito:loa:1' } };
    const { answered } = await created({ UserPoolTier: 'LITE', AcrConfiguration });
    expect(answered?.AcrConfiguration).toMatchObject(AcrConfiguration);
  });

  test('does not speak of first factors in a pool of the LITE plan', async () => {
    const { answered } = await created({ UserPoolTier: 'LITE' });
    expect(answered?.Policies).not.toHaveProperty('SignInPolicy');
  });

  test('fills in what dynamic registration leaves open', async () => {
    const { answered } = await created({ DcrConfiguration: { AllowedScopes: ['openid'] } });
    expect(answered?.DcrConfiguration).toEqual({
      EnableStatus: 'Enabled',
      OpenDcrEnabled: false,
      AllowedScopes: ['openid'],
    });
  });

  test('offers text messages as the second factor of a pool that can send them', async () => {
    for (const MfaConfiguration of ['ON', 'OPTIONAL'] as const) {
      const { answered } = await created({ MfaConfiguration, SmsConfiguration: texts });
      expect(answered?.MfaConfiguration).toBe(MfaConfiguration);
    }
  });
});

const firstFactors = (
  ...AllowedFirstAuthFactors: ('PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN')[]
): Settings => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
});

describe('CreateUserPool refuses', () => {
  test('aliases beside usernames that are addresses (pools-and-users 15)', async () => {
    expect(await refusal({ AliasAttributes: ['email'], UsernameAttributes: ['email'] })).toBe(
      invalid('Only one of the aliasAttributes or usernameAttributes can be set in a user pool.'),
    );
  });

  test('a second factor without a way to send text messages (pools-and-users 15)', async () => {
    for (const MfaConfiguration of ['ON', 'OPTIONAL'] as const) {
      expect(await refusal({ MfaConfiguration })).toBe(
        invalid('SMS configuration and Auto verification for phone_number are required when MFA is required/optional'),
      );
    }
  });

  test.each<[string, Settings, string]>([
    [
      'a first factor by text message that cannot be sent',
      firstFactors('PASSWORD', 'SMS_OTP'),
      'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
    ],
    [
      'a code as the first factor beside a second that everybody needs',
      { ...firstFactors('PASSWORD', 'EMAIL_OTP'), MfaConfiguration: 'ON', SmsConfiguration: texts },
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
    ],
    [
      'a passkey as the first factor beside a second that everybody needs, as it cannot be one yet',
      { ...firstFactors('PASSWORD', 'WEB_AUTHN'), MfaConfiguration: 'ON', SmsConfiguration: texts },
      'WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA',
    ],
    [
      'two ways to send text messages',
      { SmsConfiguration: { ...texts, EumsSms: { CallerArn: texts.SnsCallerArn } } },
      'Only one of SnsCallerArn or EumsSms can be set in SmsConfiguration.',
    ],
    [
      'mail of the developer without a source',
      { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
      'SourceArn is required in EmailConfiguration when EmailSendingAccount is DEVELOPER.',
    ],
    [
      'a custom sender without a key',
      { LambdaConfig: { CustomSMSSender: { LambdaVersion: 'V1_0', LambdaArn: functionArn('texts') } } },
      'KMSKeyID is required in LambdaConfig when a custom sender is set.',
    ],
    [
      'updates that wait for a verification that is never asked for',
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    ],
    [
      'recovery by administrators among other ways',
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Priority: 1, Name: 'admin_only' },
            { Priority: 2, Name: 'verified_email' },
          ],
        },
      },
      'admin_only cannot be combined with other recovery mechanisms.',
    ],
  ])('%s', async (_what, settings, message) => {
    expect(await refusal(settings)).toBe(invalid(message));
  });

  test.each<[string, Settings, string]>([
    ['AdvancedSecurityMode', { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }, 'ESSENTIALS'],
    ['AdvancedSecurityMode', { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }, 'LITE'],
    ['DcrConfiguration', { DcrConfiguration: {} }, 'LITE'],
    ['AcrConfiguration', { AcrConfiguration: { Level1: { AcrValue: 'urn:one' } } }, 'LITE'],
    ['AllowedFirstAuthFactors', firstFactors('PASSWORD', 'WEB_AUTHN'), 'LITE'],
    ['PasswordHistorySize', { Policies: { PasswordPolicy: { PasswordHistorySize: 1 } } }, 'LITE'],
    [
      'PreTokenGenerationConfig',
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn: functionArn('tokens') } } },
      'LITE',
    ],
  ])('%s beyond the plan', async (feature, settings, tier) => {
    const UserPoolTier = tier === 'LITE' ? 'LITE' : 'ESSENTIALS';
    expect(await refusal({ ...settings, UserPoolTier })).toBe(
      `FeatureUnavailableInTierException: ${feature} is not available in the ${tier} tier.`,
    );
  });

  test.each<[string, Settings, RegExp]>([
    [
      'a password length below 6',
      { Policies: { PasswordPolicy: { MinimumLength: 5 } } },
      /^Value '5' at 'policies\.passwordPolicy\.minimumLength'.*greater than or equal to 6$/,
    ],
    [
      'a password length beyond 99',
      { Policies: { PasswordPolicy: { MinimumLength: 100 } } },
      /less than or equal to 99$/,
    ],
    ['a history of 25', { Policies: { PasswordPolicy: { PasswordHistorySize: 25 } } }, /less than or equal to 24$/],
    ['366 days', { AdminCreateUserConfig: { UnusedAccountValidityDays: 366 } }, /less than or equal to 365$/],
    [
      'no first factor at all',
      firstFactors(),
      /'policies\.signInPolicy\.allowedFirstAuthFactors'.*greater than or equal to 1$/,
    ],
    [
      'a code without its place',
      { SmsVerificationMessage: 'a code' },
      /'smsVerificationMessage'.*pattern: \.\*\\\{####\\\}\.\*$/,
    ],
    [
      'a link without its marks',
      { VerificationMessageTemplate: { EmailMessageByLink: 'follow {##' } },
      /'verificationMessageTemplate\.emailMessageByLink'/,
    ],
    [
      'a text message of 141 characters',
      { SmsAuthenticationMessage: `{####}${'x'.repeat(135)}` },
      /less than or equal to 140$/,
    ],
    [
      'a third way of recovery',
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [1, 2, 1].map((Priority) => ({ Priority, Name: 'verified_email' })),
        },
      },
      /'accountRecoverySetting\.recoveryMechanisms'.*less than or equal to 2$/,
    ],
    ['no ways of recovery', { AccountRecoverySetting: { RecoveryMechanisms: [] } }, /greater than or equal to 1$/],
    ['what is no ARN', { LambdaConfig: { PreSignUp: 'function/may-come-in-please' } }, /'lambdaConfig\.preSignUp'/],
  ])('by the bounds of the API %s', async (_what, settings, message) => {
    const told = await refusal(settings);
    expect(told).toMatch(/^InvalidParameterException: 1 validation error detected: Value /);
    expect(told.replace(/^.*?detected: /, '')).toMatch(message);
  });

  test.each([
    ['', /greater than or equal to 1/],
    ['x'.repeat(129), /less than or equal to 128/],
    ['<script>alert(1)</script>', /regular expression pattern/],
    ['shop"&', /regular expression pattern/],
    ['shop\u0000', /regular expression pattern/],
    ['shöp', /regular expression pattern/],
  ])('the name %j', async (PoolName, message) => {
    expect(await refusal({ PoolName })).toMatch(message);
  });

  test('a pool without a name', async () => {
    const { call } = await startService();
    expect((await call('CreateUserPool', {})).json).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'poolName' failed to satisfy constraint: Member must not be null",
    });
  });

  test('settings that take more room than a pool has', async () => {
    const scopes = (count: number): Settings => ({
      DcrConfiguration: { AllowedScopes: Array(count).fill('x'.repeat(997)) },
    });
    expect(await refusal(scopes(400))).toBe(invalid('The settings may take 390000 bytes in all.'));
    expect(await refusal(scopes(380))).toBe('nothing is refused');
    const aliases = Array(90_000).fill('email');
    expect(await refusal({ AliasAttributes: aliases })).toBe(invalid('The settings may take 390000 bytes in all.'));
  });
});

describe('The tags of CreateUserPool', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, '']));

  test('are up to fifty', async () => {
    expect((await created({ UserPoolTags: many(50) })).described?.UserPoolTags).toEqual(many(50));
    expect(await refusal({ UserPoolTags: many(51) })).toBe(
      'LimitExceededException: The limit of 50 tags of a user pool would be exceeded.',
    );
  });

  test('may be called anything but what AWS keeps for itself', async () => {
    for (const key of ['aws:cloudformation', 'AWS:x', 'aws:']) {
      expect(await refusal({ UserPoolTags: { [key]: 'x' } })).toBe(
        invalid(`Tag key ${key} is reserved: keys that begin with aws: cannot be set.`),
      );
    }
    const UserPoolTags = {
      aws: 'x',
      'my aws:x': 'y',
      'Größe 💶': '<b>',
      constructor: 'z',
      ['k'.repeat(128)]: 'v'.repeat(256),
    };
    expect((await created({ UserPoolTags })).described?.UserPoolTags).toEqual(UserPoolTags);
  });

  test('are bounded in their keys and values', async () => {
    expect(await refusal({ UserPoolTags: { '': 'x' } })).toMatch(/'userPoolTags'.*Map keys must satisfy constraint/);
    expect(await refusal({ UserPoolTags: { ['k'.repeat(129)]: 'x' } })).toMatch(/Map keys must satisfy constraint/);
    expect(await refusal({ UserPoolTags: { team: 'v'.repeat(257) } })).toMatch(/'userPoolTags\.team\.member'.*256/);
  });
});

describe('A hostile CreateUserPool', () => {
  test('that calls a tag __proto__ gets a tag of that name, and changes nothing else', async () => {
    const { call } = await startService();
    const given = JSON.parse('{"__proto__": "polluted", "team": "shop"}');
    const answer = await call('CreateUserPool', { PoolName: 'shop', UserPoolTags: given });
    const { UserPool } = answer.json as { UserPool: { Id: string; UserPoolTags: object } };
    const described = (await call('DescribeUserPool', { UserPoolId: UserPool.Id })).json as {
      UserPool: typeof UserPool;
    };

    for (const { UserPoolTags } of [UserPool, described.UserPool]) {
      expect(Object.entries(UserPoolTags)).toEqual([
        ['__proto__', 'polluted'],
        ['team', 'shop'],
      ]);
    }
    expect({}).not.toHaveProperty('polluted');
  });

  test.each(['__proto__', 'constructor', 'Level0', 'Level5', 'level1', ''])(
    'names no level of authentication %j',
    async (level) => {
      const { call } = await startService();
      const AcrConfiguration = JSON.parse(`{${JSON.stringify(level)}: {"AcrValue": "urn:one"}}`);
      expect((await call('CreateUserPool', { PoolName: 'shop', AcrConfiguration })).json).toEqual({
        __type: 'InvalidParameterException',
        message: `AcrConfiguration has the levels Level1 to Level4, and none that is called ${level}.`,
      });
    },
  );

  test('gives two levels of authentication no common name, the default ones included', async () => {
    const repeated = invalid('Each AcrValue must be unique, among the default names as well.');
    const one = { AcrValue: 'urn:one' };
    expect(await refusal({ AcrConfiguration: { Level1: one, Level3: one } })).toBe(repeated);
    expect(await refusal({ AcrConfiguration: { Level1: { AcrValue: 'urn:cognito:loa:2' } } })).toBe(repeated);
    const swapped = { Level1: { AcrValue: 'urn:cognito:loa:2' }, Level2: { AcrValue: 'urn:cognito:loa:1' } };
    expect((await created({ AcrConfiguration: swapped })).answered?.AcrConfiguration).toMatchObject(swapped);
  });

  test.each(['', ' ', 'two words', 'urn:\r\nx', 'urn:"x"', 'urn:<x>', 'urn:ä', `urn:${'x'.repeat(61)}`])(
    'puts no %j into tokens',
    async (AcrValue) => {
      expect(await refusal({ AcrConfiguration: { Level1: { AcrValue } } })).toBe(
        invalid('An AcrValue must be a URL or a URN of at most 64 characters.'),
      );
    },
  );

  test('finds no other triggers than there are', async () => {
    const { call } = await startService();
    const LambdaConfig = JSON.parse(`{"__proto__": {"PreSignUp": "${functionArn('x')}"}, "Unknown": "x"}`);
    const answer = await call('CreateUserPool', { PoolName: 'shop', LambdaConfig });
    expect(answer.json).toMatchObject({ UserPool: { LambdaConfig: {} } });
  });

  test.each([
    'Shop <a@example.com>\r\nBcc: eve@example.com',
    'Shop\nBcc: eve@example.com <a@example.com>',
    'a@example.com, eve@example.com',
    'nobody',
  ])('sends no mail from %j', async (From) => {
    expect(await refusal({ EmailConfiguration: { From } })).toBe(
      invalid('From in EmailConfiguration must be an email address, with or without a display name.'),
    );
  });

  test.each(['a@example.com\r\nBcc: eve@example.com', 'a b@example.com', '@', 'a@'])(
    'has no answers sent to %j',
    async (ReplyToEmailAddress) => {
      expect(await refusal({ EmailConfiguration: { ReplyToEmailAddress } })).toMatch(
        /^InvalidParameterException: .*'emailConfiguration\.replyToEmailAddress'/s,
      );
    },
  );

  test.each(['', 'a b', 'a/b', 'ä', 'x'.repeat(65)])('sends with no configuration set %j', async (ConfigurationSet) => {
    expect(await refusal({ EmailConfiguration: { ConfigurationSet } })).toMatch(
      /^InvalidParameterException: .*'emailConfiguration\.configurationSet'/s,
    );
    const EmailConfiguration = { ConfigurationSet: 'own_Set-1'.padEnd(64, 'x') };
    expect((await created({ EmailConfiguration })).answered?.EmailConfiguration).toMatchObject(EmailConfiguration);
  });

  test('writes no headers by the subject of a mail', async () => {
    const { client, outbox, aPool, aClient } = await startService();
    const pool = await aPool({
      AutoVerifiedAttributes: ['email'],
      EmailVerificationSubject: 'Welcome\r\nBcc: eve@example.com',
    });
    const { id: ClientId } = await aClient(pool);
    const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
    await client.send(new SignUpCommand({ ClientId, Username: 'ada', Password: 'Correct-Horse-9', UserAttributes }));
    expect(await outbox.last({ poolId: pool.id })).toMatchObject({
      to: 'ada@example.com',
      subject: 'Welcome Bcc: eve@example.com',
    });
  });
});
