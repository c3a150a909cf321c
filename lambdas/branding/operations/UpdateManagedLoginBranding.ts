/** An administrator changes a style of the sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { assets, managedLoginBrandingId, managedLoginBrandingType } from '../shapes.ts';

export const UpdateManagedLoginBranding = operation({
  name: 'UpdateManagedLoginBranding',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: s.optional(poolId),
    ManagedLoginBrandingId: s.optional(managedLoginBrandingId),
    UseCognitoProvidedValues: s.optional(s.boolean()),
    Settings: s.optional(s.document()),
    Assets: s.optional(assets),
  }),
  output: s.structure({ ManagedLoginBranding: s.optional(managedLoginBrandingType) }),
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
