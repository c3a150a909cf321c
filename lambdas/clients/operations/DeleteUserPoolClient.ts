/** An administrator removes an application from a pool. */
import { iam } from '../../core/contract/callers.ts';
import { clientNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';

export const DeleteUserPoolClient = operation({
  name: 'DeleteUserPoolClient',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId }),
  errors: [
    'ConcurrentModificationException',
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
    if ((await ports.clients.remove(client)) === 'gone') throw clientNotFound(client.id);
  },
});
