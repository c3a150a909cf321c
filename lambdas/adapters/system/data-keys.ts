/** The keys that everything is sealed with: kept wrapped in rings, opened on demand, renewed every month. */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Clock } from '../../core/ports/clock.ts';
import type { KeyContext, KeyWrap } from '../../core/ports/key-wrap.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Ring, RingStore } from '../../core/ports/ring-store.ts';
import { cacheOf } from './cache.ts';

export interface DataKeyPorts {
  readonly rings: RingStore;
  readonly wrap: KeyWrap;
  readonly clock: Clock;
  readonly random: Random;
}

/** An opened ring. */
export interface DataKey {
  readonly version: number;
  /** A key for one use alone: HKDF-SHA-256 (RFC 5869) with the pool as salt. */
  derive(poolId: string, use: string): KeyObject;
}

export interface DataKeys {
  /** The one to seal with; at first need it is made. */
  newest(): Promise<DataKey>;
  find(version: number): Promise<DataKey | undefined>;
}

const keyLength = 32;
/** How long an opened key stays in memory. */
const lifetime = 60 * 60_000;
/** A key in use for longer is followed by a new version; what it sealed stays readable. */
const month = 30 * 86_400_000;

export const dataKeys = (ports: DataKeyPorts): DataKeys => {
  const { rings, clock } = ports;
  const opened = cacheOf<number, DataKey>(clock, { lifetime, size: 100 });
  const latest = cacheOf<'newest', DataKey>(clock, { lifetime, size: 1 });

  const open = (ring: Ring) => opened.get(ring.version, () => unwrap(ports, ring));
  const loadNewest = async () => {
    const newest = await rings.newest();
    const isYoung = newest && clock.now() - newest.createdAt < month;
    return open(isYoung ? newest : await addRing(ports, (newest?.version ?? 0) + 1));
  };

  const newest = () => latest.get('newest', loadNewest);
  return {
    newest,
    async find(version) {
      // Callers write versions into what they send. One that is made up costs no read, and takes no other's place in
      // memory: there is none beyond the one that another instance may just have added.
      if (version < 1 || version > (await newest()).version + 1) return undefined;
      try {
        return await opened.get(version, async () => unwrap(ports, await requireRing(rings, version)));
      } catch (error) {
        if (error instanceof NoSuchRing) return undefined;
        throw error;
      }
    },
  };
};

/** Thrown so that it is not kept: the version may be there a moment later. */
class NoSuchRing extends Error {}

const requireRing = async (rings: RingStore, version: number): Promise<Ring> => {
  const ring = await rings.find(version);
  if (!ring) throw new NoSuchRing(`There is no data key of version ${version}`);
  return ring;
};

/** Of several instances that add the same version, one does; all of them use that one. */
const addRing = async ({ rings, wrap, clock, random }: DataKeyPorts, version: number): Promise<Ring> => {
  const wrapped = await wrap.wrap(random.bytes(keyLength), contextOf(version));
  const ring = { version, wrapped, createdAt: clock.now() };
  return (await rings.add(ring)) === 'added' ? ring : requireRing(rings, version);
};

const unwrap = async ({ wrap }: DataKeyPorts, { version, wrapped }: Ring): Promise<DataKey> =>
  dataKey(version, await wrap.unwrap(wrapped, contextOf(version)));

const contextOf = (version: number): KeyContext => ({ app: 'millpond', ring: String(version) });

/**
 * Deriving takes as long as sealing, so derived keys are kept with the one they came from, and as objects: given as bytes, a key
 * would be prepared anew for each use, which takes longer than the use itself.
 */
const dataKey = (version: number, key: Uint8Array): DataKey => {
  const derived = new Map<string, KeyObject>();
  return {
    version,
    derive(poolId, use) {
      const name = JSON.stringify([poolId, use]);
      const known = derived.get(name);
      if (known) return known;
      const fresh = createSecretKey(new Uint8Array(hkdfSync('sha256', key, poolId, use, keyLength)));
      if (derived.size >= 10_000) derived.clear();
      derived.set(name, fresh);
      return fresh;
    },
  };
};
