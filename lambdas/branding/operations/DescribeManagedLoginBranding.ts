/** An administrator looks at a style of the sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { managedLoginBrandingId, managedLoginBrandingType } from '../shapes.ts';

export const DescribeManagedLoginBranding = operation({
  name: 'DescribeManagedLoginBranding',
  caller: iam('Read', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ManagedLoginBrandingId: managedLoginBrandingId,
    ReturnMergedResources: s.optional(s.boolean()),
  }),
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
