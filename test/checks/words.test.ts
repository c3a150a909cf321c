/** Proves that the project speaks of itself alone: not of the machines it is written on, nor of how it came to be. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../support/fixture-tree.ts';

const folders = '{.ci,bench,bin,biome,docs,lambdas,lib,test,tools}';
const files = globSync(['*.{json,md,ts}', '.gitignore', `${folders}/**/*.*`, '.ci/run'], { cwd: repository }).filter(
  (file) => file !== 'package-lock.json',
);

const patterns: Readonly<Record<string, RegExp>> = {
  'a folder of somebody’s machine': /(?<![\w.$}/])\/(home|Users|root|work|workspace|mnt)\/\w|\b[A-Z]:\\\w/,
  'a folder outside of the repository': /(\.\.\/)+(shared|spec|facts|briefs?)\//,
  'a page that is not here': /§|\b(platform|auth-flows|pools-and-users|oauth-and-login|triggers-and-messages)\.md\b/,
  'who or what writes it': /\b(assistants?|sub-?agents?|chat ?bots?|language models?|co-?pilots?)\b/i,
  'when it was written': /\b(this|that|my|our|last|previous|earlier|next) (work|working|coding) session\b/i,
  'work that was left': /\b(TODO|FIXME|XXX|HACK)\b/,
  'a registry of somebody’s own': /\b(artifactory|verdaccio|nexus)\b|\bregistry\s*=/i,
  'a host that others cannot reach': /https?:\/\/[\w.-]+\.(internal|corp|intranet|lan|home)\b/,
};

/** Lines that name a rule in order to forbid it. */
const rules: ReadonlySet<string> = new Set(['test/checks/words.test.ts', 'CONTRIBUTING.md']);

test.each(Object.entries(patterns))('no file names %s', (_what, pattern) => {
  const found = files
    .filter((file) => !rules.has(file))
    .flatMap((file) =>
      readFileSync(join(repository, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
  expect(found).toEqual([]);
});

test('looks at every folder', () => {
  const tops = new Set(files.map((file) => file.split('/')[0]));
  expect([...tops]).toEqual(expect.arrayContaining(['.ci', 'README.md', 'bin', 'docs', 'lambdas', 'test', 'tools']));
  expect(files.length).toBeGreaterThan(300);
});
