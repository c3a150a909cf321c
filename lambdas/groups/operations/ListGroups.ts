/** An administrator lists the groups of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationKey } from '../../core/contract/shapes/paging.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { describeGroup } from '../describe-group.ts';
import { groupType } from '../shapes.ts';

export const ListGroups = operation({
  name: 'ListGroups',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Limit: s.optional(limit), NextToken: s.optional(paginationKey) }),
  output: s.structure({ Groups: s.optional(s.list(groupType)), NextToken: s.optional(paginationKey) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'groups', 'sealer', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const list: List = { operation: 'ListGroups', within: pool.id };
    const after = await requireCursor(ports, list, input.NextToken);
    const page = await ports.groups.list(pool.id, { limit: pageSize(input.Limit, 60), after });
    return { Groups: page.items.map(describeGroup), NextToken: await pageToken(ports, list, page) };
  },
});
