/** The service as people start it: a process of its own, with what it takes of the machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { apiWire } from './wire.ts';

export interface Served {
  readonly endpoint: string;
  /** Milliseconds from the start of the process to its first answer. */
  readonly firstAnswer: number;
  /** Resident megabytes of service and engine together; `undefined` where the system does not tell. */
  residentMegabytes(): Promise<number | undefined>;
  stop(): Promise<void>;
  /** Without a chance to finish anything. */
  kill(): Promise<void>;
}

/** Tokens name it, and outlive the port of one start. */
const issuer = 'http://localhost:9229';
const root = fileURLToPath(new URL('..', import.meta.url));

export const serve = (data: string, ...options: readonly string[]): Promise<Served> =>
  serveProgram(usualProgram, data, ...options);

const usualProgram = 'bin/serve.ts';

/** Another program, of the same options, in the place of the usual one. */
export async function serveProgram(program: string, data: string, ...options: readonly string[]): Promise<Served> {
  const startedAt = performance.now();
  const child = spawn(
    'sh',
    [
      '-c',
      `${(await startCommand()).replace(usualProgram, program)} "$@"`,
      'sh',
      '--port',
      '0',
      '--issuer',
      issuer,
      '--data',
      data,
      ...options,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const endpoint = await endpointOf(child);
  const wire = apiWire(endpoint);
  await wire.call('ListUserPools', { MaxResults: 1 });
  const firstAnswer = performance.now() - startedAt;
  wire.close();
  return {
    endpoint,
    firstAnswer,
    residentMegabytes: () => residentMegabytes(child.pid),
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit');
  if (child.exitCode === null && child.kill(signal)) await exited;
}

/** What `npm start` runs, without npm around it: it takes the shell's place, so that the child is the service itself. */
async function startCommand(): Promise<string> {
  const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  return scripts.start;
}

/** The service tells programs on one line where it is. */
async function endpointOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The service has no output');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    if (!line.startsWith('Ready ')) continue;
    // Whatever else it says is not to fill the pipe.
    child.stdout.resume();
    return JSON.parse(line.slice('Ready '.length)).endpoint;
  }
  throw new Error('The service ended before it was ready');
}

async function residentMegabytes(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined) return undefined;
  try {
    const processes = [pid, ...(await childrenOf(pid))];
    const sizes = await Promise.all(processes.map(residentKilobytes));
    return sizes.reduce((sum, size) => sum + size, 0) / 1024;
  } catch {
    return undefined;
  }
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(all.map(async (name) => ({ name, parent: await parentOf(name) })));
  return parents.filter(({ parent }) => parent === pid).map(({ name }) => Number(name));
}

const parentOf = async (pid: string): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
};

async function residentKilobytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
}
