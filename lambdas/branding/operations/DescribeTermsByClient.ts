/** An administrator looks at the terms that an app client shows, by their name. */
import { iam } from '../../core/contract/callers.ts';
import { termsOfClientNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { termsGaps } from '../gaps.ts';
import { termsName, termsType } from '../shapes.ts';
import { describeTerms } from '../terms-views.ts';

export const DescribeTermsByClient = operation({
  name: 'DescribeTermsByClient',
  caller: iam('Read', 'userpool'),
  input: s.structure({ ClientId: clientId, UserPoolId: poolId, TermsName: termsName }),
  output: s.structure({ Terms: s.optional(termsType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'terms'],
  gaps: termsGaps,

  async handle(input, ports) {
    const { ClientId, TermsName } = input;
    const pool = await requirePool(ports, input.UserPoolId);
    await requireStoredClient(ports, pool, ClientId);
    const found = await ports.terms.findByName(pool.id, ClientId, TermsName);
    if (!found) throw termsOfClientNotFound(ClientId, TermsName);
    return { Terms: describeTerms(found) };
  },
});
