/** An administrator looks at how long an app client reuses a session in the browser. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { describeClientSession } from '../client-sessions.ts';
import { clientSsoSession } from '../shapes.ts';

export const GetUserPoolClientSessionConfiguration = operation({
  name: 'GetUserPoolClientSessionConfiguration',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId }),
  output: s.structure({
    UserPoolId: s.optional(poolId),
    ClientId: s.optional(clientId),
    SSOSession: s.optional(clientSsoSession),
  }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    return describeClientSession(await requireStoredClient(ports, pool, input.ClientId));
  },
});
