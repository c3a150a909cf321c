/** An administrator removes an API and its scopes. */
import { iam } from '../../core/contract/callers.ts';
import { rateExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { resourceServerIdentifier } from '../shapes.ts';
import { requireResourceServer } from '../stored-server.ts';

export const DeleteResourceServer = operation({
  name: 'DeleteResourceServer',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Identifier: resourceServerIdentifier }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'resourceServers'],

  async handle(input, ports) {
    await unlessLost(async () => {
      const pool = await requirePool(ports, input.UserPoolId);
      const server = await requireResourceServer(ports, pool, input.Identifier);
      return (await ports.resourceServers.remove(server)) === 'removed' ? 'removed' : 'lost';
    }, rateExceeded);
  },
});
