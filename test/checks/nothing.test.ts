/** Proves that a check which looked at nothing fails. Imports, unused code and tests prove it beside their rules. */
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plantTree, repository } from '../support/fixture-tree.ts';

const packages = join(repository, 'node_modules');

interface Result {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a script on Node in a folder that holds these copies of ours, and no code. */
function runInEmptyTree(script: string, args: readonly string[], copies: readonly string[]): Result {
  using tree = plantTree({}, copies);
  symlinkSync(packages, join(tree.root, 'node_modules'));
  return run([script, ...args], tree.root);
}

function run(args: readonly string[], cwd: string): Result {
  const env = { ...process.env, PATH: `${join(packages, '.bin')}:${process.env['PATH']}` };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('a check that looked at nothing fails', () => {
  test('npm run lint', () => {
    const { status, output } = runInEmptyTree(
      join(repository, 'tools/check-lint.ts'),
      [],
      ['biome.json', 'biome', '.gitignore'],
    );
    expect(output).toContain('0 files are there');
    expect(status).toBe(1);
  });

  test('npm run types', () => {
    const { status, output } = runInEmptyTree(join(packages, 'typescript/bin/tsc'), ['-p', '.'], ['tsconfig.json']);
    expect(output).toContain('No inputs were found');
    expect(status).not.toBe(0);
  });

  test('npm run check', () => {
    const skipped = ['types', 'unused', 'lint', 'deps', 'docs'].flatMap((name) => ['--skip', name]);
    const { status, output } = run(['tools/check.ts', ...skipped], repository);
    expect(output).toContain('0 of 0 checks passed');
    expect(status).toBe(1);
  });
});

test('npm run check refuses to skip a check that does not exist', () => {
  const { status, output } = run(['tools/check.ts', '--skip', 'linting'], repository);
  expect(output).toContain('No check is called linting.');
  expect(status).toBe(1);
});
