/** An administrator lists the secrets of an app client, without their values. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { paginationKey } from '../../core/contract/shapes/paging.ts';
import { clientSecretDescriptor } from '../shapes.ts';

export const ListUserPoolClientSecrets = operation({
  name: 'ListUserPoolClientSecrets',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId, NextToken: s.optional(paginationKey) }),
  output: s.structure({
    ClientSecrets: s.optional(s.list(clientSecretDescriptor)),
    NextToken: s.optional(paginationKey),
  }),
  errors: [
    'InternalServerException',
    'InvalidParameterException',
    'LimitExceededException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
