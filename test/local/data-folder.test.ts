/** The folder that a service keeps its data in. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { holdDataFolder } from '../../lambdas/adapters/local/data-folder.ts';

async function aPlace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-data-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'deep', 'data');
}

describe('the data folder', () => {
  test('is made for its owner alone, and kept from version control', async () => {
    const folder = await holdDataFolder(await aPlace());
    onTestFinished(() => folder.release());
    expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
    expect(await readFile(join(folder.path, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('is not held twice, but again once it was released', async () => {
    const path = await aPlace();
    const folder = await holdDataFolder(path);
    await expect(holdDataFolder(path)).rejects.toMatchObject({
      message: `The data folder ${path} is in use by another service; choose another with --data.`,
      exitCode: 1,
    });
    await folder.release();
    const again = await holdDataFolder(path);
    await again.release();
  });

  test('that cannot be made is refused in one sentence', async () => {
    const path = await aPlace();
    const file = join(path, '..', '..', 'file');
    await writeFile(file, '');
    await expect(holdDataFolder(join(file, 'data'))).rejects.toMatchObject({
      message: expect.stringMatching(/^The data folder .* cannot be used \(ENOTDIR\); choose another with --data\.$/),
      exitCode: 1,
    });
  });
});
