/** `npm start` as a process of its own: started until it is ready, ended by its number, and never left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { onTestFinished, vi } from 'vitest';
import { childEnvironment } from './child-environment.ts';
import { repository } from './fixture-tree.ts';

export interface Served {
  readonly pid: number;
  readonly endpoint: string;
  /** Resolves with the exit code, or with the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** What it complained of so far. */
  complaints(): string;
  /** Resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

export interface Ended {
  readonly status: number | null;
  readonly printed: string;
  readonly complaints: string;
}

const program = join(repository, 'bin/serve.ts');

/** `shell` runs before it in the same process: limits that are set there are the service's. */
function launch(args: readonly string[], shell = ''): ChildProcess {
  const child = spawn('/bin/sh', ['-c', `${shell}\nexec "$@"`, 'sh', process.execPath, program, ...args], {
    cwd: tmpdir(),
    env: childEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Until it ends by itself, as it does when it cannot start. */
export async function runToEnd(args: readonly string[], shell?: string): Promise<Ended> {
  const child = launch(args, shell);
  const ended = once(child, 'close');
  if (!child.stdout || !child.stderr) throw new Error('Both are pipes.');
  const [[status], printed, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, printed, complaints };
}

export interface Place {
  readonly data: string;
  /** Any, when absent. */
  readonly port?: number;
  /** Flags beside those two. */
  readonly options?: readonly string[];
}

export async function serve({ data, port = 0, options = [] }: Place): Promise<Served> {
  const child = launch(['--data', data, '--port', String(port), ...options]);
  const { stdout, stderr, pid } = child;
  if (!stdout || !stderr || pid === undefined) throw new Error('It did not start.');
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? -1));
  });
  let complaints = '';
  stderr.setEncoding('utf8').on('data', (part: string) => {
    complaints += part;
  });
  const { endpoint } = await ready(stdout, ended);
  return {
    pid,
    endpoint,
    ended,
    complaints: () => complaints,
    end(signal) {
      process.kill(pid, signal);
      return ended;
    },
  };
}

/** It is read for as long as it lasts: a full pipe would stop the service. */
function ready(stdout: Readable, ended: Promise<unknown>): Promise<{ readonly endpoint: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    let isReady = false;
    stdout.setEncoding('utf8').on('data', (part: string) => {
      if (isReady) return;
      said += part;
      const [, facts] = /^Ready (.*)\n/m.exec(said) ?? [];
      if (facts === undefined) return;
      isReady = true;
      resolve(JSON.parse(facts));
    });
    void ended.then((how) => reject(new Error(`It ended before it was ready: ${how}`)));
  });
}

export async function aDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-crash-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Of the engine that uses the folder, or used it last. */
export const enginePid = async (folder: string): Promise<number> =>
  Number(await readFile(join(folder, 'engine.pid'), 'utf8'));

/** A process that ended but was not waited for yet still has its number. */
export const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

export const untilGone = (pid: number): Promise<void> =>
  vi.waitFor(
    () => {
      if (isAlive(pid)) throw new Error(`Process ${pid} is still there`);
    },
    { timeout: 10_000, interval: 10 },
  );
