/** What somebody who does not exist may choose from: like users of the pool, and the same each time that they are asked for. */
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { isAddress } from '../core/rules/addresses.ts';
import { offeredFactors, type UsableFactor } from '../core/rules/first-factors.ts';

/**
 * Every set of factors that a user may have, a name that nobody has may have as well: otherwise such a set would tell that
 * the user exists. Not an empty one: whoever has no factor is answered as nobody is.
 */
export async function simulatedFactors(
  { sealer }: Pick<Ports, 'sealer'>,
  pool: Pool,
  name: string,
): Promise<readonly UsableFactor[]> {
  const digest = await sealer.digest(`factors\0${name}`, { purpose: 'simulated-user', poolId: pool.id });
  const offered = offeredFactors(pool.settings);
  const chosen = offered.filter(
    (factor, at) => isTypical(pool, factor, name) || (digest[at] ?? 0) >= shareWithout[factor],
  );
  return chosen.length > 0 ? chosen : offered.slice(0, 1);
}

/** How many of 256 lack the factor: few a password or an address, most a passkey. */
const shareWithout: Readonly<Record<UsableFactor, number>> = {
  PASSWORD: 32,
  EMAIL_OTP: 32,
  SMS_OTP: 32,
  WEB_AUTHN: 192,
};

/** Where there is no other factor everybody has a password, and whoever signs in by an address has that. */
function isTypical({ settings }: Pool, factor: UsableFactor, name: string): boolean {
  if (factor === 'PASSWORD') return offeredFactors(settings).length === 1;
  if (factor === 'EMAIL_OTP') return isAddress('email', name);
  return factor === 'SMS_OTP' && isAddress('phone_number', name);
}
