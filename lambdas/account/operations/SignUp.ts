/** A person registers. */
import { anyone } from '../../core/contract/callers.ts';
import {
  clientNotFound,
  limitExceeded,
  missingParameter,
  type Refusal,
  signUpNotPermitted,
  usernameExists,
} from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { attributeType, passwordOrNone, username } from '../../core/contract/shapes/users.ts';
import { sendCode } from '../../core/messages/codes.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { Taken } from '../../core/ports/user-store.ts';
import { newAttributes } from '../../core/rules/attributes.ts';
import { type Delivery, findSignUpDelivery } from '../../core/rules/code-delivery.ts';
import { makeCode } from '../../core/rules/codes.ts';
import { pagesBase } from '../../core/rules/domains.ts';
import { allowsUsersWithoutPassword } from '../../core/rules/first-factors.ts';
import { isNameOfAnother, newUser, requireNewName, withFlags } from '../../core/rules/new-user.ts';
import { passwordPolicy, requirePassword } from '../../core/rules/password-policy.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { firstPassword } from '../../core/rules/stored-passwords.ts';
import { firstStates } from '../../core/rules/user-states.ts';
import { afterConfirmation } from '../../core/triggers/post-confirmation.ts';
import { approveSignUp } from '../../core/triggers/pre-sign-up.ts';
import { requireApplication } from '../application.ts';
import { registrationGaps, unconfirmedFlagGap } from '../gaps.ts';
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
  uses: [
    'clients',
    'users',
    'triggers',
    'messenger',
    'codeEncryption',
    'notices',
    'sealer',
    'powers',
    'random',
    'settings',
    'clock',
  ],
  gaps: [...registrationGaps, unconfirmedFlagGap],

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) throw signUpNotPermitted();
    const name = requireNewName(ports, pool, input.Username);
    const supplied = newAttributes(pool, client, input.UserAttributes, name.implied);
    requireFirstPassword(pool, input.Password);
    const asked = { pool, client, clientMetadata: input.ClientMetadata };
    const { confirms, verifies } = await approveSignUp(ports, {
      ...asked,
      userName: name.username,
      attributes: supplied,
      validationData: input.ValidationData,
    });
    const attributes = withFlags(supplied, verifies);
    const delivery = confirms ? undefined : findSignUpDelivery(pool, attributes);
    if (await isNameOfAnother(ports, pool, name)) throw usernameExists();

    const password = input.Password ? await firstPassword(ports, pool, name.username, input.Password) : undefined;
    const status = firstStates[confirms ? 'signs up, confirmed by a function' : 'signs up'];
    const user = newUser(ports, pool, name, { attributes, status, password });
    const code = delivery && (await makeCode(ports, pool, user, { purpose: 'sign-up', ...addressOf(delivery) }));
    const most = quotaOf(ports, 'usersPerPool');
    const force = verifies.length > 0;
    const outcome = await ports.users.add(pool, user, { most, force, ...(code && { code: code.stored }) });
    if (outcome === 'full') throw limitExceeded('users of a user pool', most);
    if (outcome !== 'added') throw refusalOf(outcome, client.id);
    if (confirms) await afterConfirmation(ports, { ...asked, user, by: 'ConfirmSignUp' });
    return {
      UserConfirmed: confirms,
      UserSub: user.sub,
      CodeDeliveryDetails:
        delivery &&
        code &&
        (await sendCode(
          ports,
          { ...asked, user, kind: 'SignUp', delivery, pages: pagesBase(ports.settings) },
          code.code,
        )),
    };
  },
});

function requireFirstPassword(pool: Pool, password: string | undefined): void {
  if (password) requirePassword(passwordPolicy(pool), password, 'signing-up');
  else if (!allowsUsersWithoutPassword(pool.settings)) throw missingParameter('Password');
}

const addressOf = ({ attribute, target }: Delivery) => ({ attribute, target });

/** Whichever of the names is taken, it is the account that exists. */
const refusalOf = (outcome: Taken | 'pool gone', clientId: string): Refusal =>
  outcome === 'pool gone' ? clientNotFound(clientId) : usernameExists();
