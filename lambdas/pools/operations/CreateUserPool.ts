/** An administrator creates a user pool. */
import { iam } from '../../core/contract/callers.ts';
import { limitExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/rules/identifiers.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { requireSchemaQuota, schemaOf } from '../../core/rules/schema.ts';
import { poolGaps } from '../gaps.ts';
import { requireTextsFrom } from '../pool-checks.ts';
import { newPoolSettings } from '../pool-settings.ts';
import { describePool } from '../pool-views.ts';
import {
  accountRecoverySetting,
  acrLevelConfig,
  adminCreateUserConfig,
  dcrConfiguration,
  deletionProtection,
  deviceConfiguration,
  emailCodeMessage,
  emailConfiguration,
  emailSubject,
  issuerConfiguration,
  keyConfiguration,
  lambdaConfig,
  mfaMode,
  policies,
  poolName,
  schemaAttributes,
  smsCodeMessage,
  smsConfiguration,
  tags,
  userAttributeUpdateSettings,
  usernameConfiguration,
  userPoolAddOns,
  userPoolTier,
  userPoolType,
  verifiableAttribute,
  verificationMessageTemplate,
} from '../shapes.ts';
import { requirePoolSize } from '../size.ts';
import { requireTags } from '../tags.ts';

export const CreateUserPool = operation({
  name: 'CreateUserPool',
  caller: iam('Write', 'none', ['aws:RequestTag', 'aws:TagKeys', 'aws:ResourceTag']),
  input: s.structure({
    PoolName: poolName,
    Policies: s.optional(policies),
    DeletionProtection: s.optional(deletionProtection),
    LambdaConfig: s.optional(lambdaConfig),
    AutoVerifiedAttributes: s.optional(s.list(verifiableAttribute)),
    AliasAttributes: s.optional(s.list(s.oneOf('phone_number', 'email', 'preferred_username'))),
    UsernameAttributes: s.optional(s.list(verifiableAttribute)),
    SmsVerificationMessage: s.optional(smsCodeMessage),
    EmailVerificationMessage: s.optional(emailCodeMessage),
    EmailVerificationSubject: s.optional(emailSubject),
    VerificationMessageTemplate: s.optional(verificationMessageTemplate),
    SmsAuthenticationMessage: s.optional(smsCodeMessage),
    MfaConfiguration: s.optional(mfaMode),
    UserAttributeUpdateSettings: s.optional(userAttributeUpdateSettings),
    DeviceConfiguration: s.optional(deviceConfiguration),
    EmailConfiguration: s.optional(emailConfiguration),
    SmsConfiguration: s.optional(smsConfiguration),
    UserPoolTags: s.optional(tags),
    AdminCreateUserConfig: s.optional(adminCreateUserConfig),
    Schema: s.optional(schemaAttributes),
    UserPoolAddOns: s.optional(userPoolAddOns),
    UsernameConfiguration: s.optional(usernameConfiguration),
    AccountRecoverySetting: s.optional(accountRecoverySetting),
    UserPoolTier: s.optional(userPoolTier),
    KeyConfiguration: s.optional(keyConfiguration),
    IssuerConfiguration: s.optional(issuerConfiguration),
    DcrConfiguration: s.optional(dcrConfiguration),
    AcrConfiguration: s.optional(s.map(s.string(), acrLevelConfig)),
  }),
  output: s.structure({ UserPool: s.optional(userPoolType) }),
  errors: [
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'LimitExceededException',
    'NotAuthorizedException',
    'TierChangeNotAllowedException',
    'TooManyRequestsException',
    'UserPoolTaggingException',
  ],
  uses: ['pools', 'signer', 'settings', 'clock', 'random'],
  gaps: poolGaps,

  async handle(input, ports, { region, account, partition }) {
    const { PoolName, UserPoolTags, Schema, ...settings } = input;
    const { pools, signer, clock, random } = ports;
    const now = clock.now();
    const pool = {
      id: poolId(random, region),
      name: PoolName,
      region,
      account,
      partition,
      createdAt: now,
      modifiedAt: now,
      settings: requireTextsFrom(region, newPoolSettings(settings)),
      schema: schemaOf(Schema),
      tags: requireTags(ports, UserPoolTags, limitExceeded),
      version: 0,
    };
    requireSchemaQuota(ports, pool.schema, limitExceeded);
    requirePoolSize(pool);
    const most = quotaOf(ports, 'poolsPerAccount');
    if ((await pools.add(pool, most)) === 'full') throw limitExceeded('user pools of an account', most);
    await signer.prepare(pool.id);
    return { UserPool: describePool(pool, 0) };
  },
});
