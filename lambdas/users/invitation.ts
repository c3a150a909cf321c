/** What creating a user and inviting them again have in common. */
import { messagePorts } from '../core/messages/send.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { allowsUsersWithoutPassword } from '../core/rules/first-factors.ts';
import { passwordPolicy, requirePassword } from '../core/rules/password-policy.ts';
import { invitationPassword } from './invitation-passwords.ts';

export const invitationPorts = [
  'users',
  ...messagePorts,
  'sealer',
  'powers',
  'random',
  'settings',
  'clock',
] as const satisfies readonly (keyof Ports)[];

export type InvitationPorts = Pick<Ports, (typeof invitationPorts)[number]>;

/** The password to invite with: the one that was given, or a new one. */
export function requireTemporaryPassword(
  { random }: Pick<Ports, 'random'>,
  pool: Pool,
  given: string | undefined,
): string {
  const policy = passwordPolicy(pool);
  if (!given) return invitationPassword(random, policy);
  requirePassword(policy, given, 'signing-up');
  return given;
}

/** None when none was given and the pool lets people in without. */
export function findTemporaryPassword(
  ports: Pick<Ports, 'random'>,
  pool: Pool,
  given: string | undefined,
): string | undefined {
  if (!given && allowsUsersWithoutPassword(pool.settings)) return undefined;
  return requireTemporaryPassword(ports, pool, given);
}
