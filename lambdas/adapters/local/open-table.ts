/** Opens the table of a start: in the embedded engine, or in the database that was named. */
import { dynamodbTable } from '../dynamodb/dynamodb-table.ts';
import type { Table } from '../dynamodb/table.ts';
import { createTable } from '../dynamodb/table-definition.ts';
import { WireFailure } from '../dynamodb/wire-failures.ts';
import { lockFolder } from './data-lock.ts';
import { startEngine } from './engine.ts';
import { prepareDatabase } from './engine-probe.ts';
import { EngineFailed } from './engine-process.ts';
import { engineWire } from './engine-wire.ts';
import type { StartSettings } from './start-settings.ts';

export interface OpenTable {
  readonly table: Table;
  /** Rejects unless the database answers. */
  requireHealthy(): Promise<unknown>;
  /** With everything written. */
  close(): Promise<void>;
}

/** Hears, as sentences, of what happens while it is open. */
export type Report = (sentence: string) => void;

const tableName = 'millpond';

export const openTable = (settings: StartSettings, report: Report): Promise<OpenTable> =>
  settings.dynamodb === undefined ? openEmbedded(settings, report) : openNamed(settings, settings.dynamodb);

async function openEmbedded({ data }: StartSettings, report: Report): Promise<OpenTable> {
  const engine = await startEngine({ data, prepare: prepareEngine, report });
  const wire = engineWire(engine);
  return {
    table: dynamodbTable({ wire, tableName }),
    requireHealthy: () => engine.requireHealthy(),
    async close() {
      wire.close();
      await engine.stop();
    },
  };
}

/** An engine in memory that was started again has no table any more. */
async function prepareEngine(endpoint: string): Promise<void> {
  const wire = engineWire({ endpoint });
  try {
    await createTable(wire, tableName);
  } catch (error) {
    // On a full disk, say. Nothing of what a caller sent is in the words of the engine yet.
    throw error instanceof WireFailure ? new EngineFailed(`The table engine makes no table (${error.detail})`) : error;
  } finally {
    wire.close();
  }
}

async function openNamed({ data, region }: StartSettings, endpoint: string): Promise<OpenTable> {
  // The SDK takes a while to load, and the embedded engine does without it.
  const { dynamodbClient, sdkWire } = await import('../dynamodb/sdk-wire.ts');
  const lock = data === undefined ? undefined : await lockFolder(data);
  const wire = sdkWire(dynamodbClient({ region, endpoint, credentials: credentialsOf(endpoint) }));
  try {
    await prepareDatabase(wire, tableName);
  } catch (error) {
    wire.close();
    lock?.release();
    throw error;
  }
  return {
    table: dynamodbTable({ wire, tableName }),
    requireHealthy: () => wire.send('DescribeTable', { TableName: tableName }),
    async close() {
      wire.close();
      lock?.release();
    },
  };
}

/** A stand-in for DynamoDB takes any; DynamoDB itself knows those that the SDK finds. */
const credentialsOf = (endpoint: string) =>
  /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname)
    ? undefined
    : { accessKeyId: 'local', secretAccessKey: 'local' };
