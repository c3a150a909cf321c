/** What the bundled functions weigh, and how long they take to load and to answer for the first time, on one core. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEngine } from '../lambdas/adapters/local/engine.ts';
import { prepareDatabase } from '../lambdas/adapters/local/engine-probe.ts';
import { engineWire } from '../lambdas/adapters/local/engine-wire.ts';
import { startSmallKms } from '../test/support/small-kms.ts';

export interface FunctionFigures {
  readonly name: string;
  /** Of all files that its start loads. */
  readonly kilobytes: number;
  /** Medians, in milliseconds, of processes that had one core. */
  readonly load: number;
  /** From the start of the process. */
  readonly firstAnswer: number;
}

const samples = 9;
const tableName = 'millpond-functions';
const root = fileURLToPath(new URL('..', import.meta.url));

/** Of the functions as they would be deployed, with a table and a KMS of this machine. */
export async function measureFunctions(): Promise<readonly FunctionFigures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-synth-'));
  const [engine, kms] = await Promise.all([startEngine(), startSmallKms()]);
  const wire = engineWire(engine);
  try {
    await prepareDatabase(wire, tableName);
    const environment = {
      ...told,
      WRAP_KEY_ARN: kms.wrapKeyArn,
      SIGNING_KEYS: JSON.stringify(kms.signingKeys),
      AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
      AWS_ENDPOINT_URL_KMS: kms.url,
    };
    const figures: FunctionFigures[] = [];
    for (const bundle of await synthesise(folder)) figures.push(await measureFunction(bundle, environment));
    return figures;
  } finally {
    wire.close();
    await Promise.all([engine.stop(), kms.close(), rm(folder, { recursive: true, force: true })]);
  }
}

interface Bundle {
  readonly name: string;
  readonly path: string;
}

/** With an edge each room has a function; without, all of them share one. */
async function synthesise(folder: string): Promise<readonly Bundle[]> {
  const found = await Promise.all(
    ['edge', 'direct'].map(async (routing) => {
      const output = join(folder, routing);
      await promisify(execFile)('npx', ['cdk', 'synth', '-q', '-c', `routing=${routing}`, '-o', output], { cwd: root });
      return bundlesIn(output);
    }),
  );
  return [...new Map(found.flat().map((bundle) => [bundle.name, bundle])).values()];
}

async function bundlesIn(folder: string): Promise<readonly Bundle[]> {
  const templates = (await readdir(folder)).filter((name) => name.endsWith('.template.json'));
  const texts = await Promise.all(templates.map((name) => readFile(join(folder, name), 'utf8')));
  const resources = texts.flatMap((text) => Object.values<Resource>(JSON.parse(text).Resources));
  return resources.flatMap(({ Type, Properties, Metadata }) => {
    const name = Properties?.Environment?.Variables?.['ROOM'];
    const asset = Metadata?.['aws:asset:path'];
    if (Type !== 'AWS::Lambda::Function' || typeof name !== 'string' || asset === undefined) return [];
    return [{ name, path: join(folder, asset, 'index.mjs') }];
  });
}

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> } };
  readonly Metadata?: Readonly<Record<string, string>>;
}

async function measureFunction({ name, path }: Bundle, environment: Environment): Promise<FunctionFigures> {
  const starts: Start[] = [];
  for (let made = 0; made < samples; made += 1) starts.push(await startOnce(path, { ...environment, ROOM: name }));
  return {
    name,
    kilobytes: (await bytesAtStart(path)) / 1024,
    load: median(starts.map(({ load }) => load)),
    firstAnswer: median(starts.map(({ answered }) => answered)),
  };
}

/** Of a file and of those that it imports, but for those that wait for `import()`. */
async function bytesAtStart(path: string, seen: Set<string> = new Set()): Promise<number> {
  if (seen.has(path)) return 0;
  seen.add(path);
  const code = await readFile(path, 'utf8');
  let bytes = Buffer.byteLength(code);
  for (const [, imported] of code.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) {
    bytes += await bytesAtStart(join(dirname(path), imported ?? ''), seen);
  }
  return bytes;
}

type Environment = Readonly<Record<string, string>>;

interface Start {
  readonly load: number;
  readonly answered: number;
}

/** Nobody is signed in by it: what is measured is what every request waits for, with a read of the table. */
const event = {
  version: '2.0',
  rawPath: '/_api/auth',
  rawQueryString: '',
  headers: {
    host: 'localhost',
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
  },
  body: JSON.stringify({
    ClientId: 'x'.repeat(26),
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'a', PASSWORD: 'b' },
  }),
  isBase64Encoded: false,
  requestContext: { stage: '$default', http: { method: 'POST', sourceIp: '127.0.0.1' } },
};

const queued = { Records: [{ body: '{"job":"none"}' }] };

const program = `
  const [path, event] = process.argv.slice(1);
  const began = performance.now();
  const { handler } = await import(path);
  const load = performance.now() - began;
  await handler(JSON.parse(event), { awsRequestId: crypto.randomUUID(), getRemainingTimeInMillis: () => 60_000 });
  process.send({ load, answered: performance.now() }, () => process.exit());
`;

async function startOnce(path: string, environment: Environment): Promise<Start> {
  const sent = JSON.stringify(environment['ROOM'] === 'worker' ? queued : event);
  const [command, ...options] = onOneCore(['--input-type=module', '-e', program, path, sent]);
  const child = spawn(command ?? process.execPath, options, {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [start] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${path} ended without an answer`))),
  ]);
  // Only the program above sends something.
  return start as Start;
}

const onOneCore = (options: readonly string[]): readonly string[] =>
  existsSync('/usr/bin/taskset')
    ? ['/usr/bin/taskset', '-c', '0', process.execPath, ...options]
    : [process.execPath, ...options];

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const told = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  ACCOUNT_ID: '111122223333',
  PARTITION: 'aws',
  TABLE_NAME: tableName,
  SIGNING: 'kms',
  ISSUER_BASE: 'https://localhost',
  OWN_HOSTS: 'localhost',
  SMS: 'outbox',
  POWERTOOLS_SERVICE_NAME: 'millpond',
};
