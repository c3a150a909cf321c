/** A person changes their own password. */
import { token } from '../../core/contract/callers.ts';
import { incorrectPassword, missingParameter } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { password } from '../../core/contract/shapes/users.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { Ports } from '../../core/ports/index.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { takeFromBudget } from '../../core/rules/codes.ts';
import { passwordPolicy, requirePassword } from '../../core/rules/password-policy.ts';
import { permanentPassword } from '../../core/rules/stored-passwords.ts';
import { requireNextState } from '../../core/rules/user-states.ts';
import { isPasswordOf } from '../../core/rules/verifiers.ts';

export const ChangePassword = operation({
  name: 'ChangePassword',
  caller: token(),
  input: s.structure({ PreviousPassword: s.optional(password), ProposedPassword: password, AccessToken: tokenString }),
  output: s.structure({}),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordHistoryPolicyViolationException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  uses: ['users', 'codes', 'sealer', 'powers', 'random', 'clock'],

  async handle(input, ports, { person: { pool, user } }) {
    requireNextState(user, 'change password');
    requirePassword(passwordPolicy(pool), input.ProposedPassword, 'changing');
    await takeFromBudget(ports, pool, user.username, 'change-password');
    await changeUser(ports, pool, user, {
      async decide(current) {
        const status = requireNextState(current, 'change password');
        await requirePrevious(ports, pool, current, input.PreviousPassword);
        const chosen = await permanentPassword(ports, pool, current, input.ProposedPassword);
        return { ...current, ...chosen, status, modifiedAt: ports.clock.now() };
      },
    });
    return {};
  },
});

/** Only who has no password yet may leave the previous one out. */
async function requirePrevious(
  ports: Pick<Ports, 'sealer' | 'powers'>,
  pool: Pool,
  user: User,
  previous: string | undefined,
): Promise<void> {
  if (!user.password && previous === undefined) return;
  if (previous === undefined) throw missingParameter('PreviousPassword');
  if (!(await isPasswordOf(ports, pool, { username: user.username, user }, previous))) throw incorrectPassword();
}
