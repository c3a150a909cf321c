/** An administrator deletes the style of an app client's sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { managedLoginBrandingId } from '../shapes.ts';

export const DeleteManagedLoginBranding = operation({
  name: 'DeleteManagedLoginBranding',
  caller: iam('Write', 'userpool'),
  input: s.structure({ ManagedLoginBrandingId: managedLoginBrandingId, UserPoolId: poolId }),
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
