/** The key records of pools, read once in a while; the first ones are made at first need. */
import type { SigningKey, TokenUse } from '../../core/model/signing-key.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SigningKeyStore } from '../../core/ports/signing-key-store.ts';
import { cacheOf } from './cache.ts';
import type { KeyMaker } from './key-kinds.ts';

/** For how long (ms) an instance may sign with a key that has just been retired, or not list one that is new. */
export const keyListLifetime = 5 * 60_000;

export const tokenUses: readonly TokenUse[] = ['id', 'access'];

export interface KeyringPorts {
  readonly keys: SigningKeyStore;
  readonly clock: Clock;
  /** Absent where keys are only read. */
  readonly maker?: KeyMaker;
}

export interface Keyring {
  /** All of a pool. As long as one of the two that sign is missing, they are read each time. */
  all(poolId: string): Promise<readonly SigningKey[]>;
  /** The key to sign with. */
  active(poolId: string, use: TokenUse): Promise<SigningKey>;
  find(poolId: string, kid: string): Promise<SigningKey | undefined>;
}

export const openKeyring = (ports: KeyringPorts): Keyring => {
  const lists = cacheOf<string, readonly SigningKey[]>(ports.clock, { lifetime: keyListLifetime, size: 2_000 });
  const making = new Map<string, Promise<SigningKey>>();

  const kept = (poolId: string) => lists.get(poolId, () => ports.keys.list(poolId));
  const reread = (poolId: string) => {
    lists.forget(poolId);
    return kept(poolId);
  };
  const make = async (poolId: string, use: TokenUse) => {
    const made = findActive(await reread(poolId), use);
    if (made) return made;
    if (!ports.maker) throw new Error(`The pool ${poolId} has no ${use} key, and none is made here`);
    // `taken` means that another instance came first: its key is the pool's, and ours is forgotten.
    await ports.keys.addFirst(await ports.maker.make(poolId, use, 'active'));
    const first = findActive(await reread(poolId), use);
    if (!first) throw new Error(`The pool ${poolId} has no ${use} key although one was just added`);
    return first;
  };

  return {
    async all(poolId) {
      const keys = await kept(poolId);
      return isComplete(keys) ? keys : reread(poolId);
    },
    async active(poolId, use) {
      return findActive(await kept(poolId), use) ?? shared(making, `${use} ${poolId}`, () => make(poolId, use));
    },
    async find(poolId, kid) {
      const withKid = (keys: readonly SigningKey[]) => keys.find((key) => key.kid === kid);
      return withKid(await kept(poolId)) ?? withKid(await reread(poolId));
    },
  };
};

export const isComplete = (keys: readonly SigningKey[]): boolean =>
  tokenUses.every((use) => findActive(keys, use) !== undefined);

const findActive = (keys: readonly SigningKey[], use: TokenUse): SigningKey | undefined =>
  keys.find((key) => key.use === use && key.state === 'active');

/** Whoever asks while it runs gets the outcome of the run. */
const shared = <T>(running: Map<string, Promise<T>>, name: string, run: () => Promise<T>): Promise<T> => {
  const current = running.get(name) ?? run().finally(() => running.delete(name));
  running.set(name, current);
  return current;
};
