/** The pages that are derived from the declarations. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { anyone, iam, token } from '../../lambdas/core/contract/callers.ts';
import { operation } from '../../lambdas/core/contract/operation.ts';
import { compatibilityPage } from '../../lambdas/core/contract/pages/compatibility-page.ts';
import { operationsPage } from '../../lambdas/core/contract/pages/operations-page.ts';
import { s } from '../../lambdas/core/contract/shape.ts';
import { rooms } from '../../lambdas/index.ts';
import { plantTree, repository } from '../support/fixture-tree.ts';
import { allOperations } from '../support/operations.ts';

const parts = { input: s.structure({}), errors: [] };
const handle = async (): Promise<void> => {};
const Mow = operation({
  ...parts,
  name: 'Mow',
  caller: iam('Write', 'userpool', ['aws:TagKeys']),
  gaps: ['It is slow.'],
  handle,
});
const Dig = operation({ ...parts, name: 'Dig', caller: token('Read'), gaps: ['It is slow.'], handle });
const Sow = operation({ ...parts, name: 'Sow', caller: anyone() });
const Look = operation({ ...parts, name: 'Look', caller: iam('List', 'none'), handle });
const estate = { garden: { Mow, Dig }, field: { Sow, Look } };

describe('operationsPage', () => {
  test('has a row for each operation: file, caller, action, level, whether it is built', () => {
    const rows = operationsPage(estate)
      .split('\n')
      .filter((line) => line.startsWith('| ['));
    expect(rows).toEqual([
      '| [Dig](../lambdas/garden/operations/Dig.ts) | access token |  | Read | yes |',
      '| [Mow](../lambdas/garden/operations/Mow.ts) | signed, on the pool; `aws:TagKeys` | `cognito-idp:Mow` | Write | yes |',
      '| [Look](../lambdas/field/operations/Look.ts) | signed, on `*` | `cognito-idp:Look` | List | yes |',
      '| [Sow](../lambdas/field/operations/Sow.ts) | anyone |  | Write | no |',
    ]);
  });

  test('lists the gaps of a room below its table', () => {
    expect(operationsPage(estate)).toContain('\n\n- Dig: It is slow.\n- Mow: It is slow.\n\n## field\n');
  });

  test('has every operation of the service once', () => {
    const page = operationsPage(rooms);
    const links = allOperations.map(({ room, name }) => `| [${name}](../lambdas/${room}/operations/${name}.ts) |`);
    expect(links.filter((link) => page.split(link).length !== 2)).toEqual([]);
  });
});

describe('compatibilityPage', () => {
  const page = compatibilityPage(estate, ['It rains.']);

  test('counts what is built', () => {
    expect(page).toContain('3 of 4 operations are built. No difference from the real service is known of 1 of them.');
    expect(page).toContain('| garden | 2 | 2 | 2 |\n| field | 2 | 1 | 0 |');
  });

  test('names a gap once, with the operations that share it', () => {
    expect(page).toContain(
      '## What differs\n\n- It is slow. ([Dig](../lambdas/garden/operations/Dig.ts), [Mow](../lambdas/garden/operations/Mow.ts))\n\n',
    );
  });

  test('lists what is not built, and what differs everywhere', () => {
    expect(page).toMatch(/\n\n- field: \[Sow\]\(..\/lambdas\/field\/operations\/Sow.ts\)\n$/);
    expect(page).toContain('## On every operation\n\n- It rains.\n\n');
  });

  test('says so when nothing is missing', () => {
    const whole = compatibilityPage({ field: { Look } }, ['It rains.']);
    expect(whole).toContain('## What differs\n\nNothing.\n\n## Not built\n');
    expect(whole).toMatch(/\n\nNothing\.\n$/);
  });
});

describe('npm run docs', () => {
  const tree = plantTree({}, ['bin/docs.ts', 'lambdas', 'package.json']);
  symlinkSync(join(repository, 'node_modules'), join(tree.root, 'node_modules'));
  afterAll(() => tree[Symbol.dispose]());
  const docs = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(tree.root, 'bin/docs.ts'), ...args], { encoding: 'utf8' });

  test('finds pages stale that are missing or edited, and writes them anew', () => {
    const page = join(tree.root, 'docs/operations.md');
    expect(docs('--check')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('docs/operations.md is stale'),
    });
    expect(docs()).toMatchObject({ status: 0 });
    const written = readFileSync(page, 'utf8');
    expect(docs('--check')).toMatchObject({ status: 0, stderr: '' });
    appendFileSync(page, 'More.\n');
    expect(docs('--check')).toMatchObject({ status: 1, stderr: 'docs/operations.md is stale: npm run docs\n' });
    docs();
    expect(readFileSync(page, 'utf8')).toBe(written);
  });
});
