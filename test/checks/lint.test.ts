/** Proves that each lint rule this repository counts on still finds what it is there for. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { plantTree, repository } from '../support/fixture-tree.ts';

interface Fixture {
  readonly rule: string;
  readonly file: string;
  readonly source: string;
}

const port = 'interface Port {\n  go(): Promise<boolean>;\n}\n';
const skippedTest = "import { test } from 'vitest';\n\ntest.skip('a', () => {});\n";
const focusedTest = "import { test } from 'vitest';\n\ntest.only('a', () => {});\n";

const refused: readonly Fixture[] = [
  { rule: 'plugin', file: 'lambdas/core/rules/clock-call.ts', source: 'export const a = () => Date.now();\n' },
  { rule: 'plugin', file: 'lambdas/core/rules/clock-handed-on.ts', source: 'export const a = { now: Date.now };\n' },
  { rule: 'plugin', file: 'lambdas/users/new-date.ts', source: 'export const a = () => new Date();\n' },
  { rule: 'plugin', file: 'lambdas/users/dice.ts', source: 'export const a = () => Math.random();\n' },
  {
    rule: 'nursery/noFloatingPromises',
    file: 'lambdas/users/floating.ts',
    source: `${port}export function a(port: Port) {\n  port.go();\n}\n`,
  },
  {
    rule: 'nursery/noMisusedPromises',
    file: 'lambdas/users/misused.ts',
    source: `${port}export function a(port: Port) {\n  return port.go() ? 1 : 2;\n}\n`,
  },
  { rule: 'suspicious/noExplicitAny', file: 'lambdas/users/any.ts', source: 'export const a = (b: any) => b;\n' },
  { rule: 'suspicious/noSkippedTests', file: 'test/core/skipped.test.ts', source: skippedTest },
  { rule: 'suspicious/noFocusedTests', file: 'test/core/focused.test.ts', source: focusedTest },
  { rule: 'style/noDefaultExport', file: 'lambdas/users/default.ts', source: 'export default 5;\n' },
  { rule: 'style/noEnum', file: 'lambdas/users/enum.ts', source: 'export enum A {\n  B = 1,\n}\n' },
  {
    rule: 'style/noNonNullAssertion',
    file: 'lambdas/users/bang.ts',
    source: 'export const a = (b?: string) => b!.length;\n',
  },
  { rule: 'style/noProcessEnv', file: 'lambdas/users/env.ts', source: "export const a = () => process.env['A'];\n" },
  {
    rule: 'style/noProcessEnv',
    file: 'lambdas/adapters/kms/env.ts',
    source: "export const a = () => process.env['A'];\n",
  },
  {
    rule: 'style/noRestrictedImports',
    file: 'lambdas/core/rules/random-bytes.ts',
    source: "import { randomBytes } from 'node:crypto';\n\nexport const a = () => randomBytes(1);\n",
  },
  { rule: 'style/useFilenamingConvention', file: 'lambdas/users/CamelCase.ts', source: 'export const a = 1;\n' },
  {
    rule: 'style/useFilenamingConvention',
    file: 'lambdas/users/operations/admin-create-user.ts',
    source: 'export const a = 1;\n',
  },
  {
    rule: 'style/useImportType',
    file: 'lambdas/users/import-type.ts',
    source: "import { A } from './type.ts';\n\nexport const a = (b: A) => b;\n",
  },
  {
    rule: 'style/useNodejsImportProtocol',
    file: 'lambdas/adapters/system/protocol.ts',
    source: "import { readFileSync } from 'fs';\n\nexport const a = () => readFileSync('b');\n",
  },
  {
    rule: 'suppressions/parse',
    file: 'lambdas/users/unreasoned.ts',
    source: '// biome-ignore lint/style/noEnum\nexport const a = 1;\n',
  },
];

const accepted: Readonly<Record<string, string>> = {
  'lambdas/adapters/system/clock.ts': 'export const a = () => [Date.now(), new Date(), Math.random()];\n',
  'lambdas/core/rules/new-date-of.ts': 'export const a = (at: number) => new Date(at);\n',
  'lambdas/core/rules/hash.ts':
    "import { createHash, timingSafeEqual } from 'node:crypto';\n\nexport const a = [createHash, timingSafeEqual];\n",
  'lambdas/users/operations/SetUserMFAPreference.ts': 'export const SetUserMFAPreference = 1;\n',
  'lambdas/users/type.ts':
    "export interface A {\n  readonly b: string;\n}\nexport const c = (d: Record<string, string>) => d['e'];\n",
  'lambdas/adapters/lambda-credentials.ts': "export const a = () => process.env['A'];\n",
  'lambdas/users/handler.ts': "export const a = () => process.env['A'];\n",
  'bin/serve.ts': "export const a = () => process.env['A'];\n",
  'some.config.ts': 'export default {};\n',
};

/** Rule and file of each finding, from the annotations that Biome writes for GitHub. */
function lint(files: Readonly<Record<string, string>>): readonly string[] {
  using tree = plantTree(files, ['biome.json', 'biome', 'tsconfig.json', '.gitignore']);
  const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '.'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: tree.root, encoding: 'utf8' });
  const findings = stdout.matchAll(/^::(?:error|warning|notice) title=([^,]+),file=([^,]+),/gm);
  return [...findings].map(
    ([, title = '', file = '']) => `${title.replace(/^lint\//, '')} ${file.split(`${tree.root}/`)[1]}`,
  );
}

let findings: readonly string[] = [];

beforeAll(() => {
  findings = lint({ ...accepted, ...Object.fromEntries(refused.map(({ file, source }) => [file, source])) });
});

describe('npm run lint', () => {
  test.each(refused)('finds $rule in $file', ({ rule, file }) => {
    expect(findings).toContain(`${rule} ${file}`);
  });

  test.each(Object.keys(accepted))('finds nothing in %s', (file) => {
    expect(findings.filter((finding) => finding.endsWith(` ${file}`))).toEqual([]);
  });

  test('has a proof for every rule that biome.json turns on by name', () => {
    const config = JSON.parse(readFileSync(join(repository, 'biome.json'), 'utf8'));
    const groups = [config, ...config.overrides].map(({ linter }) => linter.rules);
    const named = groups.flatMap((rules) =>
      Object.entries(rules).flatMap(([group, members]) =>
        Object.entries(Object(members))
          .filter(([, level]) => level !== 'off' && typeof members !== 'string')
          .map(([rule]) => `${group}/${rule}`),
      ),
    );
    const proven = new Set(refused.map(({ rule }) => rule));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((rule) => !proven.has(rule))).toEqual([]);
  });
});
