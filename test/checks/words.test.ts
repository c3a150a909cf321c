/** Proves that the project speaks of itself alone: not of the machines it is written on, nor of how it came to be. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../support/fixture-tree.ts';

interface Stray {
  readonly what: string;
  readonly pattern: RegExp;
  /** A line that has to be found. */
  readonly example: string;
}

const strays: readonly Stray[] = [
  {
    what: 'a folder of one machine',
    pattern: /(?<![\w.$}/])\/(home|Users|root|work|workspace|mnt)\/\w|\b[A-Z]:\\\w/,
    example: 'see /home/ada/notes',
  },
  {
    what: 'a folder outside of the repository',
    pattern: /(\.\.\/)+(shared|spec|facts|briefs?)\//,
    example: 'as ../shared/page says',
  },
  {
    what: 'a section of a page that is not here',
    pattern: /§ ?\d|\b(platform|auth-flows|pools-and-users|oauth-and-login|triggers-and-messages)\.md\b/,
    example: 'by § 4.2',
  },
  {
    what: 'who or what writes it',
    pattern: /\b(assistants?|sub-?agents?|chat ?bots?|language models?|co-?pilots?)\b/i,
    example: 'written by an assistant',
  },
  {
    what: 'when it was written',
    pattern: /\b(this|that|my|our|last|previous|earlier|next) (work|working|coding) session\b/i,
    example: 'left for the next work session',
  },
  { what: 'work that was left', pattern: /\b(TODO|FIXME|XXX|HACK)\b/, example: '// TODO' },
  {
    what: 'a registry of somebody’s own',
    pattern: /\b(artifactory|verdaccio|nexus)\b|\bregistry\s*=/i,
    example: 'registry=elsewhere',
  },
  {
    what: 'a host that others cannot reach',
    pattern: /https?:\/\/[\w.-]+\.(internal|corp|intranet|lan|home)\b/,
    example: 'https://git.example.corp/',
  },
];

const self = 'test/checks/words.test.ts';
const folders = '{.ci,bench,bin,biome,docs,lambdas,lib,test,tools}';
const files = globSync(['*.{json,md,ts}', '.gitignore', `${folders}/**/*.*`, '.ci/run'], { cwd: repository }).filter(
  (file) => file !== 'package-lock.json' && file !== self,
);

const linesOf = (file: string): readonly string[] => readFileSync(join(repository, file), 'utf8').split('\n');

describe.each(strays)('$what', ({ pattern, example }) => {
  test('is named nowhere', () => {
    const found = files.flatMap((file) =>
      linesOf(file).flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });

  test('would be found', () => {
    expect(example).toMatch(pattern);
  });
});

test('every folder is looked at', () => {
  const tops = new Set(files.map((file) => file.split('/')[0]));
  expect([...tops]).toEqual(expect.arrayContaining(['.ci', 'README.md', 'bin', 'docs', 'lambdas', 'test', 'tools']));
  expect(files.length).toBeGreaterThan(300);
});
