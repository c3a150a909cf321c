/** The folder that a service keeps its data in: private, and out of version control. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { badMachine } from './cannot-start.ts';
import { codeOf } from './error-code.ts';
import { makeFolder } from './make-folder.ts';

/** Made when missing. */
export async function makeDataFolder(path: string): Promise<void> {
  try {
    await makeFolder(path);
    // The master key and the table are nobody's to commit.
    await writeFile(join(path, '.gitignore'), '*\n', { flag: 'wx' }).catch(unlessCode('EEXIST'));
  } catch (error) {
    throw badMachine(`The data folder ${path} cannot be used (${codeOf(error)}); choose another with --data.`, error);
  }
}

const unlessCode = (code: string) => (error: unknown) => {
  if (codeOf(error) !== code) throw error;
};
