/** Starts what the whole run shares: a database engine, with a table in which each test builds pools, and a synthesiser. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import { type Engine, startEngine } from '../../lambdas/adapters/local/engine.ts';
import { engineWire } from '../../lambdas/adapters/local/engine-wire.ts';
import { type Synthesiser, startSynthesiser } from './cloud/synthesiser.ts';
import { repository } from './fixture-tree.ts';
import { laggingTableName, testTableName } from './table-names.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the engine of this run answers. */
    readonly engine: string;
    /** Where the CDK app of this run is synthesised. */
    readonly synthesiser: string;
    /** A folder for deployments that workers have synthesised for each other. */
    readonly syntheses: string;
  }
}

let engine: Engine | undefined;
let synthesiser: Synthesiser | undefined;
let syntheses: string | undefined;

export async function setup(project: TestProject): Promise<void> {
  // As `npm start` has it; for the workers and for every program that a test starts.
  process.env['NODE_COMPILE_CACHE'] ??= join(repository, 'node_modules/.cache/millpond');
  [engine, synthesiser] = await Promise.all([startEngine({ prepare: createTables }), startSynthesiser()]);
  project.provide('engine', engine.endpoint);
  project.provide('synthesiser', synthesiser.endpoint);
  project.onTestsRerun(synthesiser.restart);
  syntheses = await shareFolder(project);
}

/** Empty again where a changed file has tests run once more. */
async function shareFolder(project: TestProject): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-syntheses-'));
  project.provide('syntheses', folder);
  project.onTestsRerun(async () => {
    for (const name of await readdir(folder)) await rm(join(folder, name));
  });
  return folder;
}

export async function teardown(): Promise<void> {
  await Promise.all([engine?.stop(), synthesiser?.stop(), syntheses && rm(syntheses, { recursive: true })]);
}

async function createTables(endpoint: string): Promise<void> {
  const wire = engineWire({ endpoint });
  await createTable(wire, testTableName);
  await createTable(wire, laggingTableName);
  wire.close();
}
