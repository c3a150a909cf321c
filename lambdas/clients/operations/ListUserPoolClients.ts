/** An administrator lists the app clients of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { maxResults, paginationKey } from '../../core/contract/shapes/paging.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { describeListedClient } from '../app-client-views.ts';
import { clientType, userPoolClientDescription } from '../shapes.ts';

export const ListUserPoolClients = operation({
  name: 'ListUserPoolClients',
  caller: iam('List', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    MaxResults: s.optional(maxResults),
    NextToken: s.optional(paginationKey),
    ClientType: s.optional(clientType),
  }),
  output: s.structure({
    UserPoolClients: s.optional(s.list(userPoolClientDescription)),
    NextToken: s.optional(paginationKey),
  }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'sealer', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const { ClientType } = input;
    const list: List = { operation: 'ListUserPoolClients', within: pool.id, parameters: { ClientType } };
    const after = await requireCursor(ports, list, input.NextToken);
    // No client registers itself yet, so there are none of the other type.
    if (ClientType === 'DCR') return { UserPoolClients: [] };
    const page = await ports.clients.list(pool.id, { limit: pageSize(input.MaxResults, 60), after });
    return { UserPoolClients: page.items.map(describeListedClient), NextToken: await pageToken(ports, list, page) };
  },
});
