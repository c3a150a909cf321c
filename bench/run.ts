/** `npm run bench`: what the service does in a second on this machine, and what it takes of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boundOf, type CryptoBound, measureBound } from './crypto-bound.ts';
import { buildFixtures, type Fixtures, fill } from './fixtures.ts';
import { measureFunctions } from './functions.ts';
import { growthLimits, measureGrowth, printGrowth } from './growth.ts';
import { measure } from './load.ts';
import { measurePurge, printPurge } from './purge.ts';
import {
  printBound,
  printFirstStart,
  printFunctions,
  printSize,
  printSteps,
  printUnits,
  printUnknownUsers,
  type Report,
  type SharedFigures,
  type SizeReport,
} from './report.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { type Served, serve, serveProgram } from './served.ts';
import { type SrpClient, srpClient } from './srp-client.ts';
import { measureSteps } from './step-load.ts';
import { stepScenarios } from './step-scenarios.ts';
import { measureUnits } from './units.ts';
import { compareUnknownUsers } from './unknown-users.ts';
import { type ApiWire, apiWire } from './wire.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    seconds: { type: 'string', default: '3' },
    concurrency: { type: 'string', default: '1,16' },
    only: { type: 'string' },
    json: { type: 'string' },
    // Of the functions alone, in a quarter of a minute.
    functions: { type: 'boolean', default: false },
    // Of what administrators do, with few and with many of everything.
    management: { type: 'boolean', default: false },
  },
});
const sizes = numbers(values.sizes);
const seconds = Number(values.seconds);
const concurrencies = numbers(values.concurrency);
const pattern = new RegExp(values.only ?? '', 'i');

function numbers(text: string): readonly number[] {
  const all = text.split(',').map(Number);
  if (!all.every((number) => Number.isInteger(number) && number > 0)) throw new Error(`${text} are not numbers.`);
  return all;
}

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

type Work<T> = (call: ApiWire['call'], served: Served) => Promise<T>;

/** A service on the folder, for as long as the work takes. */
const serving = <T>(data: string, work: Work<T>, ...options: readonly string[]): Promise<T> =>
  during(serve(data, ...options), work);

async function during<T>(starting: Promise<Served>, work: Work<T>): Promise<T> {
  const served = await starting;
  const wire = apiWire(served.endpoint);
  try {
    return await work(wire.call, served);
  } finally {
    wire.close();
    await served.stop();
  }
}

/** Each part is printed, and in the file, as soon as it is there: what fails later takes nothing of it away. */
async function run(data: string, srp: SrpClient): Promise<void> {
  const publish = publisher();
  say('What cryptography allows…');
  const bound = await measureBound(seconds / 2);
  await publish({ bound }, printBound(bound));
  // The first start after an installation compiles what later ones find compiled.
  const firstStart = await serving(data, async (_, { firstAnswer }) => firstAnswer);
  await publish({ firstStart }, printFirstStart(firstStart));
  const steps = await inFolder((folder) => measureStepScenarios(folder, srp, bound));
  await publish({ steps }, printSteps(steps));
  const fixtures = await serving(data, (call) => buildFixtures(call, 500));
  await runSizes(data, { fixtures, srp, bound }, publish);
  say('Users and names of nobody…');
  const unknownUsers = await serving(data, (call) => compareUnknownUsers({ call, fixtures, srp, samples: 500 }));
  await publish({ unknownUsers }, printUnknownUsers(unknownUsers));
  const units = await measureUnits(srp);
  await publish({ units }, printUnits(units));
  say('Functions as they would be deployed…');
  const functions = await measureFunctions();
  await publish({ functions }, printFunctions(functions));
}

type Publish = (part: Partial<Report>, lines: readonly string[]) => Promise<void>;

interface Given {
  readonly fixtures: Fixtures;
  readonly srp: SrpClient;
  readonly bound: CryptoBound;
}

async function runSizes(data: string, { bound, ...given }: Given, publish: Publish): Promise<void> {
  const reports: SizeReport[] = [];
  for (const [at, size] of sizes.entries()) {
    say(`Filling the pool to ${size} users…`);
    const filledPerSecond = await serving(data, (call) => fill(call, given.fixtures, sizes[at - 1] ?? 0, size));
    // A service that has just made them is not the one that people meet.
    const measured = await serving(data, (call, served) => measureSize({ call, served, size, ...given }, bound));
    const report = { size, filledPerSecond, ...measured };
    reports.push(report);
    await publish({ sizes: reports }, printSize(report));
  }
}

function publisher(): Publish {
  let report: Partial<Report> = {};
  return async (part, lines) => {
    report = { ...report, ...part };
    process.stdout.write(`${lines.join('\n')}\n\n`);
    if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  };
}

/** Their people have more rows than others, so they are in a table of their own. */
async function measureStepScenarios(
  data: string,
  srp: SrpClient,
  bound: CryptoBound,
): Promise<readonly SharedFigures[]> {
  const figures: SharedFigures[] = [];
  const asked = stepScenarios.filter(({ name }) => pattern.test(name));
  await during(serveProgram('bench/with-functions.ts', data), async (call, { endpoint }) => {
    for (const { name, cost, most, open } of asked) {
      say(`${name}: making people…`);
      const begin = await open({ call, endpoint, srp, count: 300 });
      for (const concurrency of concurrencies) {
        say(`${name}, ${concurrency} at a time…`);
        const measured = await measureSteps({ name, concurrency, seconds: seconds / 2, most, begin });
        figures.push({ ...measured, shareOfBound: measured.perSecond / boundOf(bound, cost) });
      }
    }
  });
  return figures;
}

interface Measured {
  readonly call: ApiWire['call'];
  readonly served: Served;
  readonly fixtures: Fixtures;
  readonly srp: SrpClient;
  readonly size: number;
}

async function measureSize({ call, served, fixtures, srp, size }: Measured, bound: CryptoBound) {
  const all = scenarios({ call, fixtures, srp, size }).filter(({ name }) => pattern.test(name));
  const asked = all.filter(({ dependsOnSize }) => size === sizes[0] || dependsOnSize === true);
  const figures = await measureEach(asked, bound);
  return { firstAnswer: served.firstAnswer, figures, residentMegabytes: await served.residentMegabytes() };
}

async function measureEach(asked: readonly Scenario[], bound: CryptoBound): Promise<readonly SharedFigures[]> {
  const figures: SharedFigures[] = [];
  for (const { name, run: once, cost } of asked) {
    for (const concurrency of concurrencies) {
      say(`${name}, ${concurrency} at a time…`);
      const measured = await measure({ name, concurrency, seconds, run: once });
      figures.push({ ...measured, ...(cost && { shareOfBound: measured.perSecond / boundOf(bound, cost) }) });
    }
  }
  return figures;
}

async function inFolder<T>(work: (data: string) => Promise<T>): Promise<T> {
  const data = await mkdtemp(join(tmpdir(), 'millpond-bench-'));
  try {
    return await work(data);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function runAll(): Promise<void> {
  const srp = srpClient();
  try {
    await inFolder((data) => run(data, srp));
  } finally {
    await srp.close();
  }
}

async function runManagement(): Promise<void> {
  await inFolder(async (data) => {
    const limits = join(data, 'limits.json');
    await writeFile(limits, JSON.stringify(growthLimits));
    const growths = await serving(data, (call) => measureGrowth(call, say), '--limits', limits);
    process.stdout.write(`${printGrowth(growths).join('\n')}\n`);
  });
  process.stdout.write(`${printPurge(await measurePurge(Math.max(...sizes), say)).join('\n')}\n`);
}

if (values.management) await runManagement();
else if (values.functions) process.stdout.write(`${printFunctions(await measureFunctions()).join('\n')}\n`);
else await runAll();
