/** An administrator asks for the header line that an import file must have. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { text } from '../../core/contract/shapes/text.ts';

export const GetCSVHeader = operation({
  name: 'GetCSVHeader',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId }),
  output: s.structure({ UserPoolId: s.optional(poolId), CSVHeader: s.optional(s.list(text)) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
