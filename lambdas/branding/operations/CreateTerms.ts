/** An administrator publishes terms of use or a privacy policy for an app client. */
import { iam } from '../../core/contract/callers.ts';
import { limitExceeded, poolNotFound, termsBeingChanged, termsExist } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import type { Terms } from '../../core/model/terms.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { termsGaps } from '../gaps.ts';
import { links, termsEnforcement, termsName, termsSource, termsType } from '../shapes.ts';
import { requireLinks } from '../terms-links.ts';
import { describeTerms } from '../terms-views.ts';

export const CreateTerms = operation({
  name: 'CreateTerms',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: clientId,
    TermsName: termsName,
    TermsSource: termsSource,
    Enforcement: termsEnforcement,
    Links: s.optional(links),
  }),
  output: s.structure({ Terms: s.optional(termsType) }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TermsExistsException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'terms', 'settings', 'clock', 'random'],
  gaps: termsGaps,

  async handle(input, ports) {
    const { terms, clock, random } = ports;
    const { ClientId, TermsName } = input;
    const most = quotaOf(ports, 'termsPerPool');
    const pool = await requirePool(ports, input.UserPoolId);
    return unlessLost(async () => {
      await requireStoredClient(ports, pool, ClientId);
      const now = clock.now();
      const made: Terms = {
        poolId: pool.id,
        id: uuid(random),
        clientId: ClientId,
        name: TermsName,
        source: input.TermsSource,
        enforcement: input.Enforcement,
        links: requireLinks(input.Links),
        createdAt: now,
        modifiedAt: now,
        version: 0,
      };
      if (await terms.findByName(pool.id, ClientId, TermsName)) throw termsExist(ClientId, TermsName);
      const outcome = await terms.add(made, most);
      if (outcome === 'full') throw limitExceeded('terms of a user pool', most);
      if (outcome === 'pool gone') throw poolNotFound(pool.id);
      // Why it was refused shows at the next try: the client is gone, or has such terms by now.
      return outcome === 'added' ? { Terms: describeTerms(made) } : 'lost';
    }, termsBeingChanged);
  },
});
