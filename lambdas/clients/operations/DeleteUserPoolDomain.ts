/** An administrator takes the host name away from a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { domain, poolId } from '../../core/contract/shapes/identifiers.ts';
import { changeDomain } from '../change-domain.ts';

export const DeleteUserPoolDomain = operation({
  name: 'DeleteUserPoolDomain',
  caller: iam('Write', 'userpool'),
  input: s.structure({ Domain: domain, UserPoolId: poolId }),
  output: s.structure({}),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
  ],
  uses: ['pools', 'domains'],

  async handle(input, ports) {
    await changeDomain(ports, input, (pool, before) => ports.domains.remove(pool, before));
    return {};
  },
});
