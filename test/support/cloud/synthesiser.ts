/** Starts the process that synthesises the CDK app for all tests of a run, and ends it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Synthesiser {
  readonly endpoint: string;
  /** Ends it, and starts another one at the same place, for code that has changed since. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const program = fileURLToPath(new URL('./synthesiser-process.ts', import.meta.url));

export async function startSynthesiser(): Promise<Synthesiser> {
  let running = await launch(0);
  const { port } = running;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async restart() {
      await running.end();
      running = await launch(port);
    },
    stop: () => running.end(),
  };
}

/** On any port for 0. */
async function launch(port: number) {
  const child = spawn(process.execPath, [program, String(port)], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: environment(),
  });
  const ended = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`The synthesiser ended (${code})`))),
  ]);
  return {
    port: Number(line),
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Nothing of an account. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|NODE_OPTIONS|VITEST)/.test(name));
  return {
    ...Object.fromEntries(kept),
    // esbuild is found in the packages of this folder.
    PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
    // It is written in Go, whose collector takes a third of its processor time unless it runs less often.
    GOGC: '400',
  };
}
