/** An administrator puts tags on a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn } from '../../core/contract/shapes/identifiers.ts';
import { tags } from '../shapes.ts';

export const TagResource = operation({
  name: 'TagResource',
  caller: iam('Tagging', 'arn', ['aws:RequestTag', 'aws:TagKeys']),
  input: s.structure({ ResourceArn: arn, Tags: tags }),
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
