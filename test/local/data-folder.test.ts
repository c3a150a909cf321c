/** The folder that a service keeps its data in. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeDataFolder } from '../../lambdas/adapters/local/data-folder.ts';

async function aPlace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-data-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('the data folder', () => {
  test('is made for its owner alone, and kept from version control', async () => {
    const path = join(await aPlace(), 'deep', 'data');
    await makeDataFolder(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await readFile(join(path, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('is left as it is where it is there already', async () => {
    const path = await aPlace();
    await writeFile(join(path, '.gitignore'), 'mine\n');
    await makeDataFolder(path);
    expect(await readFile(join(path, '.gitignore'), 'utf8')).toBe('mine\n');
  });

  test('that cannot be made is refused in one sentence', async () => {
    const file = join(await aPlace(), 'file');
    await writeFile(file, '');
    await expect(makeDataFolder(join(file, 'data'))).rejects.toMatchObject({
      message: `The data folder ${join(file, 'data')} cannot be used (ENOTDIR); choose another with --data.`,
      exitCode: 1,
    });
  });
});
