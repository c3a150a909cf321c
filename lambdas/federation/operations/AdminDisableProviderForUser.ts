/** An administrator cuts the link between a user and an identity provider. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { providerUserIdentifier } from '../shapes.ts';

export const AdminDisableProviderForUser = operation({
  name: 'AdminDisableProviderForUser',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: text, User: providerUserIdentifier }),
  output: s.structure({}),
  errors: [
    'AliasExistsException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
});
