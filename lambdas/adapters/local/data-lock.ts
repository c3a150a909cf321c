/** Keeps a data folder to one service at a time. */
import { join } from 'node:path';
import { badMachine } from './cannot-start.ts';
import { makeFolder } from './make-folder.ts';
import { havePrivateFile } from './private-file.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Makes the folder when it is missing. The lock is one of the operating system, taken through SQLite, so that it ends
 * with this process in every case and holds between containers that share the folder.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await makeFolder(folder).catch((error) => {
    throw badMachine(`The data folder ${folder} cannot be made: ${error.message}.`, error);
  });
  const { DatabaseSync } = await import('node:sqlite');
  const file = join(folder, 'table.lock');
  try {
    // Whoever can open the file can lock it.
    await havePrivateFile(file);
    const database = new DatabaseSync(file);
    database.exec('BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    throw badMachine(explain(folder, error), error);
  }
}

const sqliteBusy = 5;

function explain(folder: string, error: unknown): string {
  const isBusy = error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
  return isBusy
    ? `The data folder ${folder} is in use: stop the service that uses it, or choose another folder with --data.`
    : `The data folder ${folder} cannot be written to.`;
}
