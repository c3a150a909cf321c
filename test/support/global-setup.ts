/** Starts one database engine for the whole run, with one table that all tests share: each builds pools of its own. */
import type { TestProject } from 'vitest/node';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import { type Engine, startEngine } from '../../lambdas/adapters/local/engine.ts';
import { engineWire } from '../../lambdas/adapters/local/engine-wire.ts';
import { laggingTableName, testTableName } from './table-names.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the engine of this run answers. */
    readonly engine: string;
  }
}

let engine: Engine | undefined;

export async function setup({ provide }: TestProject): Promise<void> {
  engine = await startEngine({ prepare: createTables });
  provide('engine', engine.endpoint);
}

export async function teardown(): Promise<void> {
  await engine?.stop();
}

async function createTables(endpoint: string): Promise<void> {
  const wire = engineWire({ endpoint });
  await createTable(wire, testTableName);
  await createTable(wire, laggingTableName);
  wire.close();
}
