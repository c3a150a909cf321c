/** An administrator deletes terms of use or a privacy policy. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
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
});
