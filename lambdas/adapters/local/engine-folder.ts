/** The data folder as the engine has it: one service, one engine, one file. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { badMachine } from './cannot-start.ts';
import { lockFolder } from './data-lock.ts';
import { havePrivateFile } from './private-file.ts';

export interface EngineFolder {
  readonly file: string;
  /** Writes down which engine uses the file. */
  remember(pid: number): Promise<void>;
  /** After the engine has ended. */
  release(): Promise<void>;
}

export async function openFolder(data: string): Promise<EngineFolder> {
  const folder = resolve(data);
  const lock = await lockFolder(folder);
  const file = join(folder, 'table.db');
  const note = join(folder, 'engine.pid');
  try {
    await endLeftover(note, file);
    // The engine would make a file that everybody reads; what it puts beside it has the mode of the file.
    await havePrivateFile(file).catch((error) => {
      throw badMachine(`The table ${file} cannot be written to.`, error);
    });
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    file,
    remember: (pid) => writeFile(note, `${pid}\n`, { mode: 0o600 }),
    async release() {
      await rm(note, { force: true });
      lock.release();
    },
  };
}

const endingMs = 700;
const pollMs = 10;

/**
 * A service that was killed has its engine ended by a watcher, a moment later or, where that was killed too, not at all.
 * The lock is ours, so an engine on our file is nobody's.
 */
async function endLeftover(note: string, file: string): Promise<void> {
  const pid = Number(await readFile(note, 'utf8').catch(() => ''));
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isEngineOn(pid, file))) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < endingMs && (await isEngineOn(pid, file)); waited += pollMs) await wait(pollMs);
  }
  if (await isEngineOn(pid, file))
    throw badMachine(`Another table engine (process ${pid}) uses ${file}: end it first.`);
}

/** A number alone proves nothing: it may belong to another process by now. */
async function isEngineOn(pid: number, file: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0').includes(file);
}
