/** An administrator adds custom attributes to the schema of a pool; they can never be taken away again. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { schemaAttribute } from '../shapes.ts';

export const AddCustomAttributes = operation({
  name: 'AddCustomAttributes',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, CustomAttributes: s.list(schemaAttribute, { min: 1, max: 25 }) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserImportInProgressException',
  ],
});
