/** The outbox in the table: its contract, and what a look at the table alone gives away. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { sentMessageKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { outboxStore } from '../../lambdas/adapters/dynamodb/outbox-store.ts';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import { aSealer } from '../support/key-material.ts';
import { testTable, testWire } from '../support/table.ts';
import { aClock } from './open-stores.ts';
import { sentMessagesContract } from './sent-messages.contract.ts';

const sealer = aSealer();

/** Lists of all pools read what every test wrote: so these have a table to themselves. */
let ownTable: Promise<Table> | undefined;

async function makeTable(): Promise<Table> {
  const tableName = `outbox-${randomUUID()}`;
  await createTable(testWire(), tableName);
  return dynamodbTable({ wire: testWire(), tableName });
}

sentMessagesContract('outboxStore', async (clock) => {
  ownTable ??= makeTable();
  return outboxStore({ table: await ownTable, sealer, clock });
});

const someCode = '918273';

async function aStoredMessage() {
  const clock = aClock();
  const table = testTable();
  const outbox = outboxStore({ table, sealer, clock });
  const poolId = `us-east-1_${randomUUID()}`;
  const to = 'ada.lovelace@example.com';
  const message = { channel: 'EMAIL', poolId, username: 'lovelace', to, kind: 'SignUp', code: someCode } as const;
  await outbox.add({ ...message, subject: `Code ${someCode}`, html: someCode, text: `Your code: ${someCode}` });
  const item = await table.get(sentMessageKey(poolId, 1));
  if (!item) throw new Error('no row');
  return { clock, table, outbox, poolId, item };
}

const textOf = (item: Item): string =>
  Object.values(item)
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
    .join(' ');

describe('A row of the outbox', () => {
  test('tells neither code nor person, and is garbage after an hour', async () => {
    const { item, clock } = await aStoredMessage();
    expect(textOf(item)).not.toMatch(/918273|lovelace|example\.com/);
    expect(item['ttl']).toBe(Math.ceil((clock.now() + 3_600_000) / 1000));
  });

  test('does not open in another place, nor under another number', async () => {
    const { item, table, outbox, poolId } = await aStoredMessage();
    const other = `us-east-1_${randomUUID()}`;
    await table.put({ ...item, ...sentMessageKey(other, 1) });
    await expect(outbox.list({ poolId: other })).rejects.toThrow('cannot be read');
    await table.put({ ...item, n: 1001 });
    const failure: unknown = await outbox.list({ poolId }).catch((error: unknown) => error);
    expect(String(failure)).toMatch(/^MalformedItem: The row OUTBOX#\S+ \(\w{16}\) cannot be read/);
    expect(String(failure)).not.toMatch(/918273|lovelace/);
  });
});
