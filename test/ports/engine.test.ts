/** Tests the embedded engine as a process: that it comes back, keeps what it was given, and leaves nothing behind. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { dynamodbClient, sdkWire } from '../../lambdas/adapters/dynamodb/sdk-wire.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import type { Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import { WireFailure } from '../../lambdas/adapters/dynamodb/wire-failures.ts';
import { CannotStart } from '../../lambdas/adapters/local/cannot-start.ts';
import { type Engine, type EngineOptions, startEngine } from '../../lambdas/adapters/local/engine.ts';
import { findEngine } from '../../lambdas/adapters/local/engine-binary.ts';
import { prepareDatabase } from '../../lambdas/adapters/local/engine-probe.ts';
import { startSweep, sweepExpired } from '../../lambdas/adapters/local/engine-sweep.ts';
import { engineWire } from '../../lambdas/adapters/local/engine-wire.ts';
import { countAll } from '../support/count-all.ts';
import { impatient, testTable, testWire } from '../support/table.ts';
import { testTableName } from '../support/table-names.ts';

const tableName = 'engine-test';
const row = { PK: 'a', SK: '@', n: 1 };

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'millpond-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function anEngine(options: EngineOptions = {}): Promise<Engine> {
  const engine = await startEngine({ prepare, ...options });
  onTestFinished(() => engine.stop());
  return engine;
}

async function prepare(endpoint: string): Promise<void> {
  const wire = engineWire({ endpoint });
  await createTable(wire, tableName);
  wire.close();
}

function tableOf(engine: Engine) {
  const wire = engineWire(engine);
  onTestFinished(() => wire.close());
  return dynamodbTable({ wire, tableName });
}

function isAlive(pid: number): boolean {
  // A process that ended but was not waited for yet still has its number.
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

const pidOf = ({ pid }: Engine): number => {
  if (pid === undefined) throw new Error('The engine does not run');
  return pid;
};

const untilGone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000, interval: 10 });

describe('the engine', () => {
  test('comes back at the same address with its data when it is killed, and requests wait for it', async () => {
    const ended = Promise.withResolvers<string>();
    const engine = await anEngine({ data: aFolder(), report: ended.resolve });
    const table = tableOf(engine);
    await table.put(row);
    const [pid, { endpoint }] = [pidOf(engine), engine];
    process.kill(pid, 'SIGKILL');
    expect(await ended.promise).toBe('The table engine ended (signal SIGKILL) and is started again.');
    expect(await table.get(row)).toEqual(row);
    expect(engine.endpoint).toBe(endpoint);
    expect(pidOf(engine)).not.toBe(pid);
    await expect(engine.requireHealthy()).resolves.toBeUndefined();
  });

  test('keeps every acknowledged write when it is killed among them', async () => {
    const engine = await anEngine({ data: aFolder() });
    const table = tableOf(engine);
    const written = Array.from({ length: 300 }, async (_, n) => {
      if (n === 150) process.kill(pidOf(engine), 'SIGKILL');
      const pair = [{ put: { PK: `t${n}`, SK: '1' } }, { put: { PK: `t${n}`, SK: '2' } }] as const;
      const outcome = await table.transact(pair).catch(() => 'unknown');
      return { n, outcome };
    });
    const outcomes = await Promise.all(written);
    for (const { n, outcome } of outcomes) {
      const count = await countAll(table, { partition: `t${n}` });
      if (outcome === 'done') expect(count).toBe(2);
      else expect([0, 2]).toContain(count);
    }
    expect(outcomes.filter(({ outcome }) => outcome === 'done').length).toBeGreaterThan(0);
  });

  test('has its table again after a restart in memory, and says what is lost', async () => {
    const ended = Promise.withResolvers<string>();
    const engine = await anEngine({ report: ended.resolve });
    const table = tableOf(engine);
    await table.put(row);
    process.kill(pidOf(engine), 'SIGKILL');
    expect(await ended.promise).toContain('what it held is lost');
    expect(await table.get(row)).toBeUndefined();
  });

  test('ends with everything written, and starts again on the same folder', async () => {
    const data = aFolder();
    const engine = await anEngine({ data });
    const pid = pidOf(engine);
    await tableOf(engine).put(row);
    await engine.stop();
    expect(isAlive(pid)).toBe(false);
    expect(engine.pid).toBeUndefined();
    // What the database has not written into the file yet would stand beside it.
    expect(existsSync(join(data, 'table.db-wal'))).toBe(false);
    expect(await tableOf(await anEngine({ data })).get(row)).toEqual(row);
  });

  test('stops while it is being started again, and stops twice', async () => {
    const ended = Promise.withResolvers<string>();
    const engine = await anEngine({ report: ended.resolve });
    process.kill(pidOf(engine), 'SIGKILL');
    await ended.promise;
    const table = dynamodbTable({ wire: engineWire(engine), tableName, ...impatient });
    await Promise.all([engine.stop(), engine.stop()]);
    expect(engine.pid).toBeUndefined();
    await expect(table.get(row)).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(engine.requireHealthy()).rejects.toThrow('ECONNREFUSED');
  });

  test('makes a folder that only its owner reads', async () => {
    const data = join(aFolder(), 'new', 'folder');
    await anEngine({ data });
    expect(statSync(data).mode & 0o777).toBe(0o700);
  });
});

describe('a data folder', () => {
  test('serves one service at a time', async () => {
    const data = aFolder();
    const engine = await anEngine({ data });
    const second = startEngine({ data });
    await expect(second).rejects.toThrow(CannotStart);
    await expect(second).rejects.toThrow(
      `The data folder ${data} is in use: stop the service that uses it, or choose another folder with --data.`,
    );
    await engine.stop();
    await expect(anEngine({ data })).resolves.toBeDefined();
  });

  test('is free again when a start has failed', async () => {
    const data = aFolder();
    const broken = () => Promise.reject(new Error('broken'));
    await expect(startEngine({ data, prepare: broken })).rejects.toThrow('broken');
    await expect(anEngine({ data })).resolves.toBeDefined();
  });

  test('that cannot be made is told in a sentence', async () => {
    const file = join(aFolder(), 'file');
    writeFileSync(file, '');
    await expect(startEngine({ data: join(file, 'folder') })).rejects.toThrow(/^The data folder .* cannot be made/);
  });

  test('that holds something else under the name of the table is told in a sentence', async () => {
    const data = aFolder();
    writeFileSync(join(data, 'table.db'), 'not a database, but long enough to be read as the head of one. '.repeat(9));
    await expect(startEngine({ data })).rejects.toMatchObject({ name: 'CannotStart', exitCode: 1 });
  });

  test('is left free by a service that was killed, whose engine ends with it', async () => {
    const data = aFolder();
    const [holder, pid] = await heldEngine(data);
    expect(isAlive(pid)).toBe(true);
    holder.kill('SIGKILL');
    await untilGone(pid);
    await expect(anEngine({ data })).resolves.toBeDefined();
  });

  test('is taken over from an engine that was left behind', async () => {
    const data = aFolder();
    const file = join(data, 'table.db');
    const leftover = spawn(findEngine(), ['serve', '--port', '0', '--db-path', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => void leftover.kill('SIGKILL'));
    await once(leftover.stderr, 'data');
    writeFileSync(join(data, 'engine.pid'), `${leftover.pid}\n`);
    const gone = once(leftover, 'exit');
    const engine = await anEngine({ data });
    await gone;
    expect(engine.pid).not.toBe(leftover.pid);
  });

  test('does not make it end a process that merely has the number of its last engine', async () => {
    const data = aFolder();
    const innocent = spawn('sleep', ['60'], { stdio: 'ignore' });
    onTestFinished(() => void innocent.kill('SIGKILL'));
    writeFileSync(join(data, 'engine.pid'), `${innocent.pid}\n`);
    await anEngine({ data });
    expect(innocent.exitCode).toBeNull();
    expect(innocent.signalCode).toBeNull();
  });

  async function heldEngine(data: string): Promise<[ChildProcess, number]> {
    const script = fileURLToPath(new URL('../support/engine-holder.ts', import.meta.url));
    const holder = spawn(process.execPath, [script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void holder.kill('SIGKILL'));
    const [line] = await once(holder.stdout, 'data');
    return [holder, Number(String(line))];
  }
});

describe('a missing engine', () => {
  test('is told in a sentence that says what to do', () => {
    const absent = () => {
      throw new Error('MODULE_NOT_FOUND');
    };
    expect(() => findEngine(absent)).toThrow(CannotStart);
    expect(() => findEngine(absent)).toThrow(/set --dynamodb to the URL of a DynamoDB endpoint\.$/);
  });

  test('is told when there is a file that is no program', async () => {
    const binary = join(aFolder(), 'engine');
    writeFileSync(binary, '#!/bin/sh\necho broken >&2\nexit 3\n');
    await expect(startEngine({ binary })).rejects.toThrow(/^The table engine ended \(spawn .* EACCES\)/);
    chmodSync(binary, 0o700);
    await expect(startEngine({ binary })).rejects.toThrow('The table engine ended (exit code 3): broken.');
  });
});

describe('the sweep', () => {
  test('removes expired rows and leaves the others', async () => {
    const { table, rows } = await expiringRows();
    expect(await sweepExpired(table, 2_000_500)).toBe(2);
    expect((await table.getMany(rows)).map(({ SK }) => SK).sort()).toEqual(['due', 'lasting', 'later']);
  });

  test('leaves a row that was given more time after it was read', async () => {
    const { table, rows } = await expiringRows();
    const renewing = {
      ...table,
      async scan(step: Parameters<typeof table.scan>[0]) {
        const page = await table.scan(step);
        await table.put({ PK: 'a', SK: 'old', ttl: 9000 });
        return page;
      },
    };
    expect(await sweepExpired(renewing, 2_000_500)).toBe(1);
    expect((await table.getMany(rows)).map(({ SK }) => SK)).toContain('old');
  });

  test('comes again after a while, also after one that failed, until it is stopped', async () => {
    const { table } = await expiringRows();
    const pauses: number[] = [];
    const failures: unknown[] = [];
    let scans = 0;
    const scanned = Promise.withResolvers<void>();
    const sweep = startSweep({
      clock: { now: () => 2_000_500 },
      report: (error) => failures.push(error),
      async pause(milliseconds, signal) {
        pauses.push(milliseconds);
        if (scans < 2) return;
        scanned.resolve();
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
      table: {
        ...table,
        async scan(step) {
          scans += 1;
          if (scans === 1) throw new Error('not now');
          return table.scan(step);
        },
      },
    });
    await scanned.promise;
    await sweep.stop();
    expect(failures).toEqual([new Error('not now')]);
    expect(pauses).toEqual([60_000, 3_600_000, 25]);
  });

  async function expiringRows() {
    const name = `sweep-${randomUUID()}`;
    await createTable(testWire(), name);
    const table = dynamodbTable({ wire: testWire(), tableName: name });
    const rows = [
      { PK: 'a', SK: 'old', ttl: 1000 },
      { PK: 'b', SK: 'older', ttl: 1 },
      { PK: 'b', SK: 'due', ttl: 2000 },
      { PK: 'c', SK: 'later', ttl: 3000 },
      { PK: 'c', SK: 'lasting' },
    ];
    await table.transact(rows.map((put) => ({ put })));
    return { table, rows };
  }
});

describe('another database', () => {
  const sdk = (endpoint: string): Wire => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const wire = sdkWire(dynamodbClient({ region: 'us-east-1', endpoint, credentials }));
    onTestFinished(() => wire.close());
    return wire;
  };

  test('gets the table, once, and passes the probe without a trace', async () => {
    const name = `probed-${randomUUID()}`;
    const wire = sdk(inject('engine'));
    await prepareDatabase(wire, name);
    await prepareDatabase(wire, name);
    expect(await dynamodbTable({ wire, tableName: name }).scan({ limit: 10 })).toEqual({ items: [], next: undefined });
  });

  test('without transactions is refused', async () => {
    const inner = testWire();
    const wire: Wire = {
      close: () => {},
      send(name, input) {
        if (name === 'TransactWriteItems') throw new WireFailure('wrong', 'UnknownOperationException', '');
        return inner.send(name, input);
      },
    };
    await expect(prepareDatabase(wire, testTableName)).rejects.toThrow(
      /lacks an operation that the service needs \(transactions/,
    );
  });

  test('that does not undo the other half of a transaction is refused', async () => {
    const inner = testWire();
    const wire: Wire = {
      close: () => {},
      async send(name, input) {
        if (name === 'TransactWriteItems' && 'TransactItems' in input) {
          await inner.send('PutItem', { ...(input.TransactItems?.[1]?.Put as { TableName: string; Item: object }) });
        }
        return inner.send(name, input);
      },
    };
    await expect(prepareDatabase(wire, testTableName)).rejects.toThrow(/carries out half of a transaction/);
  });

  test('with another table of this name is refused', async () => {
    const name = `other-${randomUUID()}`;
    const wire = testWire();
    await wire.send('CreateTable', {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
    });
    await expect(prepareDatabase(wire, name)).rejects.toThrow(`The table ${name} has other keys: name another one.`);
  });

  test('that is not there is told without its address', async () => {
    const there = await silentServer((_, response) => response.socket?.destroy());
    const refused = prepareDatabase(sdk(`http://user:secret@127.0.0.1:${there}`), testTableName);
    await expect(refused).rejects.toThrow(/^The DynamoDB endpoint of --dynamodb does not answer \(\w+\)\.$/);
  });

  test('that fails inside is asked again, and then told', async () => {
    let asked = 0;
    const there = await silentServer((_, response) => {
      asked += 1;
      response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' }).end('{"__type":"InternalServerError"}');
    });
    const table = testTable({ wire: engineWire({ endpoint: `http://127.0.0.1:${there}` }), ...impatient });
    await expect(table.get(row)).rejects.toMatchObject({ name: 'Unavailable', cause: { code: 'InternalServerError' } });
    expect(asked).toBe(3);
  });

  test('is given no tokens, which it would look through at every transaction', async () => {
    let heard = '';
    const there = await silentServer((request, response) => {
      request.setEncoding('utf8').on('data', (text) => {
        heard += text;
      });
      request.on('end', () => response.end('{}'));
    });
    const table = testTable({ wire: engineWire({ endpoint: `http://127.0.0.1:${there}` }) });
    expect(await table.transact([{ put: row }])).toBe('done');
    expect(Object.keys(JSON.parse(heard))).toEqual(['TransactItems']);
  });

  async function silentServer(answer: Parameters<typeof createServer>[1]): Promise<number> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
});
