/** An administrator adds a user, who chooses a password at the first sign-in. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { attributeType, deliveryMedium, passwordOrNone, username, userType } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeUser } from '../../core/rules/describe-user.ts';
import { createUser } from '../create-user.ts';
import { invitationPorts } from '../invitation.ts';
import { resendInvitation } from '../resend-invitation.ts';

export const AdminCreateUser = operation({
  name: 'AdminCreateUser',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    UserAttributes: s.optional(s.list(attributeType)),
    ValidationData: s.optional(s.list(attributeType)),
    TemporaryPassword: s.optional(passwordOrNone),
    ForceAliasCreation: s.optional(s.boolean()),
    MessageAction: s.optional(s.oneOf('RESEND', 'SUPPRESS')),
    DesiredDeliveryMediums: s.optional(s.list(deliveryMedium)),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({ User: s.optional(userType) }),
  errors: [
    'CodeDeliveryFailureException',
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PreconditionNotMetException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UnsupportedUserStateException',
    'UserLambdaValidationException',
    'UserNotFoundException',
    'UsernameExistsException',
  ],
  unlistedErrors: ['AliasExistsException'],
  uses: ['pools', ...invitationPorts],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user =
      input.MessageAction === 'RESEND'
        ? await resendInvitation(ports, pool, input)
        : await createUser(ports, pool, input);
    return { User: describeUser(pool, user) };
  },
});
