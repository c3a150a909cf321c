/** `npm run docs`: writes the pages that are derived from the declarations. `--check` fails if one of them is stale. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gapsOfAll } from '../lambdas/core/contract/gaps.ts';
import { compatibilityPage } from '../lambdas/core/contract/pages/compatibility-page.ts';
import { operationsPage } from '../lambdas/core/contract/pages/operations-page.ts';
import { rooms } from '../lambdas/index.ts';

const pages: Readonly<Record<string, string>> = {
  'docs/operations.md': operationsPage(rooms),
  'docs/compatibility.md': compatibilityPage(rooms, gapsOfAll),
};

const pathOf = (page: string): string => fileURLToPath(new URL(`../${page}`, import.meta.url));

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function write(page: string, content: string): void {
  mkdirSync(dirname(pathOf(page)), { recursive: true });
  writeFileSync(pathOf(page), content);
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const stale = Object.entries(pages).filter(([page, content]) => contentOf(pathOf(page)) !== content);
for (const [page, content] of stale) {
  if (values.check) console.error(`${page} is stale: npm run docs`);
  else write(page, content);
}
process.exitCode = values.check && stale.length > 0 ? 1 : 0;
