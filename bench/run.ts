/** `npm run bench`: what the service does in a second on this machine, and what it takes of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boundOf, type CryptoBound, measureBound } from './crypto-bound.ts';
import { buildFixtures, fill } from './fixtures.ts';
import { type Figures, measure } from './load.ts';
import { printReport, type Report, type SizeReport } from './report.ts';
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

interface Running {
  readonly wire: ApiWire;
  readonly served: Served;
}

async function run(data: string, srp: SrpClient): Promise<Report> {
  say('What cryptography allows…');
  const bound = await measureBound(seconds / 2);
  // The first start after an installation compiles what later ones find compiled.
  const first = await serve(data);
  await first.stop();
  const served = await serve(data);
  const wire = apiWire(served.endpoint);
  try {
    const report = await measureAll({ wire, served }, srp, bound);
    const units = await measureUnits(srp);
    return { bound, firstStart: first.firstAnswer, firstAnswer: served.firstAnswer, units, ...report };
  } finally {
    wire.close();
    await served.stop();
  }
}

async function measureAll({ wire, served }: Running, srp: SrpClient, bound: CryptoBound) {
  const call = wire.call;
  const fixtures = await buildFixtures(call, 500);
  let size = 0;
  const all = scenarios({ call, fixtures, srp, size: () => size }).filter(({ name }) => pattern.test(name));
  const reports: SizeReport[] = [];
  for (const next of sizes) {
    say(`Filling the pool to ${next} users…`);
    const filledPerSecond = await fill(call, fixtures, size, next);
    const isFirst = size === 0;
    size = next;
    const figures = await measureEach(
      all.filter(({ dependsOnSize }) => isFirst || dependsOnSize === true),
      bound,
    );
    reports.push({ size, filledPerSecond, figures, residentMegabytes: await served.residentMegabytes() });
  }
  say('Unknown users against wrong passwords…');
  return { sizes: reports, unknownUsers: await compareUnknownUsers(call, fixtures, fixtures.people.length) };
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
