/** `npm start` as a process: what it prints, how it ends, and what is left of its work. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { apiCaller } from '../../lambdas/adapters/local/api-caller.ts';
import { childEnvironment } from '../support/child-environment.ts';
import { repository } from '../support/fixture-tree.ts';

interface Ended {
  readonly status: number | null;
  readonly printed: string;
  readonly complaints: string;
}

function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [join(repository, 'bin/serve.ts'), ...args], {
    cwd: tmpdir(),
    env: { ...childEnvironment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function run(args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ended> {
  const child = start(args, environment);
  const ended = once(child, 'close');
  if (!child.stdout || !child.stderr) throw new Error('Both are pipes.');
  const [[status], printed, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, printed, complaints };
}

interface Served {
  readonly child: ChildProcess;
  readonly endpoint: string;
  readonly ready: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

async function serve(args: readonly string[]): Promise<Served> {
  const child = start(['--port', '0', ...args]);
  if (!child.stdout) throw new Error('It is a pipe.');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (!line.startsWith('Ready ')) continue;
    const ready = JSON.parse(line.slice('Ready '.length));
    child.stdout.resume();
    return { child, endpoint: ready.endpoint, ready, lines };
  }
  throw new Error(`It ended before it was ready:\n${lines.join('\n')}`);
}

async function end(child: ChildProcess, ...signals: readonly NodeJS.Signals[]): Promise<unknown> {
  const ended = once(child, 'exit');
  for (const signal of signals) child.kill(signal);
  const [status] = await ended;
  return status;
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-serve-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('npm start', () => {
  test.each([
    ['an unknown option', ['--prot', '1'], "Unknown option '--prot'. --help lists the options.\n"],
    ['a bad port', ['--port', 'http'], '--port must be a number from 0 to 65535.\n'],
    [
      'a missing seed',
      ['--memory', '--seed', 'none.yaml'],
      `The seed file ${join(tmpdir(), 'none.yaml')} cannot be read (ENOENT).\n`,
    ],
  ])('ends with code 2 and one sentence for %s', async (_, args, complaints) => {
    expect(await run(args)).toEqual({ status: 2, printed: '', complaints });
  });

  test('prints help and version', async () => {
    expect(await run(['--version'])).toEqual({ status: 0, printed: '0.1.0\n', complaints: '' });
    const help = await run(['--help']);
    expect(help).toMatchObject({ status: 0, complaints: '' });
    expect(help.printed).toContain('--port=<number>');
    expect(help.printed).not.toContain('\u001b');
  });

  test('prints exports, and last a line that starts with Ready', async () => {
    const { child, endpoint, ready, lines } = await serve(['--memory', '--region', 'eu-west-1']);
    expect(endpoint).toMatch(/^http:\/\/localhost:\d+$/);
    expect(ready).toEqual({
      endpoint,
      issuer: endpoint,
      region: 'eu-west-1',
      outbox: `${endpoint}/_local/outbox`,
      pools: {},
    });
    expect(lines).toContain(`  export AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=${endpoint}`);
    expect((await fetch(`${endpoint}/health`)).status).toBe(200);
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  test('says in one sentence that its port is in use', async () => {
    const { child, endpoint } = await serve(['--memory']);
    const { port } = new URL(endpoint);
    expect(await run(['--memory', '--port', port])).toEqual({
      status: 1,
      printed: '',
      complaints: `Port ${port} is in use; choose another with --port, or 0 for a free one.\n`,
    });
    await end(child, 'SIGTERM');
  });

  test('ends on Ctrl-C, and a second one, after it has answered what was in flight', async () => {
    const { child, endpoint } = await serve(['--memory']);
    const waiting = fetch(`${endpoint}/_local/outbox/wait?timeoutMs=60000`);
    // Of a request that waits, nothing can be seen from outside: one that is answered came after it.
    await fetch(`${endpoint}/health`);
    expect(await end(child, 'SIGINT', 'SIGINT')).toBe(0);
    expect((await waiting).status).toBe(408);
  });

  test('ends although a client has begun a request that it never finishes', async () => {
    const { child, endpoint } = await serve(['--memory']);
    const half = request(endpoint, { method: 'POST', headers: { 'content-length': '10' } });
    const cut = once(half, 'error');
    half.write('{');
    await once(half, 'socket');
    await fetch(`${endpoint}/health`);
    expect(await end(child, 'SIGINT')).toBe(0);
    await cut;
  });

  test('finds everything again that it had answered before Ctrl-C', async () => {
    const data = await aFolder();
    const first = await serve(['--data', data]);
    const names = Array.from({ length: 20 }, (_, count) => `pool-${count}`);
    const made: string[] = [];
    const api = apiCaller(first.endpoint, 'us-east-1');
    const making = names.map((PoolName) => api('CreateUserPool', { PoolName }).then(() => made.push(PoolName)));
    await Promise.any(making);
    const ended = end(first.child, 'SIGINT');
    await Promise.allSettled(making);
    expect(await ended).toBe(0);

    const second = await serve(['--data', data]);
    const { UserPools } = await apiCaller(second.endpoint, 'us-east-1')('ListUserPools', { MaxResults: 60 });
    const found = (UserPools as readonly { readonly Name: string }[]).map(({ Name }) => Name);
    expect(found).toEqual(expect.arrayContaining(made));
    await end(second.child, 'SIGTERM');
  });
});
