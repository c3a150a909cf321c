/** Keeps records of a pool, and how many there are of a kind: the pool's version row counts them. */
import type { PoolRecord, RecordStore } from '../../core/ports/record-store.ts';
import type { Configuration } from './configuration.ts';
import { has, isAbsent } from './expressions.ts';
import { listPage } from './paging.ts';
import { type Count, type Counted, newVersion } from './pool-version.ts';
import type { Item, Key, Query, Table, Write } from './table.ts';

/** What tells one kind of record from another. */
export interface RecordKind<T extends PoolRecord> {
  /** Absent for those that need no bound, as there are so many for each client at most. */
  readonly counted?: Counted;
  /** Of the row that holds the record of this id. */
  key(poolId: string, id: string): Key;
  /** Finds all rows of the kind and no other. */
  all(poolId: string): Pick<Query, 'partition' | 'sort'>;
  /** The row, `n` excepted. */
  encode(record: T): Item | Promise<Item>;
  decode(item: Item): T | Promise<T>;
  /** What is written with a record that is added (no `before`), changed, or removed (no `after`). A refusal means `taken`. */
  beside?(before: T | undefined, after: T | undefined): readonly Write[];
}

export interface RecordStoreOptions {
  readonly table: Table;
  readonly configuration: Configuration;
}

export function recordStore<T extends PoolRecord>(
  { table, configuration }: RecordStoreOptions,
  kind: RecordKind<T>,
): RecordStore<T> {
  const change = (poolId: string, writes: readonly Write[]) =>
    configuration.during(poolId, () => table.transact(writes));
  const countedBy = (by: 1 | -1, most?: number): readonly Count[] =>
    kind.counted === undefined ? [] : [{ kind: kind.counted, by, ...(most !== undefined && { most }) }];
  const beside = (before: T | undefined, after: T | undefined) => kind.beside?.(before, after) ?? [];
  const decode = async (item: Item): Promise<T> => kind.decode(item);

  return {
    async find(poolId, id) {
      const item = await table.get(kind.key(poolId, id), { consistent: true });
      return item && decode(item);
    },

    async add(record, most) {
      const outcome = await change(record.poolId, [
        newVersion(record.poolId, ...countedBy(1, most)),
        { put: { ...(await kind.encode(record)), n: record.version }, condition: isAbsent },
        ...beside(undefined, record),
      ]);
      if (outcome === 'done') return 'added';
      const [counting, ...others] = outcome.refused;
      if (counting && !counting.current) return 'pool gone';
      // Of a pool that is full, it still matters that there is one of the name.
      return others.some(Boolean) ? 'taken' : 'full';
    },

    async save(before, after) {
      const outcome = await change(before.poolId, [
        newVersion(before.poolId),
        { put: { ...(await kind.encode(after)), n: before.version + 1 }, condition: has('n', before.version) },
        ...beside(before, after),
      ]);
      if (outcome === 'done') return 'saved';
      return outcome.refused.slice(0, 2).some(Boolean) ? 'changed' : 'taken';
    },

    async remove(record) {
      const { PK, SK } = await kind.encode(record);
      const outcome = await change(record.poolId, [
        newVersion(record.poolId, ...countedBy(-1)),
        { remove: { PK, SK }, condition: has('n', record.version) },
        ...beside(record, undefined),
      ]);
      return outcome === 'done' ? 'removed' : 'changed';
    },

    list: (poolId, page) => listPage(table, kind.all(poolId), page, decode),
  };
}
