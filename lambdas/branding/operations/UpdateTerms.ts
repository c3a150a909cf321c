/** An administrator changes terms of use or a privacy policy. */
import { iam } from '../../core/contract/callers.ts';
import { termsBeingChanged, termsExist, termsNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import type { Terms } from '../../core/model/terms.ts';
import type { Ports } from '../../core/ports/index.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { termsGaps } from '../gaps.ts';
import { links, termsEnforcement, termsId, termsName, termsSource, termsType } from '../shapes.ts';
import { requireLinks } from '../terms-links.ts';
import { describeTerms } from '../terms-views.ts';

export const UpdateTerms = operation({
  name: 'UpdateTerms',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    TermsId: termsId,
    UserPoolId: poolId,
    TermsName: s.optional(termsName),
    TermsSource: s.optional(termsSource),
    Enforcement: s.optional(termsEnforcement),
    Links: s.optional(links),
  }),
  output: s.structure({ Terms: s.optional(termsType) }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TermsExistsException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'terms', 'clock'],
  gaps: [...termsGaps, 'What the request leaves out is kept; `Links` replace all that there were.'],

  async handle(input, ports) {
    const { terms, clock } = ports;
    const pool = await requirePool(ports, input.UserPoolId);
    return unlessLost(async () => {
      const before = await terms.find(pool.id, input.TermsId);
      if (!before) throw termsNotFound();
      const after: Terms = {
        ...before,
        name: input.TermsName ?? before.name,
        source: input.TermsSource ?? before.source,
        enforcement: input.Enforcement ?? before.enforcement,
        links: input.Links ? requireLinks(input.Links) : before.links,
        modifiedAt: clock.now(),
      };
      await requireNameFree(ports, before, after);
      return (await terms.save(before, after)) === 'saved' ? { Terms: describeTerms(after) } : 'lost';
    }, termsBeingChanged);
  },
});

/** Of another name's terms a client may have some already. */
async function requireNameFree({ terms }: Pick<Ports, 'terms'>, before: Terms, { name }: Terms): Promise<void> {
  if (name === before.name) return;
  if (await terms.findByName(before.poolId, before.clientId, name)) throw termsExist(before.clientId, name);
}
