/** An administrator changes the settings of a pool; most of what the request leaves out returns to its default. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { changePool } from '../change-pool.ts';
import { noImportsYet, poolGaps, updateGaps } from '../gaps.ts';
import { requireTextsFrom } from '../pool-checks.ts';
import { changedPoolSettings } from '../pool-settings.ts';
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
  smsCodeMessage,
  smsConfiguration,
  tags,
  userAttributeUpdateSettings,
  userPoolAddOns,
  userPoolTier,
  verifiableAttribute,
  verificationMessageTemplate,
} from '../shapes.ts';
import { requireTags } from '../tags.ts';

export const UpdateUserPool = operation({
  name: 'UpdateUserPool',
  caller: iam('Write', 'userpool', ['aws:RequestTag', 'aws:TagKeys']),
  input: s.structure({
    UserPoolId: poolId,
    Policies: s.optional(policies),
    DeletionProtection: s.optional(deletionProtection),
    LambdaConfig: s.optional(lambdaConfig),
    AutoVerifiedAttributes: s.optional(s.list(verifiableAttribute)),
    SmsVerificationMessage: s.optional(smsCodeMessage),
    EmailVerificationMessage: s.optional(emailCodeMessage),
    EmailVerificationSubject: s.optional(emailSubject),
    VerificationMessageTemplate: s.optional(verificationMessageTemplate),
    SmsAuthenticationMessage: s.optional(smsCodeMessage),
    UserAttributeUpdateSettings: s.optional(userAttributeUpdateSettings),
    MfaConfiguration: s.optional(mfaMode),
    DeviceConfiguration: s.optional(deviceConfiguration),
    EmailConfiguration: s.optional(emailConfiguration),
    SmsConfiguration: s.optional(smsConfiguration),
    UserPoolTags: s.optional(tags),
    AdminCreateUserConfig: s.optional(adminCreateUserConfig),
    UserPoolAddOns: s.optional(userPoolAddOns),
    AccountRecoverySetting: s.optional(accountRecoverySetting),
    PoolName: s.optional(poolName),
    UserPoolTier: s.optional(userPoolTier),
    KeyConfiguration: s.optional(keyConfiguration),
    IssuerConfiguration: s.optional(issuerConfiguration),
    DcrConfiguration: s.optional(dcrConfiguration),
    AcrConfiguration: s.optional(s.map(s.string(), acrLevelConfig)),
  }),
  output: s.structure({}),
  errors: [
    'ConcurrentModificationException',
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TierChangeNotAllowedException',
    'TooManyRequestsException',
    'UserImportInProgressException',
    'UserPoolTaggingException',
  ],
  uses: ['pools', 'settings', 'clock'],
  gaps: [...poolGaps, ...updateGaps, noImportsYet],

  async handle(input, ports) {
    const { UserPoolId, PoolName, UserPoolTags, ...settings } = input;
    await changePool(ports, UserPoolId, (pool) => ({
      ...pool,
      name: PoolName ?? pool.name,
      settings: requireTextsFrom(pool.region, changedPoolSettings(pool.settings, settings)),
      tags: requireTags(ports, UserPoolTags),
      modifiedAt: ports.clock.now(),
    }));
    return {};
  },
});
