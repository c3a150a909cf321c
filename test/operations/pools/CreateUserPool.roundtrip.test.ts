/** As Terraform and its like use a pool: it is made as declared, read back, and what was read back changes nothing. */
import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  type GetUserPoolMfaConfigResponse,
  type SchemaAttributeType,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { everyPoolSetting, functionArn, texts } from '../../support/every-setting.ts';
import { aServedPool, type Changes, type MfaChanges, type OnePool, onePool } from '../../support/one-pool.ts';
import { startService } from '../../support/start-service.ts';

type Settings = Partial<CreateUserPoolCommandInput>;

/** What UpdateUserPool takes of what DescribeUserPool shows. */
function asChanges(shown: UserPoolType): Changes {
  const {
    Id: _id,
    Arn: _arn,
    Name,
    Status: _status,
    CreationDate: _created,
    LastModifiedDate: _modified,
    EstimatedNumberOfUsers: _users,
    SchemaAttributes: _schema,
    AliasAttributes: _aliases,
    UsernameAttributes: _usernames,
    UsernameConfiguration: _case,
    SmsConfigurationFailure: _texts,
    EmailConfigurationFailure: _email,
    Domain: _domain,
    CustomDomain: _customDomain,
    ...settings
  } = shown;
  return { PoolName: Name, ...settings };
}

interface Shown {
  readonly pool: UserPoolType;
  readonly mfa: GetUserPoolMfaConfigResponse;
}

const shownBy = async (pool: OnePool): Promise<Shown> => ({ pool: await pool.look(), mfa: await pool.mfa() });

/** Another day, so that nothing looks unchanged because it was written in the same moment. */
const later = 86_400_000;

const schema: SchemaAttributeType[] = [
  { Name: 'email', AttributeDataType: 'String', Required: true, StringAttributeConstraints: { MinLength: '5' } },
  { Name: 'plan', AttributeDataType: 'String', Mutable: false, StringAttributeConstraints: { MaxLength: '9' } },
  { Name: 'age', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '0', MaxValue: '150' } },
  { Name: 'since', AttributeDataType: 'DateTime', DeveloperOnlyAttribute: true },
  { Name: 'member', AttributeDataType: 'Boolean' },
];

/** The three older members say again what the template says. */
const olderMembers = {
  SmsVerificationMessage: 'Type {####}',
  EmailVerificationMessage: '<b>Type</b> {####}',
  EmailVerificationSubject: 'Type this',
};

describe('A pool with everything set', () => {
  const onlyAtCreation = {
    AliasAttributes: ['email', 'preferred_username'],
    UsernameConfiguration: { CaseSensitive: false },
  } satisfies Settings;

  test('is read back as it was written, with the documented defaults for what it left open', async () => {
    const { client, clock } = await startService();
    const asked = { ...everyPoolSetting, ...onlyAtCreation, Schema: schema };
    const { UserPool = {} } = await client.send(new CreateUserPoolCommand(asked));
    const standard = (await (await aServedPool()).look()).SchemaAttributes ?? [];
    const { PoolName, ...written } = everyPoolSetting;
    expect(UserPool).toEqual({
      ...written,
      ...onlyAtCreation,
      ...olderMembers,
      Name: PoolName,
      Id: expect.stringMatching(/^us-east-1_[0-9A-Za-z]{9}$/),
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPool.Id}`,
      CreationDate: new Date(clock.now()),
      LastModifiedDate: new Date(clock.now()),
      EstimatedNumberOfUsers: 0,
      AcrConfiguration: {
        Level1: { AcrValue: 'urn:cognito:loa:1' },
        Level2: { AcrValue: 'https://shop.example.com/acr/two' },
        Level3: { AcrValue: 'urn:cognito:loa:3' },
        Level4: { AcrValue: 'urn:cognito:loa:4' },
      },
      SchemaAttributes: [
        ...standard.map((attribute) => (attribute.Name === 'email' ? { ...attribute, ...schema[0] } : attribute)),
        ...schema.slice(1).map(({ Name, ...attribute }) => ({
          DeveloperOnlyAttribute: false,
          Mutable: true,
          Required: false,
          ...attribute,
          Name: attribute.DeveloperOnlyAttribute ? `dev:custom:${Name}` : `custom:${Name}`,
        })),
      ],
    });
    expect(await onePool({ client }, { id: UserPool.Id ?? '' }).look()).toEqual(UserPool);
  });

  test('is read back as it was written when an update sets all of it', async () => {
    const { look, update } = await aServedPool(onlyAtCreation);
    const before = await look();
    await update(everyPoolSetting);
    const { PoolName, AcrConfiguration, ...written } = everyPoolSetting;
    expect(await look()).toEqual({
      ...before,
      ...written,
      ...olderMembers,
      Name: PoolName,
      AcrConfiguration: { ...before.AcrConfiguration, ...AcrConfiguration },
    });
  });
});

describe('What was read back changes nothing', () => {
  const { EmailConfiguration } = everyPoolSetting;
  const apps = { SoftwareTokenMfaConfiguration: { Enabled: true } };
  const passkeys = {
    WebAuthnConfiguration: {
      RelyingPartyId: 'shop.example.com',
      UserVerification: 'required',
      FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    },
  } as const;

  test.each<[string, Settings, MfaChanges]>([
    ['with a name alone', {}, {}],
    ['with everything set', { ...everyPoolSetting, Schema: schema, AliasAttributes: ['email'] }, {}],
    ['of the plan LITE', { UserPoolTier: 'LITE', Policies: { PasswordPolicy: { RequireNumbers: true } } }, {}],
    ['of the plan PLUS', { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }, {}],
    ['of addresses', { UsernameAttributes: ['email'], AutoVerifiedAttributes: ['email'] }, {}],
    [
      'that lives on older members',
      {
        ...olderMembers,
        AdminCreateUserConfig: { UnusedAccountValidityDays: 3 },
        LambdaConfig: { PreTokenGeneration: functionArn('tokens') },
      },
      {},
    ],
    [
      'that leaves members open inside of what it sets',
      {
        EmailConfiguration: { ReplyToEmailAddress: 'answers@example.com' },
        SmsConfiguration: { SnsCallerArn: texts.SnsCallerArn },
        DcrConfiguration: {},
        DeviceConfiguration: {},
        AccountRecoverySetting: {},
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
        AdminCreateUserConfig: { InviteMessageTemplate: {} },
        VerificationMessageTemplate: {},
        Policies: { PasswordPolicy: {}, SignInPolicy: {} },
        KeyConfiguration: {},
        IssuerConfiguration: {},
        AcrConfiguration: {},
      },
      {},
    ],
    [
      'that demands text messages',
      { SmsConfiguration: texts, MfaConfiguration: 'ON' },
      {
        MfaConfiguration: 'ON',
        SmsMfaConfiguration: { SmsConfiguration: texts },
      },
    ],
    ['that demands authenticator apps', {}, { MfaConfiguration: 'ON', ...apps }],
    ['that demands codes by e-mail', { EmailConfiguration }, { MfaConfiguration: 'ON', EmailMfaConfiguration: {} }],
    [
      'that offers every factor, and passkeys',
      { ...everyPoolSetting },
      {
        MfaConfiguration: 'OPTIONAL',
        ...apps,
        ...passkeys,
        SmsMfaConfiguration: { SmsAuthenticationMessage: 'Sign in with {####}', SmsConfiguration: texts },
        EmailMfaConfiguration: { Message: 'Type {####}', Subject: 'Your code' },
      },
    ],
    ['with passkeys alone', {}, { MfaConfiguration: 'OFF', ...passkeys }],
  ])('in a pool %s', async (_what, settings, factors) => {
    const pool = await aServedPool(settings);
    if (Object.keys(factors).length > 0) {
      await pool.setMfa(factors);
      // Nothing is added to what was written, so a plan to write it again is empty.
      expect(await pool.mfa()).toEqual(factors);
    }
    const before = await shownBy(pool);

    pool.service.clock.advance(later);
    await pool.update(asChanges(before.pool));
    const LastModifiedDate = new Date(pool.service.clock.now());
    expect(await shownBy(pool)).toEqual({ ...before, pool: { ...before.pool, LastModifiedDate } });

    await pool.setMfa(before.mfa);
    await pool.update(asChanges(before.pool));
    expect(await shownBy(pool)).toEqual({ ...before, pool: { ...before.pool, LastModifiedDate } });
  });

  test('after attributes were added either', async () => {
    const pool = await aServedPool({ ...everyPoolSetting, Schema: schema });
    await pool.add({ Name: 'later', AttributeDataType: 'Number' });
    const before = await shownBy(pool);
    expect(before.pool.SchemaAttributes?.at(-1)?.Name).toBe('custom:later');
    await pool.update(asChanges(before.pool));
    expect(await shownBy(pool)).toEqual(before);
  });
});
