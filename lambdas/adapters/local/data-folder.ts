/** The folder that a service keeps its data in: private, out of version control, and held by one process at a time. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { badMachine } from './cannot-start.ts';

export interface DataFolder {
  readonly path: string;
  /** Lets another process have it. */
  release(): Promise<void>;
}

/** Made when missing. */
export async function holdDataFolder(path: string): Promise<DataFolder> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await keepFromVersionControl(path);
  } catch (error) {
    throw badMachine(`The data folder ${path} cannot be used (${codeOf(error)}); choose another with --data.`, error);
  }
  return { path, release: await hold(path) };
}

/** The master key and the table are nobody's to commit. */
async function keepFromVersionControl(path: string): Promise<void> {
  await writeFile(join(path, '.gitignore'), '*\n', { flag: 'wx' }).catch(unlessCode('EEXIST'));
}

/** By a name, not a file: the operating system lets go of it when the process ends, however it ends. */
async function hold(path: string): Promise<() => Promise<void>> {
  const name = lockName(await realpath(path));
  if (name === undefined) return async () => undefined;
  const server = createServer((socket) => socket.destroy()).unref();
  server.listen(name);
  await once(server, 'listening').catch((error) => {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw badMachine(`The data folder ${path} is in use by another service; choose another with --data.`);
  });
  return async () => {
    const closed = once(server, 'close');
    server.close();
    await closed;
  };
}

/** Linux and Windows have such names; elsewhere two services on one folder are not told apart. */
function lockName(path: string): string | undefined {
  const name = `millpond-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : undefined;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const unlessCode = (code: string) => (error: unknown) => {
  if (codeOf(error) !== code) throw error;
};
