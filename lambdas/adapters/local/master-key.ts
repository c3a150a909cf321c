/** The master key of one machine: 32 random bytes in a file that its owner alone can read. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeyContext, KeyWrap } from '../../core/ports/key-wrap.ts';
import type { Random } from '../../core/ports/random.ts';
import { decrypt, encrypt } from '../system/aes-gcm.ts';
import { systemRandom } from '../system/system-random.ts';
import { badMachine } from './cannot-start.ts';
import { makeFolder } from './make-folder.ts';

const keyLength = 32;
/** First byte of a wrapped key. */
const layout = 1;

/** What the key in the file wraps; the first start makes the file. Whoever loses it loses every sealed secret. */
export const masterKeyFile = async (path: string, random: Random = systemRandom): Promise<KeyWrap> =>
  masterKeyWrap(createSecretKey((await read(path)) ?? (await create(path, random))), random);

/** For a service that keeps nothing: the key ends with the process. */
export const masterKeyInMemory = (random: Random = systemRandom): KeyWrap =>
  masterKeyWrap(createSecretKey(random.bytes(keyLength)), random);

const masterKeyWrap = (master: KeyObject, random: Random): KeyWrap => ({
  wrap: async (key, context) => Buffer.concat([Buffer.of(layout), encrypt(random, master, key, bindingOf(context))]),
  async unwrap(wrapped, context) {
    const key = wrapped[0] === layout ? decrypt(master, wrapped.subarray(1), bindingOf(context)) : undefined;
    if (!key) throw badMachine('The data was sealed under another master key than the one in use.');
    return key;
  },
});

/** The same bytes in whatever order the members stand. */
const bindingOf = (context: KeyContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))));

const read = async (path: string): Promise<Uint8Array | undefined> => {
  const file = await open(path, 'r').catch(unlessCode('ENOENT', path));
  if (!file) return undefined;
  try {
    await requirePrivate(file, path);
    const key = await file.readFile();
    if (key.length !== keyLength) throw badMachine(`The master key ${path} is damaged: it must have 32 bytes.`);
    return key;
  } finally {
    await file.close();
  }
};

/** Windows keeps access in lists that no mode tells of. */
const requirePrivate = async (file: FileHandle, path: string): Promise<void> => {
  const { mode } = await file.stat();
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw badMachine(`The master key ${path} can be read by others: run chmod 600 on it.`);
  }
};

/** Written aside, then linked into place: a start that is cut short leaves no half key, and of two starts one wins. */
const create = async (path: string, random: Random): Promise<Uint8Array> => {
  await makeFolder(dirname(path)).catch(refuse(path));
  const aside = `${path}.${Buffer.from(random.bytes(8)).toString('hex')}`;
  await write(aside, random.bytes(keyLength)).catch(refuse(path));
  try {
    await link(aside, path).catch(unlessCode('EEXIST', path));
  } finally {
    await unlink(aside);
  }
  await syncFolder(dirname(path));
  const key = await read(path);
  if (!key) throw badMachine(`The master key ${path} vanished as soon as it was made.`);
  return key;
};

const write = async (path: string, key: Uint8Array): Promise<void> => {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await file.writeFile(key);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** So that the file's name, too, survives a loss of power before anything is sealed. Not every platform can. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
};

const refuse =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw badMachine(`The master key ${path} cannot be used: ${error.code ?? error.name}.`, error);
  };

const unlessCode =
  (code: string, path: string) =>
  (error: NodeJS.ErrnoException): undefined =>
    error.code === code ? undefined : refuse(path)(error);
