/** An administrator changes terms of use or a privacy policy. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { links, termsEnforcement, termsId, termsName, termsSource, termsType } from '../shapes.ts';

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
});
