/** `millpond` as a process of its own, with a home and an environment that hold what a test puts there. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { childEnvironment } from '../support/child-environment.ts';
import { repository } from '../support/fixture-tree.ts';
import type { Later } from './later.ts';

export const program = join(repository, 'bin/millpond.ts');

export interface Ended {
  readonly status: number | null;
  readonly printed: string;
  readonly complaints: string;
}

export interface Person {
  readonly home: string;
  run(args: readonly string[], given?: Given): Promise<Ended>;
}

interface Given {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Whose identity nothing but their own environment and files tell. */
export async function newPerson(
  later: Later,
  environment: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Person> {
  const home = await mkdtemp(join(tmpdir(), 'millpond-cli-'));
  later(() => rm(home, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true, mode: 0o700 });
    await writeFile(join(home, name), content, { mode: 0o600 });
  }
  const base = { ...childEnvironment, HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...environment };
  return {
    home,
    async run(args, given = {}) {
      const env = { ...base, ...given.environment };
      const child = spawn(process.execPath, [program, ...args], { env, cwd: home });
      child.stdin.end(given.input ?? '');
      const ended = new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
      const [status, printed, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
      return { status, printed, complaints };
    },
  };
}
