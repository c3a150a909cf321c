/** `npm run check`: every check that is no test, side by side, with one summary. `--skip NAME` leaves one out. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

/** The longest first, so that the others fit beside it. */
const checks: readonly Check[] = [
  { name: 'types', args: ['run', 'types'] },
  { name: 'unused', args: ['run', 'unused'] },
  { name: 'lint', args: ['run', 'lint'] },
  { name: 'deps', args: ['run', 'deps'] },
  { name: 'docs', args: ['run', 'docs', '--', '--check'] },
];

function run({ name, args }: Check): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn('npm', ['--silent', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const end = (ok: boolean, output = Buffer.concat(chunks).toString()): void =>
      resolve({ name, ok, seconds: (performance.now() - started) / 1000, output });
    child.on('error', (error) => end(false, String(error)));
    child.on('close', (code) => end(code === 0));
  });
}

/** Runs as many at a time as there are cores, and tells of each when it ends. */
async function runAll(selected: readonly Check[]): Promise<readonly Outcome[]> {
  const queue = [...selected];
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const outcome = await run(check);
      outcomes.push(outcome);
      console.log(`${outcome.ok ? 'ok  ' : 'FAIL'} ${outcome.name.padEnd(7)} ${outcome.seconds.toFixed(1)} s`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return outcomes;
}

function select(skipped: readonly string[]): readonly Check[] {
  const unknown = skipped.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) throw new Error(`No check is called ${unknown.join(' or ')}.`);
  return checks.filter((check) => !skipped.includes(check.name));
}

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { skip: { type: 'string', multiple: true, default: [] } } });
const outcomes = await runAll(select(values.skip));
const failed = outcomes.filter((outcome) => !outcome.ok);
for (const { name, output } of failed) console.log(`\n--- ${name} ---\n${output.trimEnd()}`);
const count = `${outcomes.length - failed.length} of ${outcomes.length} checks passed`;
console.log(failed.length === 0 ? count : `\n${count}; failed: ${failed.map(({ name }) => name).join(', ')}`);
process.exitCode = failed.length === 0 && outcomes.length > 0 ? 0 : 1;
