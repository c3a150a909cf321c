/** Makes folders that their owner alone enters. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './error-code.ts';

/**
 * With the folders above it, where they are missing. What Node.js has for this never comes back from a place in which
 * nothing can be made and where it is told that something is missing, as below /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  const failure = await make(path);
  if (failure !== 'ENOENT' || dirname(path) === path) return;
  await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o700 }).catch(unlessThere);
}

/** `ENOENT` says that the folder above is missing. */
async function make(path: string): Promise<'ENOENT' | undefined> {
  try {
    await mkdir(path, { mode: 0o700 });
    return undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'ENOENT';
    return unlessThere(error);
  }
}

/** Whether what is there is a folder shows when something is put into it. */
function unlessThere(error: unknown): undefined {
  if (codeOf(error) !== 'EEXIST') throw error;
}
