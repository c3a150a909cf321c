/** Proves that what the pages point to is there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../support/fixture-tree.ts';
import { type Page, pages, prose, readPage } from '../support/pages.ts';

/** Targets of links and images, but for other sites. */
const linksOf = (page: Page): readonly string[] =>
  [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** As the usual hosts make anchors of headings. */
const anchorsOf = (page: Page): readonly string[] =>
  [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

function isThere({ path }: Page, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const found = file === '' ? path : relative(repository, join(repository, dirname(path), file));
  if (found.startsWith('..') || !existsSync(join(repository, found))) return false;
  return anchor === undefined || anchorsOf(readPage(found)).includes(anchor);
}

/** Files and folders of ours that are named in code spans; those with a placeholder are patterns. */
const pathsOf = (page: Page): readonly string[] =>
  [...prose(page).matchAll(/`((?:\.ci|bench|bin|docs|lambdas|lib|test|tools)\/[^`\s]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[<>*]|NNNN/.test(path));

const scriptsOf = (page: Page): readonly string[] =>
  [...page.text.matchAll(/npm run ([a-z]+)/g)].map(([, script = '']) => script);

describe.each(pages().map((page) => ({ path: page.path, page })))('$path', ({ page }) => {
  test('links to what is there', () => {
    expect(linksOf(page).filter((target) => !isThere(page, target))).toEqual([]);
  });

  test('names files and folders that are there', () => {
    // Folders that wait for their first file are named as patterns, `lib/**`.
    expect(pathsOf(page).filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });

  test('names scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    expect(scriptsOf(page).filter((script) => !(script in scripts))).toEqual([]);
  });
});

test('the pages are found, and their links', () => {
  const found = pages();
  expect(found.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
  expect(found.flatMap(linksOf).length).toBeGreaterThan(20);
  expect(found.flatMap(pathsOf).length).toBeGreaterThan(20);
});

test('README.md links to the performance page as soon as there is one', () => {
  const links = linksOf(readPage('README.md'));
  expect(links.includes('docs/performance.md')).toBe(existsSync(join(repository, 'docs/performance.md')));
});

test('docs/architecture.md tells the steps of a request in their order', () => {
  const source = readFileSync(join(repository, 'lambdas/core/pipeline/steps.ts'), 'utf8');
  const [, list = ''] = /steps = \[([^\]]*)\]/.exec(source) ?? [];
  const steps = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const [, drawing = ''] = /```text\n([\s\S]*?)```/.exec(readPage('docs/architecture.md').text) ?? [];
  const told = [...drawing.matchAll(/^ {3}([a-zA-Z]+) {2,}/gm)].map(([, name]) => name);
  expect(steps.length).toBeGreaterThan(5);
  expect(told).toEqual(steps);
});
