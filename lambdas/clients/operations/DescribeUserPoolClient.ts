/** An administrator looks at an app client, its secret included. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { describeClient } from '../app-client-views.ts';
import { userPoolClientType } from '../shapes.ts';

export const DescribeUserPoolClient = operation({
  name: 'DescribeUserPoolClient',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId }),
  output: s.structure({ UserPoolClient: s.optional(userPoolClientType) }),
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
    const client = await requireStoredClient(ports, pool, input.ClientId);
    return { UserPoolClient: { ...describeClient(client), ClientType: 'REGULAR' as const } };
  },
});
