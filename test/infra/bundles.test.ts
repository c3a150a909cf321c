/** What the functions of a deployment are made of: nothing in them can read messages back, or belongs to one machine. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Context, synthesise } from '../support/cloud/synthesise.ts';
import { routings } from './synthesised.ts';

interface Bundle {
  readonly code: string;
  readonly sources: readonly string[];
}

/** With their parts that load later. */
async function bundlesOf(context: Context): Promise<readonly Bundle[]> {
  const { folder, remove } = await synthesise(context);
  const assets = globSync('asset.*/index.mjs', { cwd: folder }).map((file) => join(folder, file, '..'));
  const bundles = assets.map((asset) => ({
    code: textOf(asset, '**/*.mjs').join('\n'),
    sources: textOf(asset, '**/*.mjs.map').flatMap((map) => JSON.parse(map).sources),
  }));
  await remove();
  return bundles;
}

const textOf = (folder: string, files: string): readonly string[] =>
  globSync(files, { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));

/** It takes a while to bundle all functions, more so beside other tests. */
const bundling = { timeout: 120_000 };

describe('The bundles of functions', bundling, () => {
  test('hold no outbox to read, and nothing of one machine (triggers-and-messages 38)', async () => {
    // One function holds every room, and four stand beside it.
    const bundles = await bundlesOf(routings.direct);
    expect(bundles).toHaveLength(5);
    for (const { code, sources } of bundles) {
      expect(sources.some((source) => source.endsWith('lambdas/adapters/aws.ts'))).toBe(true);
      const local = /lambdas\/adapters\/(local|cli)\/|lambdas\/adapters\/one-machine|^(.*\/)?(bin|test)\/[\w-]+\.ts$/;
      expect(sources.filter((source) => local.test(source) && !source.includes('node_modules'))).toEqual([]);
      expect(code).not.toContain('/_local');
    }
  });
});
