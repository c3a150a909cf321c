/** An administrator links an account at an identity provider to a user of the pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { providerUserIdentifier } from '../shapes.ts';

export const AdminLinkProviderForUser = operation({
  name: 'AdminLinkProviderForUser',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: text, DestinationUser: providerUserIdentifier, SourceUser: providerUserIdentifier }),
  output: s.structure({}),
  errors: [
    'AliasExistsException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
});
