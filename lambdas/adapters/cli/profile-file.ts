/** The file in which the AWS tools keep keys: finds it, and adds a profile that is not there yet. */
import { readFile, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { badUsage, failed } from './cannot-do.ts';
import type { Outside, Profile } from './workplace.ts';

export interface ProfileFile {
  readonly path: string;
  write(profile: Profile): Promise<void>;
}

/** Refuses a name that is taken: the keys that stand there may be the only copy. */
export async function openProfileFile(name: string, outside: Outside): Promise<ProfileFile> {
  // What would end the section's heading, or open another kind of section.
  if (!/^[\w.@+:/%-]{1,64}$/.test(name)) {
    throw badUsage('--write-profile must be 1 to 64 letters, digits and characters of .@+:/%_-.');
  }
  const path = await findPath(outside.environment);
  if (headings(await read(path)).includes(name)) {
    throw failed(`There is a profile ${name} in ${path} already: choose another name, or remove it there first.`);
  }
  // Writes nothing yet, and finds out whether it can.
  await outside.writeProfiles(path, []);
  return { path, write: (profile) => outside.writeProfiles(path, [profile]) };
}

/** The file itself where the path is a link to it, which would be replaced otherwise. */
async function findPath(environment: Outside['environment']): Promise<string> {
  const path =
    environment['AWS_SHARED_CREDENTIALS_FILE'] || join(environment['HOME'] || homedir(), '.aws', 'credentials');
  return realpath(path).catch(() => path);
}

const headings = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*\[\s*([^\]]*?)\s*\]/gm)].map(([, name = '']) => name);

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw failed(`The profiles in ${path} cannot be read (${error.code}).`);
  });
}
