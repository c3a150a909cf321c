/** How long it takes until nothing is left of a large pool, with the service killed in the middle. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dynamodbTable } from '../lambdas/adapters/dynamodb/dynamodb-table.ts';
import type { Table } from '../lambdas/adapters/dynamodb/table.ts';
import { startEngine } from '../lambdas/adapters/local/engine.ts';
import { engineWire } from '../lambdas/adapters/local/engine-wire.ts';
import { createUser, inParallel, nameOf, objectIn, textIn } from './fixtures.ts';
import { table } from './report.ts';
import { serve } from './served.ts';
import { type ApiWire, apiWire } from './wire.ts';

export interface Purge {
  readonly users: number;
  readonly rows: number;
  /** Until the pool is gone for everybody. */
  readonly answerMs: number;
  /** What was left when the service was killed, a second or so after it had begun. */
  readonly rowsAtKill: number;
  /** From the next start to the last row. */
  readonly restSeconds: number;
}

const tableName = 'millpond';

export async function measurePurge(users: number, say: (text: string) => void): Promise<Purge> {
  const data = await mkdtemp(join(tmpdir(), 'millpond-bench-'));
  const engine = await startEngine();
  const wire = engineWire(engine);
  try {
    return await purgeOnce({ rows: dynamodbTable({ wire, tableName }), data, endpoint: engine.endpoint }, users, say);
  } finally {
    wire.close();
    await engine.stop();
    await rm(data, { recursive: true, force: true });
  }
}

interface Place {
  readonly rows: Table;
  readonly data: string;
  readonly endpoint: string;
}

async function purgeOnce({ rows, data, endpoint }: Place, users: number, say: (text: string) => void): Promise<Purge> {
  const start = () => serve(data, '--dynamodb', endpoint);
  const first = await start();
  const { call, close } = apiWire(first.endpoint);
  say(`A pool of ${users} users, to be deleted…`);
  const poolId = await fillPool(call, users);
  const before = await countRows(rows);
  const deletedAt = performance.now();
  await call('DeleteUserPool', { UserPoolId: poolId });
  const answerMs = performance.now() - deletedAt;
  close();
  await pause(1000);
  await first.kill();
  const rowsAtKill = await countRows(rows);
  say(`${rowsAtKill} of ${before} rows are left; starting anew…`);
  const second = await start();
  const restartedAt = performance.now();
  // What stays are the keys of the service, its jobs, and the counts of the account.
  while ((await countRows(rows)) > 20) await pause(1000);
  const restSeconds = (performance.now() - restartedAt) / 1000;
  await second.stop();
  return { users, rows: before, answerMs, rowsAtKill, restSeconds };
}

async function fillPool(call: ApiWire['call'], users: number): Promise<string> {
  const poolId = textIn(objectIn(await call('CreateUserPool', { PoolName: 'large' }), 'UserPool'), 'Id');
  await inParallel(users, (index) => createUser(call, poolId, nameOf(index)));
  return poolId;
}

async function countRows(rows: Table): Promise<number> {
  let counted = 0;
  let after: Readonly<Record<string, unknown>> | undefined;
  do {
    const step = await rows.scan({ limit: 500, after });
    counted += step.items.length;
    after = step.next;
  } while (after !== undefined);
  return counted;
}

export const printPurge = ({ users, rows, answerMs, rowsAtKill, restSeconds }: Purge): readonly string[] => [
  '',
  'A pool is deleted, and the service killed while it is purged',
  ...table([
    ['users', 'rows', 'answer ms', 'rows left at the kill', 'seconds to the last row'],
    [`${users}`, `${rows}`, answerMs.toFixed(1), `${rowsAtKill}`, restSeconds.toFixed(0)],
  ]),
];
