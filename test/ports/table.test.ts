/** Runs the table's contract over each wire and under each kind of trouble, and tests what the trouble leaves open. */
import { randomUUID } from 'node:crypto';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { assign, increase, isAbsent, isPresent } from '../../lambdas/adapters/dynamodb/expressions.ts';
import { longestWait, pausing, persistence } from '../../lambdas/adapters/dynamodb/retries.ts';
import { dynamodbClient, sdkWire } from '../../lambdas/adapters/dynamodb/sdk-wire.ts';
import { tallying } from '../../lambdas/adapters/dynamodb/usage.ts';
import { WireFailure } from '../../lambdas/adapters/dynamodb/wire-failures.ts';
import { engineWire } from '../../lambdas/adapters/local/engine-wire.ts';
import { Unavailable } from '../../lambdas/core/ports/unavailable.ts';
import { countAll } from '../support/count-all.ts';
import { atFirst, type Fault, faultyWire, inOrder, type Plan } from '../support/faulty-wire.ts';
import { laggingWire } from '../support/lagging-wire.ts';
import { impatient, testTable, testWire } from '../support/table.ts';
import { testTableName } from '../support/table-names.ts';
import { tableContract } from './table.contract.ts';

const settled = async () => {};
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const throughSdk = () => sdkWire(dynamodbClient({ region: 'us-east-1', endpoint: inject('engine'), credentials }));
const faulty = (plan: Plan) => testTable({ wire: faultyWire(testWire(), plan), ...impatient });
const key = () => ({ PK: `T#${randomUUID()}`, SK: '@' });

tableContract('the table', () => ({ table: testTable(), settled }));

tableContract('the table through the SDK', () => ({ table: testTable({ wire: throughSdk() }), settled }));

tableContract('the table with indexes that lag behind', () => {
  const wire = laggingWire(testWire());
  return { table: testTable({ wire }), settled: wire.catchUp };
});

tableContract('the table among conflicts, throttles and refused connections', () => {
  const plan = atFirst('conflict', 'throttle', 'unreached', undefined);
  return { table: faulty(plan), settled };
});

// Whether a row is gone because of a removal that was not answered cannot be known: see below.
const exceptRemovals =
  (plan: Plan): Plan =>
  (name, input) =>
    name === 'DeleteItem' ? undefined : plan(name, input);

tableContract('the table with time-outs before anything was done', () => {
  return { table: faulty(exceptRemovals(atFirst('silence'))), settled };
});

tableContract('the table with lost answers', () => {
  return { table: faulty(exceptRemovals(atFirst('lost answer'))), settled, repeats: true };
});

describe('a lagging index', () => {
  test('shows a row late', async () => {
    const wire = laggingWire(testWire());
    const table = testTable({ wire });
    const P = `T#${randomUUID()}`;
    await table.put({ ...key(), P, xe: 'a@example.com' });
    const found = () => countAll(table, { index: 2, partition: P });
    expect(await found()).toBe(0);
    await wire.catchUp();
    expect(await found()).toBe(1);
  });
});

describe('a write whose answer is lost', () => {
  const twice = (fault: Fault) => inOrder('UpdateItem', fault, fault);

  test('has one effect, even when a copy of it arrives again', async () => {
    const row = key();
    const outcome = await faulty(twice('lost answer')).update(row, increase('n', 1));
    expect(outcome).toEqual({ item: { ...row, n: 1 } });
  });

  test('is not mistaken for that of somebody who wrote the same', async () => {
    const row = key();
    await testTable().put(row, isAbsent);
    expect(await faulty(inOrder('PutItem', 'lost answer')).put(row, isAbsent)).toEqual({ current: row });
  });

  test('is recognised by what it left on the row, which no reader sees', async () => {
    const row = key();
    expect(await faulty(inOrder('PutItem', 'lost answer')).put(row, isAbsent)).toBe('done');
    expect(await testTable().get(row)).toEqual(row);
    expect(await testTable().getMany([row])).toEqual([row]);
    expect(await testTable().put(row, isAbsent)).toEqual({ current: row });
  });

  test('is recognised in a transaction', async () => {
    const [row, other] = [key(), key()];
    const writes = [
      { update: row, change: increase('n', 1) },
      { put: other, condition: isAbsent },
    ];
    expect(await faulty(inOrder('TransactWriteItems', 'lost answer')).transact(writes)).toBe('done');
    expect(await testTable().get(row)).toEqual({ ...row, n: 1 });
  });

  test('leaves open who removed a row that is gone', async () => {
    const row = key();
    await testTable().put(row);
    const removed = faulty(inOrder('DeleteItem', 'lost answer')).remove(row, isPresent);
    await expect(removed).rejects.toThrow(Unavailable);
    expect(await testTable().get(row)).toBeUndefined();
  });

  test('leaves open who removed the rows of a transaction that only removes', async () => {
    const row = key();
    await testTable().put(row);
    const table = faulty(inOrder('TransactWriteItems', 'lost answer'));
    await expect(table.transact([{ remove: row, condition: isPresent }])).rejects.toThrow(Unavailable);
  });

  test('without a condition needs no more than another try', async () => {
    const row = key();
    expect(await faulty(inOrder('DeleteItem', 'lost answer')).remove(row)).toBe('done');
    expect(await faulty(inOrder('PutItem', 'lost answer')).put({ ...row, a: 1 })).toBe('done');
    expect(await testTable().get(row)).toEqual({ ...row, a: 1 });
  });
});

describe('trouble that lasts', () => {
  test.each<[Fault, number]>([
    ['throttle', 3],
    ['conflict', 3],
    ['silence', 3],
    ['unreached', 6],
  ])('of the kind %s makes the table unavailable after %d attempts', async (fault, most) => {
    let attempts = 0;
    const table = faulty(() => {
      attempts += 1;
      return fault;
    });
    await expect(table.transact([{ put: key() }])).rejects.toThrow(Unavailable);
    expect(attempts).toBe(most);
  });

  test('is waited out for random times below a bound that doubles', async () => {
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => waits.push(milliseconds);
    const persist = persistence(pausing({ sleep, chance: () => 0.5 }));
    const attempt = () => Promise.reject(new WireFailure('unreached', 'ECONNREFUSED', 'Injected'));
    await expect(persist(attempt)).rejects.toThrow(Unavailable);
    expect(waits).toEqual([25, 50, 100, 200, 400]);
    expect(longestWait(50)).toBe(1000);
  });

  test('is not assumed where the request itself is wrong', async () => {
    let attempts = 0;
    const table = faulty(() => {
      attempts += 1;
      return undefined;
    });
    const wrong = table.update(key(), { expression: 'SET PK = :v', values: { ':v': 'x' } });
    await expect(wrong).rejects.toMatchObject({ name: 'WireFailure', kind: 'wrong', code: 'ValidationException' });
    expect(attempts).toBe(1);
  });

  test('with what a batch leaves unprocessed ends as unavailable', async () => {
    const rest = [{ DeleteRequest: { Key: key() } }];
    const answer = { UnprocessedItems: { [testTableName]: rest } };
    // The engine processes every batch whole.
    const wire = { close: () => {}, send: async () => answer as never };
    await expect(testTable({ wire, ...impatient }).removeMany([key()])).rejects.toThrow(Unavailable);
  });
});

describe('what a batch leaves unprocessed', () => {
  test('is asked for again', async () => {
    const rows = Array.from({ length: 10 }, key);
    await testTable().transact(rows.map((put) => ({ put })));
    const inner = testWire();
    let requests = 0;
    const wire: typeof inner = {
      close: () => {},
      async send(name, input) {
        requests += 1;
        const [keys = [], rest = []] = halves(input);
        const part = { RequestItems: { [testTableName]: { Keys: keys } } };
        const answer = await inner.send('BatchGetItem', part);
        const left = rest.length > 0 ? { UnprocessedKeys: { [testTableName]: { Keys: rest } } } : {};
        expect(name).toBe('BatchGetItem');
        return { ...answer, ...left } as never;
      },
    };
    expect(await testTable({ wire, ...impatient }).getMany(rows)).toHaveLength(10);
    expect(requests).toBe(4);
  });

  // Ten, then five, two and one are left.
  function halves(input: object): readonly Record<string, unknown>[][] {
    const { RequestItems } = input as { RequestItems: Record<string, { Keys: Record<string, unknown>[] }> };
    const keys = RequestItems[testTableName]?.Keys ?? [];
    const middle = Math.ceil(keys.length / 2);
    return [keys.slice(0, middle), keys.slice(middle)];
  }
});

describe('a wire', () => {
  test.each([
    ['of the engine', () => engineWire({ endpoint: 'http://127.0.0.1:9' })],
    ['of the SDK', () => sdkWire(dynamodbClient({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9', credentials }))],
  ])('%s says that it reached nobody', async (_, open) => {
    const wire = open();
    onTestFinished(() => wire.close());
    const sent = wire.send('GetItem', { TableName: testTableName, Key: key() });
    await expect(sent).rejects.toMatchObject({ name: 'WireFailure', kind: 'unreached', code: 'ECONNREFUSED' });
  });

  test('waits for an engine that is being started again', async () => {
    const restart = Promise.withResolvers<void>();
    const wire = engineWire({ endpoint: inject('engine'), restarting: () => restart.promise });
    onTestFinished(() => wire.close());
    const row = key();
    const table = dynamodbTable({ wire, tableName: testTableName });
    const put = table.put(row);
    expect(await testTable().get(row, { consistent: true })).toBeUndefined();
    restart.resolve();
    expect(await put).toBe('done');
  });
});

describe('the figures of requests', () => {
  test('are added up by whoever listens', async () => {
    const tally = tallying();
    const table = testTable({ observe: tally.observe });
    const row = key();
    await table.put(row, isAbsent);
    tally.start();
    await Promise.all([table.get(row), table.get(row, { consistent: true })]);
    await table.update(row, assign({ P: row.PK, xe: 'a@example.com' }));
    await table.update(row, assign({ P: row.PK, xe: 'a@example.com' }));
    expect(tally.total()).toEqual({
      readUnits: 1.5,
      writeUnits: 3,
      indexUnits: 1,
      roundTrips: 3,
      requests: ['GetItem', 'GetItem', 'UpdateItem', 'UpdateItem'],
    });
  });

  test('leave out what was sent before, even where it ends later', async () => {
    const tally = tallying();
    const table = testTable({ observe: tally.observe });
    const early = table.get(key());
    tally.start();
    const late = table.get(key());
    await Promise.all([early, late]);
    expect(tally.total()).toMatchObject({ readUnits: 0.5, roundTrips: 1, requests: ['GetItem'] });
  });
});
