/** A person who forgot the password asks for a code. */
import { anyone } from '../../core/contract/callers.ts';
import { passwordCannotBeReset, Refusal, userDisabled } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { issueCode } from '../../core/messages/codes.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import { hidesUsers } from '../../core/rules/client-settings.ts';
import { type Delivery, requireRecoveryDelivery, requireSelfRecovery } from '../../core/rules/code-delivery.ts';
import { takeFromBudget } from '../../core/rules/codes.ts';
import type { Configuration } from '../../core/rules/configuration.ts';
import { findAccount, requireApplication } from '../application.ts';
import { recoveryGaps } from '../gaps.ts';
import { codeDeliveryDetails, secretHash } from '../shapes.ts';
import { simulateSending } from '../simulated-sending.ts';

export const ForgotPassword = operation({
  name: 'ForgotPassword',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    SecretHash: s.optional(secretHash),
    UserContextData: s.optional(userContextData),
    Username: username,
    AnalyticsMetadata: s.optional(analyticsMetadata),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({ CodeDeliveryDetails: s.optional(codeDeliveryDetails) }),
  errors: [
    'CodeDeliveryFailureException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotFoundException',
  ],
  uses: ['clients', 'users', 'codes', 'messenger', 'sealer', 'random', 'clock'],
  gaps: recoveryGaps,

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    requireSelfRecovery(pool);
    const user = await findAccount(ports, { pool, client }, input.Username);
    const delivery = user && findDelivery({ pool, client }, user);
    await takeFromBudget(ports, pool, user?.username ?? input.Username, 'forgot-password');
    if (!user || !delivery) return simulateSending(ports, pool, input.Username, 'reset-password');
    const message = { pool, client, user, kind: 'ForgotPassword', purpose: 'reset-password', delivery } as const;
    return { CodeDeliveryDetails: await issueCode(ports, message) };
  },
});

/** What stands against a recovery is told only to clients that may know who exists; to others, a code seems to be sent. */
function findDelivery({ pool, client }: Configuration, user: User): Delivery | undefined {
  try {
    return requireDelivery(pool, user);
  } catch (error) {
    if (error instanceof Refusal && hidesUsers(client)) return undefined;
    throw error;
  }
}

function requireDelivery(pool: Pool, user: User): Delivery {
  if (!user.enabled) throw userDisabled();
  if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'EXTERNAL_PROVIDER') throw passwordCannotBeReset();
  return requireRecoveryDelivery(pool, user);
}
