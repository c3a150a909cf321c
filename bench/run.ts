/** `npm run bench`: what the service does in a second on this machine, and what it takes of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boundOf, type CryptoBound, measureBound } from './crypto-bound.ts';
import { buildFixtures, type Fixtures, fill } from './fixtures.ts';
import { measureFunctions } from './functions.ts';
import { growthLimits, measureGrowth, printGrowth } from './growth.ts';
import { type Figures, measure } from './load.ts';
import { measurePurge, printPurge } from './purge.ts';
import { printFunctions, printReport, type Report, type SizeReport } from './report.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { type Served, serve } from './served.ts';
import { type SrpClient, srpClient } from './srp-client.ts';
import { measureUnits } from './units.ts';
import { compareUnknownUsers } from './unknown-users.ts';
import { type ApiWire, apiWire } from './wire.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    seconds: { type: 'string', default: '4' },
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

/** A service on the folder, for as long as the work takes. */
async function serving<T>(
  data: string,
  work: (call: ApiWire['call'], served: Served) => Promise<T>,
  ...options: readonly string[]
): Promise<T> {
  const served = await serve(data, ...options);
  const wire = apiWire(served.endpoint);
  try {
    return await work(wire.call, served);
  } finally {
    wire.close();
    await served.stop();
  }
}

async function run(data: string, srp: SrpClient): Promise<Report> {
  say('What cryptography allows…');
  const bound = await measureBound(seconds / 2);
  // The first start after an installation compiles what later ones find compiled.
  const firstStart = await serving(data, async (_, { firstAnswer }) => firstAnswer);
  const fixtures = await serving(data, (call) => buildFixtures(call, 500));
  const reports: SizeReport[] = [];
  for (const [at, size] of sizes.entries()) {
    say(`Filling the pool to ${size} users…`);
    const filledPerSecond = await serving(data, (call) => fill(call, fixtures, sizes[at - 1] ?? 0, size));
    // A service that has just made them is not the one that people meet.
    const report = await serving(data, (call, served) => measureSize({ call, served, fixtures, srp, size }, bound));
    reports.push({ size, filledPerSecond, ...report });
  }
  say('Unknown users against wrong passwords…');
  const unknownUsers = await serving(data, (call) => compareUnknownUsers(call, fixtures, fixtures.people.length));
  const units = await measureUnits(srp);
  say('Functions as they would be deployed…');
  return { bound, firstStart, sizes: reports, units, unknownUsers, functions: await measureFunctions() };
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

async function measureEach(
  asked: readonly Scenario[],
  bound: CryptoBound,
): Promise<readonly (Figures & { readonly shareOfBound?: number })[]> {
  const figures: (Figures & { readonly shareOfBound?: number })[] = [];
  for (const { name, run: once, cost } of asked) {
    for (const concurrency of concurrencies) {
      say(`${name}, ${concurrency} at a time…`);
      const measured = await measure({ name, concurrency, seconds, run: once });
      figures.push({ ...measured, ...(cost && { shareOfBound: measured.perSecond / boundOf(bound, cost) }) });
    }
  }
  return figures;
}

async function runAll(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'millpond-bench-'));
  const srp = srpClient();
  try {
    const report = await run(data, srp);
    process.stdout.write(printReport(report));
    if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await srp.close();
    await rm(data, { recursive: true, force: true });
  }
}

async function runManagement(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'millpond-bench-'));
  try {
    const limits = join(data, 'limits.json');
    await writeFile(limits, JSON.stringify(growthLimits));
    const growths = await serving(data, (call) => measureGrowth(call, say), '--limits', limits);
    process.stdout.write(`${printGrowth(growths).join('\n')}\n`);
    process.stdout.write(`${printPurge(await measurePurge(Math.max(...sizes), say)).join('\n')}\n`);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

if (values.management) await runManagement();
else if (values.functions) process.stdout.write(`${printFunctions(await measureFunctions()).join('\n')}\n`);
else await runAll();
