/** An administrator lists the secrets of an app client, without their values. */
import { iam } from '../../core/contract/callers.ts';
import { paginationTokenInvalid } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { paginationKey } from '../../core/contract/shapes/paging.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { describeSecret } from '../client-secret-changes.ts';
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
  uses: ['pools', 'clients'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const client = await requireStoredClient(ports, pool, input.ClientId);
    // There is one page, so there never was a token.
    if (input.NextToken !== undefined) throw paginationTokenInvalid();
    return { ClientSecrets: client.secrets.map(describeSecret) };
  },
});
