/** Proves that docs/running.md tells of every option, and that its seed and its principals are such. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { optionTable } from '../../lambdas/adapters/local/options.ts';
import { readPrincipals } from '../../lambdas/adapters/local/principals-file.ts';
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
  expect(checkSeed(parse(yamlUnder('## Seeds')), 'docs/running.md').pools).toHaveLength(1);
});

test('docs/running.md shows principals that are such', async () => {
  expect(await readPrincipals(parse(yamlUnder('### Principals')))).toMatchObject([
    { name: 'reporting' },
    { name: 'shop-team', tags: { team: 'shop' } },
  ]);
});

function yamlUnder(heading: string): string {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(text.slice(text.indexOf(`${heading}\n`))) ?? [];
  return yaml;
}
