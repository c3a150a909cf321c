/** An administrator lists the devices of a user. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationToken } from '../../core/contract/shapes/paging.ts';
import { deviceType, username } from '../../core/contract/shapes/users.ts';

export const AdminListDevices = operation({
  name: 'AdminListDevices',
  caller: iam('List', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    Limit: s.optional(limit),
    PaginationToken: s.optional(paginationToken),
  }),
  output: s.structure({ Devices: s.optional(s.list(deviceType)), PaginationToken: s.optional(paginationToken) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidUserPoolConfigurationException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
