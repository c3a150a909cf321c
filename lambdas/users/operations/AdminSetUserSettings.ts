/** An administrator turns SMS codes of a user on or off, in the older form that knows nothing else. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { mfaOption, username } from '../../core/contract/shapes/users.ts';

export const AdminSetUserSettings = operation({
  name: 'AdminSetUserSettings',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, MFAOptions: s.list(mfaOption) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'UserNotFoundException',
  ],
});
