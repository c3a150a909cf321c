/** An administrator publishes terms of use or a privacy policy for an app client. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { links, termsEnforcement, termsName, termsSource, termsType } from '../shapes.ts';

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
});
