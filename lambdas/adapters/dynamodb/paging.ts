/** Reads lists: a page at a time for callers, or all of it. */
import type { Page, PageRequest } from '../../core/model/page.ts';
import type { Item, Query, Table } from './table.ts';

/** The most that one query may ask for. */
const step = 500;

/** A page of a list that the base table holds; strongly consistent, so what was just added is there. */
export async function listPage<T>(
  table: Table,
  query: Pick<Query, 'partition' | 'sort'>,
  { limit, after }: PageRequest,
  decode: (item: Item) => T | Promise<T>,
): Promise<Page<T>> {
  const { items, next } = await table.query({ ...query, consistent: true, limit, after });
  return { items: await Promise.all(items.map(decode)), next };
}

/** For lists that are known to be short. */
export async function everyItem(table: Table, query: Omit<Query, 'limit' | 'after'>): Promise<readonly Item[]> {
  const all: Item[] = [];
  let after: Query['after'];
  do {
    const page = await table.query({ ...query, limit: step, after });
    all.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return all;
}
