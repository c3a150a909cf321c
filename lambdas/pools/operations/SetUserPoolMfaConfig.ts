/** An administrator decides which second factors and passkeys a pool offers. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { changePool } from '../change-pool.ts';
import { mfaGaps } from '../gaps.ts';
import { requireTextsFrom } from '../pool-checks.ts';
import { settingsWithMfa } from '../pool-mfa.ts';
import { describeMfa } from '../pool-views.ts';
import { emailMfaConfig, mfaMode, smsMfaConfig, softwareTokenMfaConfig, webAuthnConfiguration } from '../shapes.ts';

export const SetUserPoolMfaConfig = operation({
  name: 'SetUserPoolMfaConfig',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    SmsMfaConfiguration: s.optional(smsMfaConfig),
    SoftwareTokenMfaConfiguration: s.optional(softwareTokenMfaConfig),
    EmailMfaConfiguration: s.optional(emailMfaConfig),
    MfaConfiguration: s.optional(mfaMode),
    WebAuthnConfiguration: s.optional(webAuthnConfiguration),
  }),
  output: s.structure({
    SmsMfaConfiguration: s.optional(smsMfaConfig),
    SoftwareTokenMfaConfiguration: s.optional(softwareTokenMfaConfig),
    EmailMfaConfiguration: s.optional(emailMfaConfig),
    MfaConfiguration: s.optional(mfaMode),
    WebAuthnConfiguration: s.optional(webAuthnConfiguration),
  }),
  errors: [
    'ConcurrentModificationException',
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clock'],
  gaps: mfaGaps,

  async handle({ UserPoolId, ...asked }, ports) {
    const changed = await changePool(ports, UserPoolId, (pool) => ({
      ...pool,
      settings: requireTextsFrom(pool.region, settingsWithMfa(pool.settings, asked)),
      modifiedAt: ports.clock.now(),
    }));
    return describeMfa(changed);
  },
});
