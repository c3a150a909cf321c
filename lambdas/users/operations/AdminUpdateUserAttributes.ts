/** An administrator changes attributes of a user, verified flags included. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { attributeType, username } from '../../core/contract/shapes/users.ts';

export const AdminUpdateUserAttributes = operation({
  name: 'AdminUpdateUserAttributes',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    UserAttributes: s.list(attributeType),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({}),
  errors: [
    'AliasExistsException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotFoundException',
  ],
});
