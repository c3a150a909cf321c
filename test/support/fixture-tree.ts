/** A folder of small files that lives as long as the tests that asked for it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface FixtureTree extends Disposable {
  readonly root: string;
}

/** `files` by path from the root of the tree; `copies` are files and folders of this repository. */
export function plantTree(files: Readonly<Record<string, string>>, copies: readonly string[] = []): FixtureTree {
  const root = mkdtempSync(join(tmpdir(), 'millpond-checks-'));
  for (const path of copies) cpSync(join(repository, path), join(root, path), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}
