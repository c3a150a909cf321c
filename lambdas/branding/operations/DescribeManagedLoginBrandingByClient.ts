/** An administrator looks at the style that an app client's sign-in pages wear. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { managedLoginBrandingType } from '../shapes.ts';

export const DescribeManagedLoginBrandingByClient = operation({
  name: 'DescribeManagedLoginBrandingByClient',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId, ReturnMergedResources: s.optional(s.boolean()) }),
  output: s.structure({ ManagedLoginBranding: s.optional(managedLoginBrandingType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
