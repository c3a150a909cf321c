import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CannotStart } from '../../lambdas/adapters/local/cannot-start.ts';
import { masterKeyFile, masterKeyInMemory } from '../../lambdas/adapters/local/master-key.ts';
import { keyWrapContract } from './key-wrap.contract.ts';

let folder: string;
let made = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millpond-key-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

keyWrapContract('masterKeyInMemory', () => masterKeyInMemory());
keyWrapContract('masterKeyFile', () => masterKeyFile(join(folder, `${++made}`, 'master.key')));

describe('masterKeyFile', () => {
  const context = { app: 'millpond', ring: '1' };
  const key = new Uint8Array(32).fill(7);
  const path = () => join(folder, 'data', 'master.key');

  test('makes a file of 32 bytes that its owner alone can read, and leaves nothing beside it', async () => {
    await masterKeyFile(path());
    const { mode, size } = await stat(path());
    expect([mode & 0o777, size]).toEqual([0o600, 32]);
    expect((await stat(join(folder, 'data'))).mode & 0o077).toBe(0);
    expect(await readdir(join(folder, 'data'))).toEqual(['master.key']);
  });

  test('finds the same key at the next start', async () => {
    const wrapped = await (await masterKeyFile(path())).wrap(key, context);
    expect(new Uint8Array(await (await masterKeyFile(path())).unwrap(wrapped, context))).toEqual(key);
  });

  test('makes one key when two start at once', async () => {
    const wraps = await Promise.all(Array.from({ length: 8 }, () => masterKeyFile(path())));
    const [first] = wraps;
    const wrapped = await first?.wrap(key, context);
    for (const wrap of wraps) {
      expect(wrapped && new Uint8Array(await wrap.unwrap(wrapped, context))).toEqual(key);
    }
    expect(await readdir(join(folder, 'data'))).toEqual(['master.key']);
  });

  test.each([0o640, 0o604, 0o644, 0o660, 0o601])('refuses a file with mode %o', async (mode) => {
    await masterKeyFile(path());
    await chmod(path(), mode);
    await expect(masterKeyFile(path())).rejects.toThrow(
      new CannotStart(`The master key ${path()} can be read by others: run chmod 600 on it.`, 1),
    );
  });

  test.each([0, 31, 33])('refuses a file of %i bytes, and leaves it as it is', async (size) => {
    await masterKeyFile(path());
    await writeFile(path(), Buffer.alloc(size, 1));
    await expect(masterKeyFile(path())).rejects.toThrow('is damaged: it must have 32 bytes');
    expect(await readFile(path())).toEqual(Buffer.alloc(size, 1));
  });

  test('says what stands in the way of the file', async () => {
    await writeFile(join(folder, 'data'), 'a file where a folder should be');
    await expect(masterKeyFile(path())).rejects.toThrow(/^The master key .* cannot be used: E[A-Z]+\.$/);
  });
});
