#!/usr/bin/env node
/** `millpond`: manages access to the API of a deployment, or of one machine, from the command line. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { failed } from '../lambdas/adapters/cli/cannot-do.ts';
import { runMillpond } from '../lambdas/adapters/cli/run.ts';
import type { Profile } from '../lambdas/adapters/cli/workplace.ts';
import { CannotStart } from '../lambdas/adapters/local/cannot-start.ts';
import { haveProfiles } from '../lambdas/adapters/local/credentials-file.ts';
import { makeFolder } from '../lambdas/adapters/local/make-folder.ts';
import { systemRandom } from '../lambdas/adapters/system/system-random.ts';

async function version(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return String(JSON.parse(manifest).version);
}

const complain = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);

async function writeProfiles(path: string, profiles: readonly Profile[]): Promise<void> {
  const written = profiles.map(({ name, keyId, secret }) => ({ principal: name, id: keyId, secret }));
  try {
    await makeFolder(dirname(path));
    await haveProfiles(path, written, systemRandom);
  } catch (error) {
    throw failed(error instanceof CannotStart ? error.message : `The profiles cannot be kept in ${path}.`);
  }
}

// A reader that went away (`millpond key list | head`) is no fault.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const { exitCode, printed, complaint } = await runMillpond(process.argv.slice(2), await version(), {
  environment: process.env,
  now: Date.now,
  readInput: () => text(process.stdin),
  warn: complain,
  writeProfiles,
});
if (printed !== undefined)
  process.stdout.write(`${process.stdout.isTTY ? printed : stripVTControlCharacters(printed)}\n`);
if (complaint !== undefined) complain(complaint);
process.exitCode = exitCode;
