/** An administrator decides whether a pool keeps track of sessions. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { sessionSettings } from '../../core/rules/user-sessions.ts';
import { changePool } from '../change-pool.ts';
import { settingsWithSessions } from '../pool-sessions.ts';
import { tokenSession, userSessionTracking } from '../shapes.ts';

export const SetUserPoolSessionConfiguration = operation({
  name: 'SetUserPoolSessionConfiguration',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, UserSessionTracking: userSessionTracking, TokenSession: tokenSession }),
  output: s.structure({
    UserPoolId: s.optional(poolId),
    UserSessionTracking: s.optional(userSessionTracking),
    TokenSession: s.optional(tokenSession),
  }),
  errors: [
    'ConcurrentModificationException',
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools'],

  async handle({ UserPoolId, ...asked }, ports) {
    const { settings } = await changePool(ports, UserPoolId, (pool) => ({
      ...pool,
      settings: settingsWithSessions(pool.settings, asked),
    }));
    return { UserPoolId, ...sessionSettings(settings) };
  },
});
