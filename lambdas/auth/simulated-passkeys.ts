/** The passkey that somebody who does not exist is asked for: the same each time that the name is. */
import type { Passkey } from '../core/model/passkey.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { relyingPartyOf } from '../core/rules/passkeys.ts';

export async function simulatedPasskey(
  { sealer, settings }: Pick<Ports, 'sealer' | 'settings'>,
  pool: Pool,
  name: string,
): Promise<Pick<Passkey, 'id' | 'transports'> & { readonly relyingPartyId: string | undefined }> {
  const digest = await sealer.digest(`passkey\0${name}`, { purpose: 'simulated-user', poolId: pool.id });
  // The length and the transports that most phones have.
  const id = Buffer.from(digest.subarray(0, 20)).toString('base64url');
  return { id, transports: ['internal', 'hybrid'], relyingPartyId: relyingPartyOf(settings, pool) };
}
