/** What devices prove themselves with, as it is kept: a sealed SRP salt and verifier, bound to pool, user and device. */
import type { Device } from '../model/device.ts';
import type { Pool } from '../model/pool.ts';
import type { Place, Sealer } from '../ports/sealer.ts';
import type { Verifier } from './srp.ts';
import { primeLength } from './srp-group.ts';

type Named = Pick<Device, 'key' | 'sub'>;

/** First byte of what is sealed, so that other forms can stand beside this one. */
const srpForm = 1;

export const sealDeviceVerifier = (
  sealer: Pick<Sealer, 'seal'>,
  pool: Pool,
  device: Named,
  { salt, verifier }: Verifier,
): Promise<Uint8Array> => sealer.seal(Buffer.concat([Buffer.of(srpForm), verifier, salt]), placeOf(pool, device));

/** What does not open is a fault of the deployment, not of the caller. */
export async function openDeviceVerifier(
  sealer: Pick<Sealer, 'open'>,
  pool: Pool,
  device: Named & Pick<Device, 'verifier'>,
): Promise<Verifier> {
  const plain = await sealer.open(device.verifier, placeOf(pool, device));
  if (plain?.[0] !== srpForm || plain.length <= 1 + primeLength) {
    throw new Error('The verifier of a device does not open: it was sealed for another row or under another key');
  }
  return { verifier: plain.subarray(1, 1 + primeLength), salt: plain.subarray(1 + primeLength) };
}

const placeOf = (pool: Pool, { key, sub }: Named): Place => ({
  purpose: 'device',
  poolId: pool.id,
  item: `${sub} ${key}`,
});
