/** Counts all that a query finds, however many pages that takes. */
import type { Query, Table } from '../../lambdas/adapters/dynamodb/table.ts';

export async function countAll(table: Table, query: Omit<Query, 'limit' | 'after'>): Promise<number> {
  let total = 0;
  let after: Query['after'];
  do {
    const { count, next } = await table.count({ ...query, limit: 500, after });
    total += count;
    after = next;
  } while (after !== undefined);
  return total;
}
