/** Programs that npm does not bring: finds them, runs them with the network closed, and says it where there are none. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'vitest';

export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly complaints: string;
}

export type Environment = Iterable<readonly [string, string]>;

export interface Program {
  /** The first word of what it answered when it was looked for. */
  readonly version: string;
  run(args: readonly string[], environment?: Environment, input?: string): Promise<Ended>;
}

/** No settings of whoever runs the tests, and no way off this machine. */
const closed: Environment = [
  ['AWS_CONFIG_FILE', '/dev/null'],
  ['AWS_SHARED_CREDENTIALS_FILE', '/dev/null'],
  ['AWS_EC2_METADATA_DISABLED', 'true'],
  ['HTTPS_PROXY', 'http://127.0.0.1:9'],
  ['HTTP_PROXY', 'http://127.0.0.1:9'],
  ['NO_PROXY', 'localhost,127.0.0.1'],
  ['PYTHONIOENCODING', 'utf-8'],
];

function programOf(command: string): Omit<Program, 'version'> {
  return {
    async run(args, environment = [], input = '') {
      const { PATH = '', HOME = '' } = process.env;
      const env = { PATH, HOME, ...Object.fromEntries([...closed, ...environment]) };
      const child = spawn(command, args, { env, stdio: 'pipe' });
      child.stdin.end(input);
      const ended = new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
      const [status, output, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
      return { status, output, complaints };
    },
  };
}

/** Those of the commands that answer, one of each version. */
export async function findPrograms(commands: readonly string[], ask: readonly string[]): Promise<readonly Program[]> {
  const found = await Promise.all(commands.map((command) => findProgram(command, ask)));
  const byVersion = new Map(found.flatMap((program) => (program ? [[program.version, program]] : [])));
  return [...byVersion.values()];
}

async function findProgram(command: string, ask: readonly string[]): Promise<Program | undefined> {
  const program = programOf(command);
  const { status, output } = await program.run(ask).catch(notThere);
  const [version] = output.trim().split(/\s/);
  return status === 0 && version ? { ...program, version } : undefined;
}

const notThere = () => ({ status: null, output: '' });

/** A test that is skipped, with the reason as its title and on the terminal; where all must be tried, it fails. */
export function sayAbsent(programs: readonly Program[], absence: string): void {
  if (programs.length > 0) return;
  console.warn(absence);
  test.skipIf(!process.env['CI'])(absence, () => {
    throw new Error(absence);
  });
}
