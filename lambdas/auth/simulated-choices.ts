/** What somebody who does not exist may choose from: like users of the pool, and the same each time that they are asked for. */
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { isAddress } from '../core/rules/addresses.ts';
import { offeredFactors, type UsableFactor } from '../core/rules/first-factors.ts';
import { relyingPartyOf } from '../core/rules/passkeys.ts';

/**
 * Every set of factors that a user may have, a name that nobody has may have as well: otherwise such a set would tell that
 * the user exists. Not an empty one: whoever has no factor is answered as nobody is.
 */
export async function simulatedFactors(
  { sealer, settings }: Pick<Ports, 'sealer' | 'settings'>,
  pool: Pool,
  name: string,
): Promise<readonly UsableFactor[]> {
  const digest = await sealer.digest(`factors\0${name}`, { purpose: 'simulated-user', poolId: pool.id });
  const offered = offeredFactors(pool.settings, relyingPartyOf(settings, pool));
  const chosen = offered.filter((factor, at) => (digest[at] ?? 0) >= shareWithout(offered, factor, name));
  return chosen.length > 0 ? chosen : offered.slice(0, 1);
}

/**
 * How many of 256 lack the factor. Where there is no other one everybody has a password, and few who sign in by an address
 * have not verified it, or were invited and have to choose a password first.
 */
function shareWithout(offered: readonly UsableFactor[], factor: UsableFactor, name: string): number {
  if (factor === 'PASSWORD') return offered.length === 1 ? 0 : 32;
  if (factor === 'EMAIL_OTP') return isAddress('email', name) ? 16 : 32;
  if (factor === 'SMS_OTP') return isAddress('phone_number', name) ? 16 : 32;
  return 192;
}
