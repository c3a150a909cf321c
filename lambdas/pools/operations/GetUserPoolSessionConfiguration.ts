/** An administrator looks at whether a pool keeps track of sessions. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { sessionSettings } from '../../core/rules/user-sessions.ts';
import { tokenSession, userSessionTracking } from '../shapes.ts';
import { requireStoredPool } from '../stored-pool.ts';

export const GetUserPoolSessionConfiguration = operation({
  name: 'GetUserPoolSessionConfiguration',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId }),
  output: s.structure({
    UserPoolId: s.optional(poolId),
    UserSessionTracking: s.optional(userSessionTracking),
    TokenSession: s.optional(tokenSession),
  }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools'],

  async handle({ UserPoolId }, ports) {
    const { settings } = await requireStoredPool(ports, UserPoolId);
    return { UserPoolId, ...sessionSettings(settings) };
  },
});
