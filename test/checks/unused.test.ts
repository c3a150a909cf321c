/** Proves that `npm run unused` still finds what nobody uses, and fails when it looked at nothing. */
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plantTree, repository } from '../support/fixture-tree.ts';

const manifest = (dependencies: Readonly<Record<string, string>>): string =>
  JSON.stringify({ name: 'fixture', private: true, type: 'module', dependencies });

function findUnused(files: Readonly<Record<string, string>>): {
  readonly status: number | null;
  readonly output: string;
} {
  using tree = plantTree(files, ['knip.json', 'tsconfig.json', 'tools/unused-reporter.ts']);
  symlinkSync(join(repository, 'node_modules'), join(tree.root, 'node_modules'));
  const knip = join(repository, 'node_modules/knip/bin/knip.js');
  const args = [knip, '--no-config-hints', '--reporter', 'symbols', '--reporter', './tools/unused-reporter.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree.root, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const entry = "import { used } from '../lambdas/core/rules/planted.ts';\n\nconsole.log(used);\n";

describe('npm run unused', () => {
  test('passes where everything is used', () => {
    const { status, output } = findUnused({
      'package.json': manifest({}),
      'bin/serve.ts': entry,
      'lambdas/core/rules/planted.ts': 'export const used = 1;\n',
    });
    expect(output).toContain('3 files read');
    expect(status).toBe(0);
  });

  test('finds a file, an export, a type and a package that nobody uses', () => {
    const { status, output } = findUnused({
      'package.json': manifest({ hono: '4.13.19' }),
      'bin/serve.ts': entry,
      'lambdas/core/rules/planted.ts': 'export const used = 1;\nexport const idle = 2;\nexport type IdleType = 3;\n',
      'lambdas/core/rules/lonely.ts': 'export const lonely = 1;\n',
    });
    expect(output).toMatch(/^lambdas\/core\/rules\/lonely\.ts/m);
    expect(output).toMatch(/^idle /m);
    expect(output).toMatch(/^IdleType /m);
    expect(output).toMatch(/^hono /m);
    expect(status).toBe(1);
  });

  test('fails when knip looked at less than there is', () => {
    const { status, output } = findUnused({
      'package.json': manifest({}),
      'knip.json': JSON.stringify({ entry: ['bin/*.ts'], project: ['bin/**/*.ts'] }),
      'bin/serve.ts': "console.log('alone');\n",
      'lambdas/core/rules/unread.ts': 'export const unread = 1;\n',
    });
    expect(output).toContain('knip did not look at all of them');
    expect(status).toBe(1);
  });
});
