/** Starts the whole service in this process: for `npm start`, and for tests of what is built on it. */
import { join } from 'node:path';
import { ringStore } from '../lambdas/adapters/dynamodb/ring-store.ts';
import type { Announced } from '../lambdas/adapters/local/announce.ts';
import { apiCaller } from '../lambdas/adapters/local/api-caller.ts';
import { type Closing, closing } from '../lambdas/adapters/local/closing.ts';
import { makeDataFolder } from '../lambdas/adapters/local/data-folder.ts';
import { openEndpoints } from '../lambdas/adapters/local/endpoints.ts';
import { startSweep } from '../lambdas/adapters/local/engine-sweep.ts';
import { healthRoute } from '../lambdas/adapters/local/health.ts';
import { type LocalShift, startHousekeeping } from '../lambdas/adapters/local/housekeeping.ts';
import { kmsRoute } from '../lambdas/adapters/local/kms-route.ts';
import { readLimits } from '../lambdas/adapters/local/limits-file.ts';
import { localJobs } from '../lambdas/adapters/local/local-jobs.ts';
import { masterKeyInMemory } from '../lambdas/adapters/local/master-key.ts';
import { openMasterKey } from '../lambdas/adapters/local/open-master-key.ts';
import { openMessages } from '../lambdas/adapters/local/open-messages.ts';
import { openTable } from '../lambdas/adapters/local/open-table.ts';
import type { Outbox } from '../lambdas/adapters/local/outbox.ts';
import { ratesAfterSeeds } from '../lambdas/adapters/local/rates-after-seeds.ts';
import { applySeeds } from '../lambdas/adapters/local/seed.ts';
import { readSeeds } from '../lambdas/adapters/local/seed-file.ts';
import { senderKeys } from '../lambdas/adapters/local/sender-keys.ts';
import { type MillpondOptions, type StartSettings, settle } from '../lambdas/adapters/local/start-settings.ts';
import { type StillClock, stillClock } from '../lambdas/adapters/local/still-clock.ts';
import { type Terminal, terminal } from '../lambdas/adapters/local/terminal.ts';
import { oneMachinePorts, oneMachineWorker } from '../lambdas/adapters/one-machine.ts';
import { keyPairs } from '../lambdas/adapters/system/key-pairs.ts';
import { systemClock } from '../lambdas/adapters/system/system-clock.ts';
import { systemRandom } from '../lambdas/adapters/system/system-random.ts';
import { threadedPowers } from '../lambdas/adapters/system/threaded-powers.ts';
import { noTriggers } from '../lambdas/adapters/triggers/no-triggers.ts';
import type { Operations } from '../lambdas/core/contract/operation.ts';
import type { ServicePorts } from '../lambdas/core/pipeline/exchange.ts';
import { pipeline } from '../lambdas/core/pipeline/pipeline.ts';
import type { Clock } from '../lambdas/core/ports/clock.ts';
import { deploymentOf } from '../lambdas/core/rules/deployment.ts';
import { rooms } from '../lambdas/index.ts';
import { isPage, web } from '../lambdas/web/index.ts';
import { isWellKnown, wellKnown } from '../lambdas/wellknown/index.ts';
import { runDue } from '../lambdas/worker/index.ts';

export type { MillpondOptions } from '../lambdas/adapters/local/start-settings.ts';
export type { StillClock } from '../lambdas/adapters/local/still-clock.ts';

export interface Millpond extends Announced, AsyncDisposable {
  /** Messages with their codes; stays empty where messages are sent. */
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** Answers what is in flight, then ends; calling it again changes nothing. */
  close(): Promise<void>;
}

export function startMillpond(
  options: MillpondOptions & { readonly clock: 'still' | StillClock },
): Promise<StillMillpond>;
export function startMillpond(options?: MillpondOptions): Promise<Millpond>;
export async function startMillpond(options: MillpondOptions = {}): Promise<Millpond> {
  const opened = closing();
  try {
    return await start(options, opened);
  } catch (error) {
    await opened.close();
    options.signal?.throwIfAborted();
    throw error;
  }
}

export interface StillMillpond extends Millpond {
  readonly clock: StillClock;
}

async function start(options: MillpondOptions, opened: Closing): Promise<Millpond> {
  const settings = settle({ ...options, port: options.port ?? 0 });
  const { data, region, account } = settings;
  const seeds = await readSeeds(settings.seed);
  const limits = await readLimits(settings.limits);
  const strictly = await findStrict(settings);
  const clock = clockOf(options);
  const shown = terminal(options.quiet === true, settings.signatures === 'strict');
  const { say, reportFault, logger, jobLog } = shown;
  const functions = await findFunctions(settings, shown);
  if (functions) opened.add(functions.close);

  const { database, wrap, messages, powers } = await openParts(settings, opened, clock, say);
  const { table } = database;
  options.signal?.throwIfAborted();

  // Ports carry the issuer, which has the port of the endpoint in it: whoever is this early waits for them.
  const ports = Promise.withResolvers<ServicePorts>();
  const endpoints = await openEndpoints(settings, {
    entry: pipeline(everyOperation(), () => ports.promise),
    routes: [
      healthRoute(database.requireHealthy),
      messages.route,
      kmsRoute(ports.promise.then(kmsParts)),
      wellKnownRoute(ports.promise),
      ...(functions ? [functions.route] : []),
      pageRoute(ports.promise),
      ...(strictly ? [strictly.route] : []),
    ],
    onFault: reportFault,
  });
  opened.add(endpoints.close);
  const { endpoint, httpsEndpoint, caFile } = endpoints;
  const issuer = settings.issuer ?? endpoint;
  const { jobs, woken } = localJobs();
  const machine = {
    table,
    wrap,
    powers,
    pairs: sparePairs(),
    messenger: messages.messenger,
    logger,
    settings: { issuerBase: issuer, account, region, ...limits },
    clock,
    random: systemRandom,
    versionCheck: settings.dynamodb === undefined ? 'never' : 'always',
    jobs,
    triggers: functions?.triggers ?? noTriggers,
  } as const;
  const limited = oneMachinePorts(machine);
  const { rates, begin } = ratesAfterSeeds(limited.rates);
  const made = { ...limited, rates };
  const strict = await strictly?.open({ table, ports: made, opened, endpoints, outbox: messages.outbox });
  ports.resolve(strict ? { ...made, signatures: strict.signatures } : made);

  functions?.serve({ endpoint, credentials: strict?.credentials, path: process.env['PATH'] });

  if (settings.dynamodb === undefined) opened.add(startSweep({ table, clock, report: reportFault }).stop);
  const worker = { ...made, ...oneMachineWorker(machine, made), jobLog };
  const work = (shift: LocalShift) => runDue(worker, shift);
  opened.add(startHousekeeping({ work, woken, outbox: messages.outbox, report: reportFault }).stop);
  const callerFor = (of: string) => apiCaller(endpoint, of, options.signal, strict?.sign);
  const seeded = await applySeeds(seeds, { callerFor, region });
  begin();
  await functions?.warnOf({ pools: made.pools, poolDirectory: worker.poolDirectory });
  options.signal?.throwIfAborted();

  return {
    endpoint,
    httpsEndpoint,
    caFile,
    issuer,
    region,
    data,
    credentials: strict?.credentials,
    outbox: messages.outbox,
    outboxPage: messages.path && `${endpoint}${messages.path}`,
    triggersPage: functions && `${endpoint}${functions.path}`,
    seeded,
    clock,
    close: opened.close,
    [Symbol.asyncDispose]: opened.close,
  };
}

/** Most starts check no signatures, and load nothing for it. */
async function findStrict(settings: StartSettings) {
  if (settings.signatures === 'open') return undefined;
  const { strictSignatures } = await import('../lambdas/adapters/local/strict-signatures.ts');
  const { credentialsEntry } = await import('../lambdas/credentials/index.ts');
  return strictSignatures(settings, credentialsEntry);
}

/** Most starts run no functions either. */
async function findFunctions(settings: StartSettings, shown: Terminal) {
  if (settings.triggers === undefined) return undefined;
  const { openTriggers } = await import('../lambdas/adapters/local/triggers/open-triggers.ts');
  return openTriggers(settings.triggers, settings, shown);
}

/** What the service stands on. */
async function openParts(settings: StartSettings, opened: Closing, clock: Clock, say: (line: string) => void) {
  const { data } = settings;
  if (data !== undefined) await makeDataFolder(data);
  const database = await openTable(settings, say);
  opened.add(database.close);
  const sealing = { rings: ringStore(database), clock, random: systemRandom };
  const wrap = data === undefined ? masterKeyInMemory() : await openMasterKey(join(data, 'master.key'), sealing);
  const messages = await openMessages(settings, clock, say);
  opened.add(messages.close);
  const powers = threadedPowers();
  opened.add(powers.close);
  return { database, wrap, messages, powers };
}

function clockOf({ clock = systemClock }: MillpondOptions): Clock {
  return clock === 'still' ? stillClock(Date.now()) : clock;
}

const everyOperation = (): Operations => Object.assign({}, ...Object.values(rooms));

function wellKnownRoute(ports: Promise<ServicePorts>) {
  const answers = ports.then(wellKnown);
  return {
    covers: isWellKnown,
    answer: async (request: Parameters<ReturnType<typeof wellKnown>>[0]) => (await answers)(request),
  };
}

function pageRoute(ports: Promise<ServicePorts>) {
  const answers = ports.then(web);
  return {
    covers: isPage,
    answer: async (request: Parameters<ReturnType<typeof web>>[0]) => (await answers)(request),
  };
}

/** The very keys that the service encrypts codes with. */
function kmsParts({ sealer, random, settings, signatures }: ServicePorts) {
  return { keys: senderKeys({ sealer, random, home: deploymentOf(settings) }), signatures };
}

/** Two for the first pool, made while nobody asks for them yet. */
function sparePairs() {
  const pairs = keyPairs(2);
  // What fails here fails again, and is heard of, when a pair is asked for.
  pairs.prepare().catch(() => undefined);
  return pairs;
}
