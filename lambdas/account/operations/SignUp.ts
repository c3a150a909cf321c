/** A person registers. */
import { anyone } from '../../core/contract/callers.ts';
import { missingParameter, signUpNotPermitted, usernameExists } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { attributeType, passwordOrNone, username } from '../../core/contract/shapes/users.ts';
import { sendCode } from '../../core/messages/codes.ts';
import { messagePorts } from '../../core/messages/send.ts';
import type { Pool } from '../../core/model/pool.ts';
import { newAttributes } from '../../core/rules/attributes.ts';
import { pagesBase } from '../../core/rules/domains.ts';
import { allowsUsersWithoutPassword } from '../../core/rules/first-factors.ts';
import { isNameOfAnother, requireNewName } from '../../core/rules/new-user.ts';
import { passwordPolicy, requirePassword } from '../../core/rules/password-policy.ts';
import { afterConfirmation } from '../../core/triggers/post-confirmation.ts';
import { approveSignUp } from '../../core/triggers/pre-sign-up.ts';
import { requireApplication } from '../application.ts';
import { registrationGaps, unconfirmedFlagGap } from '../gaps.ts';
import { register } from '../register.ts';
import { codeDeliveryDetails, secretHash } from '../shapes.ts';

export const SignUp = operation({
  name: 'SignUp',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    SecretHash: s.optional(secretHash),
    Username: username,
    Password: s.optional(passwordOrNone),
    UserAttributes: s.optional(s.list(attributeType)),
    ValidationData: s.optional(s.list(attributeType)),
    AnalyticsMetadata: s.optional(analyticsMetadata),
    UserContextData: s.optional(userContextData),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({
    UserConfirmed: s.boolean(),
    CodeDeliveryDetails: s.optional(codeDeliveryDetails),
    UserSub: text,
    Session: s.optional(session),
  }),
  errors: [
    'CodeDeliveryFailureException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UsernameExistsException',
  ],
  uses: ['clients', 'users', ...messagePorts, 'sealer', 'powers', 'random', 'settings', 'clock'],
  gaps: [...registrationGaps, unconfirmedFlagGap],

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) throw signUpNotPermitted();
    const name = requireNewName(ports, pool, input.Username);
    const attributes = newAttributes(pool, client, input.UserAttributes, name.implied);
    requireFirstPassword(pool, input.Password);
    const asked = { pool, client, clientMetadata: input.ClientMetadata };
    const newcomer = { ...asked, userName: name.username, attributes, validationData: input.ValidationData };
    const approval = await approveSignUp(ports, newcomer);
    if (await isNameOfAnother(ports, pool, name)) throw usernameExists();

    const registration = { name, attributes, approval, password: input.Password };
    const { user, confirmation } = await register(ports, asked, registration);
    if (approval.confirms) await afterConfirmation(ports, { ...asked, user, by: 'ConfirmSignUp' });
    const answer = { UserConfirmed: approval.confirms, UserSub: user.sub };
    if (!confirmation) return answer;
    const { code, delivery } = confirmation;
    const message = { ...asked, user, kind: 'SignUp', delivery, pages: pagesBase(ports.settings) } as const;
    return { ...answer, CodeDeliveryDetails: await sendCode(ports, message, code) };
  },
});

function requireFirstPassword(pool: Pool, password: string | undefined): void {
  if (password) requirePassword(passwordPolicy(pool), password, 'signing-up');
  else if (!allowsUsersWithoutPassword(pool.settings)) throw missingParameter('Password');
}
