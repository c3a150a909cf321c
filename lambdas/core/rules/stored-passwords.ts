/** Gives users passwords: permanent ones with their history, temporary ones with their end. */
import { passwordUsedBefore } from '../contract/errors.ts';
import type { Pool } from '../model/pool.ts';
import type { StoredPassword, User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { passwordPolicy, temporaryPasswordEnd } from './password-policy.ts';
import { isPassword, makePassword } from './verifiers.ts';

type PasswordPorts = Pick<Ports, 'sealer' | 'powers' | 'random'>;

/** The members of a user that a new permanent password replaces; refuses one that the history remembers. */
export async function permanentPassword(
  ports: PasswordPorts & Pick<Ports, 'clock'>,
  pool: Pool,
  user: User,
  password: string,
): Promise<Pick<User, 'password' | 'passwordHistory'>> {
  const remembered = rememberedPasswords(pool, user);
  if (await isAnyOf(ports, pool, user.username, remembered, password)) throw passwordUsedBefore();
  const sealed = await makePassword(ports, pool, user.username, password);
  return {
    password: { sealed, setAt: ports.clock.now() },
    passwordHistory: remembered.slice(0, Math.max(historySize(pool) - 1, 0)),
  };
}

/** A first permanent password. */
export const firstPassword = async (
  ports: PasswordPorts,
  pool: Pool,
  username: string,
  password: string,
): Promise<StoredPassword> => ({ sealed: await makePassword(ports, pool, username, password) });

/** A password that signs in once, to be replaced before the pool's `TemporaryPasswordValidityDays` are over. */
export const temporaryPassword = async (
  ports: PasswordPorts & Pick<Ports, 'clock'>,
  pool: Pool,
  username: string,
  password: string,
): Promise<StoredPassword> => ({
  sealed: await makePassword(ports, pool, username, password),
  expiresAt: temporaryPasswordEnd(passwordPolicy(pool), ports.clock.now()),
});

/**
 * The current permanent password and those before it, as many as the policy counts. A temporary password takes no place
 * in the history, so it hands this on as it is.
 */
export function rememberedPasswords(pool: Pool, user: User): readonly Uint8Array[] {
  const current = user.password && user.password.expiresAt === undefined ? [user.password.sealed] : [];
  return [...current, ...(user.passwordHistory ?? [])].slice(0, historySize(pool));
}

const historySize = (pool: Pool): number => passwordPolicy(pool).PasswordHistorySize;

async function isAnyOf(
  ports: PasswordPorts,
  pool: Pool,
  username: string,
  remembered: readonly Uint8Array[],
  password: string,
): Promise<boolean> {
  const matches = await Promise.all(remembered.map((sealed) => isPassword(ports, pool, username, sealed, password)));
  return matches.includes(true);
}
