/** Rings and signing keys in memory, with the promises that the ports make, for tests of what is built on them. */
import type { SigningKey } from '../../lambdas/core/model/signing-key.ts';
import type { Ring, RingStore } from '../../lambdas/core/ports/ring-store.ts';
import type { KeyChange, SigningKeyStore } from '../../lambdas/core/ports/signing-key-store.ts';

export interface Counted {
  /** Calls that a real store would answer over the network. */
  readonly calls: () => number;
}

export function memoryRings(): RingStore & Counted {
  const rings = new Map<number, Ring>();
  let calls = 0;
  return {
    calls: () => calls,
    async newest() {
      calls++;
      return rings.get(Math.max(...rings.keys()));
    },
    async find(version) {
      calls++;
      return rings.get(version);
    },
    async add(ring) {
      calls++;
      if (rings.has(ring.version)) return 'taken';
      rings.set(ring.version, ring);
      return 'added';
    },
  };
}

export function memorySigningKeys(): SigningKeyStore & Counted {
  const keys = new Map<string, SigningKey>();
  let calls = 0;
  const nameOf = (poolId: string, kid: string) => `${poolId} ${kid}`;
  const inState = (poolId: string, { kid, from }: KeyChange) => keys.get(nameOf(poolId, kid))?.state === from;
  const put = (key: SigningKey) => keys.set(nameOf(key.poolId, key.kid), key);
  return {
    calls: () => calls,
    async list(poolId) {
      calls++;
      return [...keys.values()].filter((key) => key.poolId === poolId);
    },
    async addFirst(key) {
      calls++;
      const isFirst = ({ poolId, use }: SigningKey) => poolId === key.poolId && use === key.use;
      if ([...keys.values()].some(isFirst)) return 'taken';
      put(key);
      return 'added';
    },
    async add(key) {
      calls++;
      if (keys.has(nameOf(key.poolId, key.kid))) return 'taken';
      put(key);
      return 'added';
    },
    async rotate(poolId, _use, changes) {
      calls++;
      if (!changes.every((change) => inState(poolId, change))) return 'changed';
      for (const { kid, to, at } of changes) {
        const key = keys.get(nameOf(poolId, kid));
        if (key) put({ ...key, state: to, since: at });
      }
      return 'rotated';
    },
    async remove(poolId, kid) {
      calls++;
      if (keys.get(nameOf(poolId, kid))?.state === 'retired') keys.delete(nameOf(poolId, kid));
    },
  };
}
