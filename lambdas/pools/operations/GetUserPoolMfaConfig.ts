/** An administrator looks at which second factors and passkeys a pool offers. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { describeMfa } from '../pool-views.ts';
import { emailMfaConfig, mfaMode, smsMfaConfig, softwareTokenMfaConfig, webAuthnConfiguration } from '../shapes.ts';
import { requireStoredPool } from '../stored-pool.ts';

export const GetUserPoolMfaConfig = operation({
  name: 'GetUserPoolMfaConfig',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId }),
  output: s.structure({
    SmsMfaConfiguration: s.optional(smsMfaConfig),
    SoftwareTokenMfaConfiguration: s.optional(softwareTokenMfaConfig),
    EmailMfaConfiguration: s.optional(emailMfaConfig),
    MfaConfiguration: s.optional(mfaMode),
    WebAuthnConfiguration: s.optional(webAuthnConfiguration),
  }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools'],

  async handle(input, ports) {
    return describeMfa(await requireStoredPool(ports, input.UserPoolId));
  },
});
