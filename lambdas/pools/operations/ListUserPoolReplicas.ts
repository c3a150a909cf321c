/** An administrator lists the regions that a pool lives in. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { paginationToken } from '../../core/contract/shapes/paging.ts';
import { type List, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { replicaGaps } from '../gaps.ts';
import { describePrimary, describeSecondary, findState } from '../replicas.ts';
import { userPoolReplica } from '../shapes.ts';
import { requireStoredPool } from '../stored-pool.ts';

export const ListUserPoolReplicas = operation({
  name: 'ListUserPoolReplicas',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, NextToken: s.optional(paginationToken) }),
  output: s.structure({
    UserPoolReplicas: s.optional(s.list(userPoolReplica)),
    NextToken: s.optional(paginationToken),
  }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'replicas', 'sealer', 'clock'],
  gaps: replicaGaps,

  async handle({ UserPoolId, NextToken }, ports) {
    const pool = await requireStoredPool(ports, UserPoolId);
    const list: List = { operation: 'ListUserPoolReplicas', within: pool.id };
    const after = await requireCursor(ports, list, NextToken);
    // The pool itself comes before its copies.
    const first = after ? [] : [describePrimary(pool)];
    const page = await ports.replicas.list(pool.id, { limit: onPage - first.length, after });
    const now = ports.clock.now();
    const copies = page.items.flatMap((replica) => {
      const state = findState(replica, now);
      return state === undefined ? [] : [describeSecondary(pool, replica.region, state)];
    });
    return { UserPoolReplicas: [...first, ...copies], NextToken: await pageToken(ports, list, page) };
  },
});

const onPage = 60;
