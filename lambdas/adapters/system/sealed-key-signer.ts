/** Signs with private keys that are kept sealed in their records, and says how they are sealed. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { SealedKey } from '../../core/model/signing-key.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Place, Sealer } from '../../core/ports/sealer.ts';
import { cacheOf } from './cache.ts';
import { signRs256 } from './jws.ts';
import type { KeySigner } from './key-kinds.ts';

interface SealedKeySignerPorts {
  readonly sealer: Sealer;
  readonly clock: Clock;
}

/** Opening and parsing a key takes longer than using it, so it is kept for a while. */
export const sealedKeySigner = ({ sealer, clock }: SealedKeySignerPorts): KeySigner<SealedKey> => {
  const opened = cacheOf<string, KeyObject>(clock, { lifetime: 60 * 60_000, size: 5_000 });
  return {
    sign: async (key, text) => signRs256(text, await opened.get(key.kid, () => open(sealer, key))),
  };
};

/** A private key moved to another pool, use or record does not open. */
export const placeOf = ({ poolId, use, kid }: Pick<SealedKey, 'poolId' | 'use' | 'kid'>): Place => ({
  purpose: 'signing-key',
  poolId,
  item: `${use} ${kid}`,
});

const open = async (sealer: Sealer, key: SealedKey): Promise<KeyObject> => {
  const opened = await sealer.open(key.sealedPrivateKey, placeOf(key));
  if (!opened) throw new Error(`The signing key ${key.kid} does not open: it was sealed for another record or changed`);
  return createPrivateKey({ key: Buffer.from(opened), format: 'der', type: 'pkcs8' });
};
