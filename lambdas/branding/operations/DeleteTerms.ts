/** An administrator deletes terms of use or a privacy policy. */
import { iam } from '../../core/contract/callers.ts';
import { termsBeingChanged, termsNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { termsId } from '../shapes.ts';

export const DeleteTerms = operation({
  name: 'DeleteTerms',
  caller: iam('Write', 'userpool'),
  input: s.structure({ TermsId: termsId, UserPoolId: poolId }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'terms'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    await unlessLost(async () => {
      const found = await ports.terms.find(pool.id, input.TermsId);
      if (!found) throw termsNotFound();
      return (await ports.terms.remove(found)) === 'removed' ? 'removed' : 'lost';
    }, termsBeingChanged);
  },
});
