/** An administrator sets the password of a user, for good or until the next sign-in. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { password, username } from '../../core/contract/shapes/users.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { Ports } from '../../core/ports/index.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { passwordPolicy, requirePassword } from '../../core/rules/password-policy.ts';
import { permanentPassword, rememberedPasswords, temporaryPassword } from '../../core/rules/stored-passwords.ts';
import { requireNextState, type UserEvent } from '../../core/rules/user-states.ts';

export const AdminSetUserPassword = operation({
  name: 'AdminSetUserPassword',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    Password: password,
    Permanent: s.optional(s.boolean()),
  }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordHistoryPolicyViolationException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'sealer', 'powers', 'random', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    const { event, made } = input.Permanent ? permanent : temporary;
    requireNextState(user, event);
    requirePassword(passwordPolicy(pool), input.Password, 'signing-up');
    await changeUser(ports, pool, user, {
      async decide(current) {
        const status = requireNextState(current, event);
        const chosen = await made(ports, pool, current, input.Password);
        return { ...current, ...chosen, status, modifiedAt: ports.clock.now() };
      },
    });
    return {};
  },
});

type PasswordPorts = Pick<Ports, 'sealer' | 'powers' | 'random' | 'clock'>;

interface Kind {
  readonly event: UserEvent;
  made(ports: PasswordPorts, pool: Pool, user: User, password: string): Promise<Chosen>;
}

type Chosen = Pick<User, 'password' | 'passwordHistory'>;

const permanent: Kind = { event: 'set permanent password', made: permanentPassword };

const temporary: Kind = {
  event: 'set temporary password',
  made: async (ports, pool, user, password) => ({
    password: await temporaryPassword(ports, pool, user.username, password),
    passwordHistory: rememberedPasswords(pool, user),
  }),
};
