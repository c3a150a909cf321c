/** An administrator takes tags off a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn } from '../../core/contract/shapes/identifiers.ts';
import { tagKey } from '../shapes.ts';

export const UntagResource = operation({
  name: 'UntagResource',
  caller: iam('Tagging', 'arn', ['aws:TagKeys']),
  input: s.structure({ ResourceArn: arn, TagKeys: s.list(tagKey) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
