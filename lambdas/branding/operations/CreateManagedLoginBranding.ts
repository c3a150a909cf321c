/** An administrator gives the sign-in pages of an app client their own style. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { assets, managedLoginBrandingType } from '../shapes.ts';

export const CreateManagedLoginBranding = operation({
  name: 'CreateManagedLoginBranding',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: clientId,
    UseCognitoProvidedValues: s.optional(s.boolean()),
    Settings: s.optional(s.document()),
    Assets: s.optional(assets),
  }),
  output: s.structure({ ManagedLoginBranding: s.optional(managedLoginBrandingType) }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'ManagedLoginBrandingExistsException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
