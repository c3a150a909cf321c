/** Proves that a run is counted as it went: nothing that failed is lost, and no run without tests passes. */
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plantTree, repository } from '../support/fixture-tree.ts';

const config = `import { defineConfig } from 'vitest/config';
import { TallyReporter } from './tools/tally-reporter.ts';
export default defineConfig({ test: { include: ['**/*.test.ts'], reporters: [new TallyReporter()] } });
`;

function run(files: Readonly<Record<string, string>>, ...args: string[]) {
  using tree = plantTree({ 'vitest.config.ts': config, ...files }, ['tools/tally-reporter.ts', 'package.json']);
  symlinkSync(join(repository, 'node_modules'), join(tree.root, 'node_modules'));
  const file = join(tree.root, 'tally');
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const env = { PATH: process.env['PATH'], TALLY_FILE: file };
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', ...args], {
    cwd: tree.root,
    env,
    encoding: 'utf8',
  });
  return { status, last: stdout.trimEnd().split('\n').at(-1), file: readFileSync(file, 'utf8') };
}

const head = "import { describe, expect, test } from 'vitest';\n";
const good = `${head}test('a', () => expect(1).toBe(1));\ndescribe('b', () => test('c', () => expect(1).toBe(1)));\n`;
const bad = `${head}test('d', () => expect(1).toBe(2));\n`;

describe('the tally of a test run', () => {
  test('counts what passed and ends the output', () => {
    expect(run({ 'good.test.ts': good })).toEqual({
      status: 0,
      last: '2 passed, 0 failed',
      file: '2 passed, 0 failed\n',
    });
  });

  test('counts what failed', () => {
    const { status, last } = run({ 'good.test.ts': good, 'bad.test.ts': bad });
    expect([status, last]).toEqual([1, '2 passed, 1 failed']);
  });

  test('counts a file that does not load as a failure', () => {
    const { status, last } = run({ 'good.test.ts': good, 'broken.test.ts': "import './missing.ts';\n" });
    expect([status, last]).toEqual([1, '2 passed, 1 failed']);
  });

  test('counts an error outside of any test as a failure', () => {
    const stray = `${head}test('e', () => void Promise.reject(new Error('stray')));\n`;
    const { status, last } = run({ 'stray.test.ts': stray });
    expect([status, last]).toEqual([1, '1 passed, 1 failed']);
  });

  test('fails a run in which no test ran', () => {
    const { status, last } = run({ 'good.test.ts': good }, '-t', 'nothing is called this');
    expect([status, last]).toEqual([1, '0 passed, 0 failed']);
  });
});
