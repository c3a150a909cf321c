/** Signs tokens with RSA keys of each pool's own, whose private halves the table keeps sealed. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { SigningKey, TokenUse } from '../../core/model/signing-key.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import type { Signer } from '../../core/ports/signer.ts';
import type { SigningKeyStore } from '../../core/ports/signing-key-store.ts';
import { type Cache, cacheOf } from './cache.ts';
import { headerOf, readJws, signJws, verifyJws } from './jws.ts';
import { type KeyMakingPorts, newSigningKey, placeOf } from './new-signing-key.ts';

export interface SealedSignerPorts extends KeyMakingPorts {
  readonly keys: SigningKeyStore;
}

/** For how long (ms) an instance may sign with a key that has just been retired, or not list one that is new. */
export const keyListLifetime = 5 * 60_000;

export const sealedSigner = (ports: SealedSignerPorts): Signer => {
  const keyring = openKeyring(ports);
  const parsed = parsedKeys(ports);

  return {
    async sign(poolId, use, claims) {
      const { header, key } = await parsed.toSign(await keyring.active(poolId, use));
      return signJws(header, claims, key);
    },

    async verify(poolId, use, jws) {
      const unchecked = readJws(jws);
      if (!unchecked) return undefined;
      const key = await keyring.find(poolId, unchecked.kid);
      return key?.use === use ? verifyJws(unchecked, await parsed.toVerify(key)) : undefined;
    },

    async published(poolId) {
      // A pool publishes both of its keys before it has signed anything.
      await Promise.all([keyring.active(poolId, 'id'), keyring.active(poolId, 'access')]);
      return (await keyring.all(poolId)).map(({ jwk }) => jwk);
    },
  };
};

interface Keyring {
  all(poolId: string): Promise<readonly SigningKey[]>;
  /** The key to sign with; at first need it is made. */
  active(poolId: string, use: TokenUse): Promise<SigningKey>;
  find(poolId: string, kid: string): Promise<SigningKey | undefined>;
}

/** The key records of pools, read once in a while. */
const openKeyring = (ports: SealedSignerPorts): Keyring => {
  const lists = cacheOf<string, readonly SigningKey[]>(ports.clock, { lifetime: keyListLifetime, size: 2_000 });
  const making = new Map<string, Promise<SigningKey>>();

  const all = (poolId: string) => lists.get(poolId, () => ports.keys.list(poolId));
  const reread = (poolId: string) => {
    lists.forget(poolId);
    return all(poolId);
  };
  const make = async (poolId: string, use: TokenUse) => {
    const made = findActive(await reread(poolId), use);
    if (made) return made;
    // `taken` means that another instance came first: its key is the pool's, and ours is forgotten.
    await ports.keys.addFirst(await newSigningKey(ports, poolId, use, 'active'));
    const first = findActive(await reread(poolId), use);
    if (!first) throw new Error(`The pool ${poolId} has no ${use} key although one was just added`);
    return first;
  };

  return {
    all,
    async active(poolId, use) {
      return findActive(await all(poolId), use) ?? shared(making, `${use} ${poolId}`, () => make(poolId, use));
    },
    async find(poolId, kid) {
      const withKid = (keys: readonly SigningKey[]) => keys.find((key) => key.kid === kid);
      return withKid(await all(poolId)) ?? withKid(await reread(poolId));
    },
  };
};

const findActive = (keys: readonly SigningKey[], use: TokenUse): SigningKey | undefined =>
  keys.find((key) => key.use === use && key.state === 'active');

/** Whoever asks while it runs gets the outcome of the run. */
const shared = <T>(running: Map<string, Promise<T>>, name: string, run: () => Promise<T>): Promise<T> => {
  const current = running.get(name) ?? run().finally(() => running.delete(name));
  running.set(name, current);
  return current;
};

interface SigningHalf {
  readonly header: string;
  readonly key: KeyObject;
}

/** Opening and parsing a key takes longer than using it. A record's key never changes, so its id is all that is asked. */
const parsedKeys = ({ sealer, clock }: SealedSignerPorts) => {
  const times = { lifetime: 60 * 60_000, size: 5_000 };
  const signing: Cache<string, SigningHalf> = cacheOf(clock, times);
  const verifying: Cache<string, KeyObject> = cacheOf(clock, times);
  return {
    toSign: (key: SigningKey) => signing.get(key.kid, () => openSigningHalf(sealer, key)),
    toVerify: (key: SigningKey) =>
      verifying.get(key.kid, async () => createPublicKey({ key: { ...key.jwk }, format: 'jwk' })),
  };
};

const openSigningHalf = async (sealer: Sealer, key: SigningKey): Promise<SigningHalf> => {
  const opened = await sealer.open(key.sealedPrivateKey, placeOf(key));
  if (!opened) throw new Error(`The signing key ${key.kid} does not open: it was sealed for another record or changed`);
  const der = { key: Buffer.from(opened), format: 'der', type: 'pkcs8' } as const;
  return { header: headerOf(key.kid), key: createPrivateKey(der) };
};
