/** An administrator lists or searches the users of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationToken } from '../../core/contract/shapes/paging.ts';
import { attributeName, userType } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeUser } from '../../core/rules/describe-user.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { requireNarrowing } from '../attributes-to-get.ts';
import { requireFilter } from '../filter.ts';

export const ListUsers = operation({
  name: 'ListUsers',
  caller: iam('List', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    AttributesToGet: s.optional(s.list(attributeName)),
    Limit: s.optional(limit),
    PaginationToken: s.optional(paginationToken),
    Filter: s.optional(s.string({ max: 256 })),
  }),
  output: s.structure({ Users: s.optional(s.list(userType)), PaginationToken: s.optional(paginationToken) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'users', 'sealer', 'clock'],
  gaps: ['AttributesToGet takes every name of the schema, also one that no user has a value for.'],

  async handle(input, ports, { requestId }) {
    const pool = await requirePool(ports, input.UserPoolId);
    const query = requireFilter(input.Filter);
    const narrowed = requireNarrowing(pool, input.AttributesToGet);
    const list: List = { operation: 'ListUsers', within: pool.id, parameters: query, requestId };
    const after = await requireCursor(ports, list, input.PaginationToken);
    const page = await ports.users.list(pool, query, { limit: pageSize(input.Limit, 60), after });
    return {
      Users: page.items.map((user) => narrowed(describeUser(pool, user))),
      PaginationToken: await pageToken(ports, list, page),
    };
  },
});
