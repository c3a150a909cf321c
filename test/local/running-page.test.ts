/** Proves that docs/running.md tells of every option, and that its seed is one. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { optionTable } from '../../lambdas/adapters/local/options.ts';
import { checkSeed } from '../../lambdas/adapters/local/seed-document.ts';
import { readPage } from '../support/pages.ts';

const { text } = readPage('docs/running.md');

test('docs/running.md names every option and every variable', () => {
  for (const [name, { environment }] of Object.entries(optionTable)) {
    expect(text).toContain(`\`--${name}\``);
    for (const variable of environment) expect(text).toContain(`\`${variable}\``);
  }
});

test('docs/running.md shows a seed that is one', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  expect(checkSeed(parse(yaml), 'docs/running.md').pools).toHaveLength(1);
});
