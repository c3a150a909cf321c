/** The passkeys that somebody who does not exist is asked for: the same each time that the name is. */
import type { Passkey } from '../core/model/passkey.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';

/** What of a passkey its owner is asked by. */
export type AskedFor = Pick<Passkey, 'id' | 'transports'>;

/** One, or two or three, as people have who have registered more than their phone. */
export async function simulatedPasskeys(
  { sealer }: Pick<Ports, 'sealer'>,
  pool: Pool,
  name: string,
): Promise<readonly AskedFor[]> {
  const drawn = (what: string) =>
    sealer.digest(`passkey ${what}\0${name}`, { purpose: 'simulated-user', poolId: pool.id });
  // Drawn apart from the ids, which would show it.
  const [number = 0, ...forms] = await drawn('forms');
  const ids = await Promise.all(['1', '2', '3'].slice(0, howMany(number)).map(drawn));
  return ids.map((bytes, at) => passkeyOf(bytes, forms[at] ?? 0));
}

/** By one of 256: most have one. */
function howMany(draw: number): number {
  if (draw < 184) return 1;
  return draw < 240 ? 2 : 3;
}

/** In bytes, as password managers, phones and computers make ids. */
const lengths = [16, 20, 32] as const;

/** With the transports that most of them name. */
const passkeyOf = (bytes: Uint8Array, form: number): AskedFor => ({
  id: Buffer.from(bytes.subarray(0, lengths[form % lengths.length])).toString('base64url'),
  transports: ['internal', 'hybrid'],
});
