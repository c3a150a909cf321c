/** A person who forgot the password asks for a code. */
import { anyone } from '../../core/contract/callers.ts';
import type { Refusal } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { issueCode } from '../../core/messages/codes.ts';
import { messagePorts } from '../../core/messages/send.ts';
import type { User } from '../../core/model/user.ts';
import { recoveryChannelGap, requireRecoveryDelivery, requireSelfRecovery } from '../../core/rules/code-delivery.ts';
import { takeFromBudget } from '../../core/rules/codes.ts';
import type { Configuration } from '../../core/rules/configuration.ts';
import { bringOver, type MigrationPorts } from '../../core/rules/migrated-users.ts';
import type { ClientMetadata } from '../../core/triggers/event.ts';
import { functionAt } from '../../core/triggers/trigger-points.ts';
import { findAccountFor, requireApplication, unlessHidden } from '../application.ts';
import { forgottenMigrationGap, messageFunctionGap, recoveryGaps } from '../gaps.ts';
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
  unlistedErrors: ['AliasExistsException'],
  uses: ['clients', 'users', 'codes', ...messagePorts, 'sealer', 'powers', 'random', 'settings', 'clock'],
  gaps: [...recoveryGaps, recoveryChannelGap, messageFunctionGap, forgottenMigrationGap],

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    requireSelfRecovery(pool);
    const count = once((name: string) => takeFromBudget(ports, pool, name, 'forgot-password'));
    const search = functionAt(pool, 'UserMigration') && (() => broughtOver(ports, { pool, client }, input, count));
    const user = await findAccountFor(ports, { pool, client }, input.Username, 'forget password', search);
    const delivery = user && unlessHidden(client, () => requireRecoveryDelivery(pool, user));
    await count(user?.username ?? input.Username);
    if (!user || !delivery) return simulateSending(ports, pool, { name: input.Username, user }, 'reset-password');
    const asked = { pool, client, user, clientMetadata: input.ClientMetadata };
    const message = { ...asked, kind: 'ForgotPassword', purpose: 'reset-password', delivery } as const;
    return { CodeDeliveryDetails: await issueCode(ports, message) };
  },
});

interface Forgotten {
  readonly Username: string;
  readonly ClientMetadata?: ClientMetadata | undefined;
}

type Count = (name: string) => Promise<void>;

/** The function hears of a name only as often as somebody may forget its password. */
async function broughtOver(
  ports: MigrationPorts,
  configuration: Configuration,
  { Username, ClientMetadata: clientMetadata }: Forgotten,
  count: Count,
): Promise<User | Refusal> {
  await count(Username);
  return bringOver(ports, { ...configuration, userName: Username, by: 'ForgotPassword', clientMetadata });
}

/** However often it is asked to count, one request is one. */
function once(count: Count): Count {
  let counted: Promise<void> | undefined;
  return (name) => {
    counted ??= count(name);
    return counted;
  };
}
