/** An administrator sets the logo and CSS of the classic sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { css, uiCustomizationType } from '../shapes.ts';

export const SetUICustomization = operation({
  name: 'SetUICustomization',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: s.optional(clientId),
    CSS: s.optional(css),
    ImageFile: s.optional(s.blob({ max: 131072 })),
  }),
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
