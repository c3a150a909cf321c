/** An administrator lists the groups that a user is in. */
import { iam } from '../../core/contract/callers.ts';
import { userNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationKey } from '../../core/contract/shapes/paging.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { findSignInSet } from '../../core/rules/names.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { describeGroup } from '../describe-group.ts';
import { rankedPage } from '../ranked-pages.ts';
import { groupType } from '../shapes.ts';

export const AdminListGroupsForUser = operation({
  name: 'AdminListGroupsForUser',
  caller: iam('List', 'userpool'),
  input: s.structure({
    Username: username,
    UserPoolId: poolId,
    Limit: s.optional(limit),
    NextToken: s.optional(paginationKey),
  }),
  output: s.structure({ Groups: s.optional(s.list(groupType)), NextToken: s.optional(paginationKey) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'groups', 'users', 'sealer', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const set = await findSignInSet(ports, pool, input.Username);
    if (!set.user) throw userNotFound();
    const list: List = { operation: 'AdminListGroupsForUser', within: pool.id, parameters: set.user.sub };
    const after = await requireCursor(ports, list, input.NextToken);
    const groups = await ports.groups.readBehind(pool, set.memberships);
    const page = rankedPage(groups, { limit: pageSize(input.Limit, 60), after });
    return { Groups: page.items.map(describeGroup), NextToken: await pageToken(ports, list, page) };
  },
});
