/** What this instance knows of pools and their clients, kept until a pool's version says that it is outdated. */
import type { Client } from '../../core/model/client.ts';
import type { Pool } from '../../core/model/pool.ts';
import { StaleConfiguration } from '../../core/ports/stale-configuration.ts';
import { decodeClient, type SecretSealer } from './client-rows.ts';
import { numberIn, textIn } from './fields.ts';
import { clientKey, lookupKey, poolKey, versionKey } from './keys.ts';
import { decodePool } from './pool-rows.ts';
import { remember } from './remember.ts';
import type { Table } from './table.ts';

export interface Configuration {
  findPool(poolId: string): Promise<Pool | undefined>;
  findClient(clientId: string): Promise<PoolAndClient | undefined>;
  /**
   * Waits for a read and, beside it, for the check that the pool it was decided on is not outdated: once for each time
   * that a pool was handed out. Rejects with StaleConfiguration.
   */
  beside<T>(pool: Pool, read: Promise<T>): Promise<T>;
  /**
   * What stands for this knowledge of the pool: whatever else was read of the pool since may be kept with it, and is
   * outdated with it. None for a pool that did not come from here.
   */
  epochOf(pool: Pool): object | undefined;
  /** Runs a write that changes the pool or one of its clients; afterwards nothing older is handed out here. */
  during<T>(poolId: string, write: () => Promise<T>): Promise<T>;
}

export interface PoolAndClient {
  readonly client: Client;
  readonly pool: Pool;
}

export interface ConfigurationOptions {
  readonly table: Table;
  readonly sealer: SecretSealer;
  /** `never`: this process is the only writer. `always`: others write as well, and are noticed by the pool's version. */
  readonly versionCheck: 'never' | 'always';
}

/** A pool as it was read, with those of its clients that were asked for since. */
interface Entry {
  readonly pool: Pool;
  /** 0 where nobody checks. */
  readonly version: number;
  readonly clients: Map<string, Promise<PoolAndClient | undefined>>;
}

const limits = { pools: 2_000, clients: 2_000, lookups: 20_000 } as const;

export function configuration({ table, sealer, versionCheck }: ConfigurationOptions): Configuration {
  const entries = new Map<string, Promise<Entry | undefined>>();
  /** A client id never changes its pool, so this needs no check. */
  const lookups = new Map<string, string>();
  /** Pools that were handed out of the cache and that no check has confirmed since. */
  const unconfirmed = new WeakMap<Pool, Entry>();
  /** Every pool that was handed out, with what it was part of. */
  const epochs = new WeakMap<Pool, Entry>();
  const isChecked = versionCheck === 'always';

  const entryOf = (poolId: string) => remember(entries, poolId, limits.pools, () => loadEntry(poolId));

  async function loadEntry(poolId: string): Promise<Entry | undefined> {
    // The version comes first: contents read after it are at least as new, so an old pool never passes for a new one.
    const version = isChecked ? await readVersion(poolId, true) : 0;
    const item = version === undefined ? undefined : await table.get(poolKey(poolId), { consistent: true });
    if (!item || version === undefined) return undefined;
    const entry: Entry = { pool: decodePool(item), version, clients: new Map() };
    epochs.set(entry.pool, entry);
    return entry;
  }

  async function readVersion(poolId: string, consistent: boolean): Promise<number | undefined> {
    const item = await table.get(versionKey(poolId), { consistent });
    return item && numberIn(item, 'n');
  }

  async function isCurrent(entry: Entry): Promise<boolean> {
    const version = await readVersion(entry.pool.id, false);
    // A replica that lags behind what was loaded says nothing against it.
    if (version !== undefined && version <= entry.version) return true;
    await forgetEntry(entry);
    return false;
  }

  /** Unless somebody else has replaced it already. */
  async function forgetEntry(entry: Entry): Promise<void> {
    const held = entries.get(entry.pool.id);
    if (held && (await held) === entry && entries.get(entry.pool.id) === held) entries.delete(entry.pool.id);
  }

  async function poolIdOf(clientId: string): Promise<string | undefined> {
    const known = lookups.get(clientId);
    if (known !== undefined) return known;
    const item = await table.get(lookupKey(clientId), { consistent: true });
    if (!item) return undefined;
    if (lookups.size >= limits.lookups) lookups.clear();
    lookups.set(clientId, textIn(item, 'p'));
    return textIn(item, 'p');
  }

  const clientIn = (entry: Entry, clientId: string) =>
    remember(entry.clients, clientId, limits.clients, async () => {
      const item = await table.get(clientKey(entry.pool.id, clientId), { consistent: true });
      return item && { pool: entry.pool, client: await decodeClient(sealer, item) };
    });

  /** A copy for each request tells which requests have made their check. */
  function handOut(found: PoolAndClient, entry: Entry): PoolAndClient {
    const pool = { ...found.pool };
    unconfirmed.set(pool, entry);
    epochs.set(pool, entry);
    return { client: found.client, pool };
  }

  async function confirm(entry: Entry): Promise<void> {
    if (!(await isCurrent(entry))) throw new StaleConfiguration(entry.pool.id);
  }

  return {
    async findPool(poolId) {
      const wasKnown = entries.has(poolId);
      const entry = await entryOf(poolId);
      // Many operations on a pool read no user, so nothing later could make this check.
      if (!entry || !isChecked || !wasKnown || (await isCurrent(entry))) return entry?.pool;
      return (await entryOf(poolId))?.pool;
    },

    async findClient(clientId) {
      const poolId = await poolIdOf(clientId);
      if (poolId === undefined) return undefined;
      const wasKnown = entries.has(poolId);
      const entry = await entryOf(poolId);
      const found = entry && (await clientIn(entry, clientId));
      return found && isChecked && wasKnown ? handOut(found, entry) : found;
    },

    async beside(pool, read) {
      const entry = unconfirmed.get(pool);
      if (!entry) return read;
      unconfirmed.delete(pool);
      const [result] = await Promise.all([read, confirm(entry)]);
      return result;
    },

    epochOf: (pool) => epochs.get(pool),

    async during(poolId, write) {
      try {
        return await write();
      } finally {
        // A write that failed may have been done all the same.
        entries.delete(poolId);
      }
    },
  };
}
