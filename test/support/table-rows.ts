/** All rows of a table at once, to be looked at together. */
import { documentIn } from '../../lambdas/adapters/dynamodb/fields.ts';
import { jobs } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Item, Key, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import type { Work } from '../../lambdas/core/model/job.ts';

/** Rows, found by key as well. */
export interface Rows {
  readonly all: readonly Item[];
  find(key: Key): Item | undefined;
}

export const nameOf = ({ PK, SK }: Key): string => JSON.stringify([PK, SK]);

export async function everyRow(table: Table, isWanted: (row: Item) => boolean): Promise<Rows> {
  const all: Item[] = [];
  let after: Readonly<Record<string, unknown>> | undefined;
  do {
    const page = await table.scan({ limit: 500, after });
    all.push(...page.items.filter(isWanted));
    after = page.next;
  } while (after !== undefined);
  const byName = new Map(all.map((row) => [nameOf(row), row]));
  return { all, find: (key) => byName.get(nameOf(key)) };
}

/** Of a job. */
export const workIn = (row: Item): Work => documentIn(row, 'w') as Work;

/** All that is left to do. */
export const workOf = ({ all }: Rows): readonly Work[] => all.filter(({ PK }) => PK === jobs.partition).map(workIn);
