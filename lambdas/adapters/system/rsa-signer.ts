/** Signs tokens with the RSA keys of each pool, wherever their private halves are kept, and verifies them here. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { SigningKey } from '../../core/model/signing-key.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Signer } from '../../core/ports/signer.ts';
import { Unavailable } from '../../core/ports/unavailable.ts';
import { cacheOf } from './cache.ts';
import { readJws, signingInput, verifyJws, withSignature } from './jws.ts';
import { type KeySigners, signWith } from './key-kinds.ts';
import { isComplete, type KeyringPorts, openKeyring, tokenUses } from './keyring.ts';

export interface RsaSignerPorts extends KeyringPorts {
  /** Absent where nothing is signed. */
  readonly signers?: KeySigners;
}

export const rsaSigner = (ports: RsaSignerPorts): Signer => {
  const { signers = {}, maker } = ports;
  const keyring = openKeyring(ports);
  const verifying = verifyingKeys(ports.clock);
  const makeBoth = (poolId: string) => Promise.all(tokenUses.map((use) => keyring.active(poolId, use)));

  return {
    async sign(poolId, use, claims) {
      const key = await keyring.active(poolId, use);
      const input = signingInput(key.kid, claims);
      return withSignature(input, await signWith(signers, key, input));
    },

    async verify(poolId, use, jws) {
      const unchecked = readJws(jws);
      if (!unchecked) return undefined;
      const key = await keyring.find(poolId, unchecked.kid);
      return key?.use === use ? verifyJws(unchecked, await verifying(key)) : undefined;
    },

    async published(poolId) {
      // Where keys can be made, a pool publishes both of its first ones before it has signed anything.
      if (maker) await makeBoth(poolId);
      const keys = await keyring.all(poolId);
      return { keys: keys.map(({ jwk }) => jwk), isComplete: isComplete(keys) };
    },

    async prepare(poolId) {
      if (maker?.isEager) await makeBoth(poolId).catch(leaveForLater);
    },
  };
};

/** The pool stands already: a failure that passes must not make its creator believe that it does not. */
const leaveForLater = (error: unknown): void => {
  if (!(error instanceof Unavailable)) throw error;
};

/** Parsing a key takes longer than using it. A record's key never changes, so its id is all that is asked. */
const verifyingKeys = (clock: Clock) => {
  const parsed = cacheOf<string, KeyObject>(clock, { lifetime: 60 * 60_000, size: 5_000 });
  return ({ kid, jwk }: SigningKey): Promise<KeyObject> =>
    parsed.get(kid, async () => createPublicKey({ key: { ...jwk }, format: 'jwk' }));
};
