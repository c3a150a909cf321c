/** An administrator changes attributes of a user, verified flags included. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { attributeType, username } from '../../core/contract/shapes/users.ts';
import { updateAttributes } from '../../core/messages/attribute-updates.ts';
import { messagePorts } from '../../core/messages/send.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';

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
  unlistedErrors: ['CodeDeliveryFailureException'],
  uses: ['pools', 'users', 'codes', ...messagePorts, 'sealer', 'random', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    const { UserAttributes: given, ClientMetadata: clientMetadata } = input;
    // An administrator's word moves an alias: whoever held it keeps the address, unverified.
    await updateAttributes(ports, { pool, user, writer: 'administrator', given, force: true, clientMetadata });
    return {};
  },
});
