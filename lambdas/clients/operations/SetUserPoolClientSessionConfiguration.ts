/** An administrator decides how long an app client reuses a session in the browser. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { changeClient } from '../change-client.ts';
import { describeClientSession, requireSessionTracking } from '../client-sessions.ts';
import { clientSsoSession } from '../shapes.ts';

export const SetUserPoolClientSessionConfiguration = operation({
  name: 'SetUserPoolClientSessionConfiguration',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId, SSOSession: clientSsoSession }),
  output: s.structure({
    UserPoolId: s.optional(poolId),
    ClientId: s.optional(clientId),
    SSOSession: s.optional(clientSsoSession),
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
  uses: ['pools', 'clients'],
  gaps: ['There are no hosted pages yet: the setting is kept and shown, and nothing follows from it.'],

  async handle(input, ports) {
    const changed = await changeClient(ports, input.UserPoolId, input.ClientId, (client, pool) => {
      requireSessionTracking(pool);
      return { ...client, ssoSession: input.SSOSession };
    });
    return describeClientSession(changed);
  },
});
