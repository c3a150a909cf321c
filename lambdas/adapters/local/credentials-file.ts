/** The file that SDKs read access keys from: a profile for each principal, for the eyes of its owner alone. */
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import type { AccessKey } from '../../core/model/access-key.ts';
import type { Random } from '../../core/ports/random.ts';
import { badMachine } from './cannot-start.ts';

type Profile = Pick<AccessKey, 'principal' | 'id' | 'secret'>;

/** Whatever else stands in the file stays there. */
export async function haveProfiles(path: string, profiles: readonly Profile[], random: Random): Promise<void> {
  const before = await read(path).catch(refuse(path));
  const after = profiles.reduce(withProfile, before ?? '');
  if (after !== before) await replace(path, { after, isNew: before === undefined }, random).catch(refuse(path));
}

function withProfile(text: string, { principal, id, secret }: Profile): string {
  const lines = [`aws_access_key_id = ${id}`, `aws_secret_access_key = ${secret}`];
  const sections = text.split(/^(?=\[)/m);
  const isOfPrincipal = (section: string): boolean => section.startsWith(`[${principal}]`);
  if (sections.some((section) => isOfPrincipal(section) && lines.every((line) => section.includes(`${line}\n`)))) {
    return text;
  }
  const others = sections.filter((section) => !isOfPrincipal(section)).join('');
  const gap = others === '' || others.endsWith('\n\n') ? '' : others.endsWith('\n') ? '\n' : '\n\n';
  return `${others}${gap}[${principal}]\n${lines.join('\n')}\n`;
}

async function read(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch(unlessMissing);
  if (!file) return undefined;
  try {
    await requirePrivate(file, path);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Windows keeps access in lists that no mode tells of. */
async function requirePrivate(file: FileHandle, path: string): Promise<void> {
  const { mode } = await file.stat();
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw badMachine(`The access keys in ${path} can be read by others: run chmod 600 on it.`);
  }
}

interface Change {
  readonly after: string;
  readonly isNew: boolean;
}

/** Written aside and moved into place, so that a start that is cut short leaves no half key. */
async function replace(path: string, { after, isNew }: Change, random: Random): Promise<void> {
  const aside = `${path}.${Buffer.from(random.bytes(8)).toString('hex')}`;
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(after);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link does not take the place of what somebody else has put there meanwhile.
    await (isNew ? link(aside, path) : rename(aside, path));
  } finally {
    await rm(aside, { force: true });
  }
}

const refuse =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code === undefined) throw error;
    throw badMachine(`The access keys cannot be kept in ${path} (${error.code}).`, error);
  };

const unlessMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};
