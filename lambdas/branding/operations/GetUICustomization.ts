/** An administrator looks at the logo and CSS of the classic sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { uiCustomizationType } from '../shapes.ts';

export const GetUICustomization = operation({
  name: 'GetUICustomization',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: s.optional(clientId) }),
  output: s.structure({ UICustomization: uiCustomizationType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
