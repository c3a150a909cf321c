/** Proves that each row of the table of layers still refuses the import it is there for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { blindSpots } from '../../tools/blind-spots.ts';
import { type Findings, findViolations } from '../../tools/cruise.ts';
import { rows, rules } from '../../tools/layers.ts';
import { plantTree, repository } from '../support/fixture-tree.ts';

interface Forbidden {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const forbidden: readonly Forbidden[] = [
  { rule: 'model-stands-alone', from: 'lambdas/core/model/a.ts', to: 'lambdas/core/contract/target.ts' },
  { rule: 'ports-speak-of-the-model', from: 'lambdas/core/ports/a.ts', to: 'lambdas/core/contract/target.ts' },
  { rule: 'core-has-no-outside', from: 'lambdas/core/rules/a.ts', to: 'lambdas/adapters/dynamodb/target.ts' },
  { rule: 'core-has-no-outside', from: 'lambdas/core/rules/b.ts', to: 'node:fs' },
  { rule: 'core-has-no-outside', from: 'lambdas/core/rules/c.ts', to: 'shipped' },
  { rule: 'core-has-no-outside', from: 'lambdas/core/rules/d.ts', to: 'lambdas/users/target.ts' },
  { rule: 'rooms-are-apart', from: 'lambdas/users/operations/a.ts', to: 'lambdas/groups/target.ts' },
  { rule: 'rooms-are-apart', from: 'lambdas/users/b.ts', to: 'lambdas/adapters/dynamodb/target.ts' },
  { rule: 'rooms-are-apart', from: 'lambdas/users/c.ts', to: 'shipped' },
  { rule: 'rooms-are-apart', from: 'lambdas/users/d.ts', to: 'node:process' },
  { rule: 'rooms-are-apart', from: 'lambdas/users/f.ts', to: 'node:sqlite' },
  { rule: 'pages-are-apart', from: 'lambdas/web/a.ts', to: 'shipped' },
  { rule: 'pages-are-apart', from: 'lambdas/web/b.ts', to: 'lambdas/users/target.ts' },
  { rule: 'handlers-compose-one-room', from: 'lambdas/users/handler.ts', to: 'lambdas/index.ts' },
  { rule: 'one-handler-composes-all', from: 'lambdas/handler.ts', to: 'lambdas/adapters/dynamodb/target.ts' },
  { rule: 'index-lists-rooms', from: 'lambdas/index.ts', to: 'lambdas/adapters/dynamodb/target.ts' },
  { rule: 'adapters-answer-ports', from: 'lambdas/adapters/dynamodb/a.ts', to: 'lambdas/users/target.ts' },
  { rule: 'one-machine-stays-home', from: 'lambdas/adapters/aws.ts', to: 'lambdas/adapters/local/target.ts' },
  { rule: 'infrastructure-reads-data', from: 'lib/a.ts', to: 'lambdas/adapters/dynamodb/target.ts' },
  { rule: 'product-without-tests', from: 'bin/serve.ts', to: 'test/support/target.ts' },
  { rule: 'entry-points-are-last', from: 'test/core/a.ts', to: 'bin/serve.ts' },
  { rule: 'tools-stand-apart', from: 'tools/a.ts', to: 'lambdas/core/rules/target.ts' },
  { rule: 'no-missing-files', from: 'lambdas/users/e.ts', to: 'lambdas/users/missing.ts' },
  { rule: 'no-development-packages', from: 'lambdas/adapters/system/a.ts', to: 'unshipped' },
  { rule: 'no-cycles', from: 'lambdas/groups/a.ts', to: 'lambdas/groups/b.ts' },
];

const allowed: readonly Omit<Forbidden, 'rule'>[] = [
  { from: 'lambdas/core/rules/hash.ts', to: 'node:crypto' },
  { from: 'lambdas/users/operations/good.ts', to: 'lambdas/users/target.ts' },
  { from: 'lambdas/users/operations/better.ts', to: 'lambdas/core/rules/target.ts' },
  { from: 'lambdas/users/operations/best.ts', to: 'node:crypto' },
  { from: 'lambdas/adapters/system/good.ts', to: 'lambdas/core/ports/target.ts' },
  { from: 'lambdas/adapters/system/better.ts', to: 'node:sqlite' },
  { from: 'lambdas/adapters/one-machine.ts', to: 'lambdas/adapters/local/target.ts' },
  { from: 'test/core/good.ts', to: 'lambdas/users/target.ts' },
  { from: 'test/local/good.ts', to: 'bin/start-millpond.ts' },
  { from: 'lib/good.ts', to: 'lambdas/index.ts' },
];

const targets = [
  'bin/start-millpond.ts',
  'lambdas/adapters/dynamodb/target.ts',
  'lambdas/adapters/local/target.ts',
  'lambdas/core/contract/target.ts',
  'lambdas/core/ports/target.ts',
  'lambdas/core/rules/target.ts',
  'lambdas/groups/target.ts',
  'lambdas/users/target.ts',
  'test/support/target.ts',
];

const plain = (module: string): boolean => !module.includes('/');

/** Types alone, because a row must see those too. */
const importing = (from: string, to: string): string => {
  const up = '../'.repeat(from.split('/').length - 1);
  return `import type { A } from '${plain(to) ? to : `${up}${to}`}';\n\nexport type B = A;\n`;
};

const packageFiles = (name: string): Readonly<Record<string, string>> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({
    name,
    version: '1.0.0',
    type: 'module',
    exports: './main.js',
  }),
  [`node_modules/${name}/main.js`]: 'export const A = 1;\n',
});

const fixtures = {
  ...Object.fromEntries(targets.map((file) => [file, 'export type A = 1;\n'])),
  ...Object.fromEntries([...forbidden, ...allowed].map(({ from, to }) => [from, importing(from, to)])),
  // The way back; a cycle is told of once.
  'lambdas/groups/b.ts': importing('lambdas/groups/b.ts', 'lambdas/groups/a.ts'),
  ...packageFiles('shipped'),
  ...packageFiles('unshipped'),
  'package.json': JSON.stringify({
    name: 'fixture',
    dependencies: { shipped: '1' },
    devDependencies: { unshipped: '1' },
  }),
};

let findings: Findings;

beforeAll(async () => {
  using tree = plantTree(fixtures, ['tsconfig.json']);
  findings = await findViolations(tree.root);
});

/** How a target reads in a finding: built-in modules without their prefix, packages by their file. */
const isTarget = (found: string, to: string): boolean =>
  plain(to)
    ? found.replace('node:', '') === to.replace('node:', '') || found === `node_modules/${to}/main.js`
    : found.endsWith(to);

describe('npm run deps', () => {
  test.each(forbidden)('$rule refuses $from an import of $to', ({ rule, from, to }) => {
    const found = findings.violations.filter((violation) => violation.rule === rule && violation.from === from);
    expect(found.map((violation) => violation.to)).toEqual([expect.toSatisfy((path: string) => isTarget(path, to))]);
  });

  test.each(allowed)('lets $from import $to', ({ from }) => {
    expect(findings.violations.filter((violation) => violation.from === from)).toEqual([]);
  });

  test('reads every file', () => {
    expect(findings.unseen).toEqual([]);
    expect(findings.sources.length).toBe(Object.keys(fixtures).filter((file) => file.endsWith('.ts')).length);
  });

  test('fails when it read nothing', () => {
    expect(blindSpots({ sources: [], unseen: [], dependencies: 0 })).toContain('No module was read.');
    expect(blindSpots({ ...findings, dependencies: 0 })).toContain('No module was read.');
  });

  test('fails when a file was not read, or a row has no files', () => {
    const model = findings.sources.filter((source) => source.startsWith('lambdas/core/model/'));
    const sources = findings.sources.filter((source) => !model.includes(source));
    const blind = blindSpots({ ...findings, sources, unseen: model });
    expect(model.length).toBeGreaterThan(0);
    expect(blind).toEqual(expect.arrayContaining(model.map((file) => `${file} was not read.`)));
    expect(blind).toContain('No file matches the row model-stands-alone.');
  });

  test('has a proof for every rule', () => {
    const proven = new Set(forbidden.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name).filter((name) => !proven.has(name ?? ''))).toEqual([]);
  });

  test('has the rows that docs/architecture.md tells of', () => {
    const page = readFileSync(join(repository, 'docs/architecture.md'), 'utf8');
    const told = [...page.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, name]) => name);
    expect(told).toEqual(rows.map(({ name }) => name));
  });
});
