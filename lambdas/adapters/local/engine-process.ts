/** One process of the embedded engine: started until it answers, ended by its own id, and never left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import type { Readable } from 'node:stream';

export interface EngineProcess {
  readonly pid: number;
  /** Resolves with the reason, in words. */
  readonly ended: Promise<string>;
  /** Asks it to end, and makes it end when it has not done so soon. */
  end(): Promise<void>;
}

/** Of this machine. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Program {
  readonly binary: string;
  readonly address: Address;
  /** Absent: in memory. */
  readonly file: string | undefined;
}

/** It did not come so far as to answer. */
export class EngineFailed extends Error {
  override readonly name = 'EngineFailed';
}

const startingMs = 10_000;
const endingMs = 700;
const healthMs = 1000;

export async function startProcess({ binary, address, file }: Program): Promise<EngineProcess> {
  const place = file === undefined ? [] : ['--db-path', file];
  // A group of its own: an interrupt from the keyboard is for the service, which lets requests finish first.
  const child = spawn(binary, ['serve', '--host', address.host, '--port', String(address.port), ...place], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const started = own(child);
  try {
    await untilListening(child.stderr, started.ended);
    await requireHealthy(address);
  } catch (error) {
    await started.end();
    throw error;
  }
  return started;
}

/** Resolves when the engine at this address answers. */
export async function requireHealthy({ host, port }: Address): Promise<void> {
  const asked = get({ host, port, agent: false, timeout: healthMs });
  asked.on('timeout', () => asked.destroy(new EngineFailed('The table engine does not answer')));
  const [answer] = await once(asked, 'response');
  answer.resume();
  if (answer.statusCode !== 200) throw new EngineFailed(`The table engine answers with status ${answer.statusCode}`);
}

function own(child: ChildProcess): EngineProcess {
  const watcher = child.pid === undefined ? undefined : watchOver(child.pid);
  const ended = endOf(child).finally(() => watcher?.kill('SIGKILL'));
  // Nothing of it keeps this process alive: when that ends, the watcher ends the engine.
  child.unref();
  return {
    pid: child.pid ?? 0,
    ended,
    async end() {
      // The timer also keeps this process alive until the engine is gone.
      const timer = setTimeout(() => child.kill('SIGKILL'), endingMs);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Settles when its last words have been read as well: the process may be gone before they are. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
}

/**
 * A shell that waits for the end of its input, which comes when this process is gone, however it went: even killed, it
 * leaves no engine behind. The name is compared because a number can belong to another process by then.
 */
function watchOver(pid: number): ChildProcess {
  const script = `
    is_engine() { [ "$(cat "/proc/$1/comm" 2>/dev/null)" = dynoxide ]; }
    read -r _
    is_engine "$1" && kill -TERM "$1" 2>/dev/null
    sleep 1
    is_engine "$1" && kill -KILL "$1" 2>/dev/null`;
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without a shell the engine still ends with the service in every ordinary way.
  watcher.on('error', () => {});
  watcher.unref();
  unreference(watcher.stdin);
  return watcher;
}

/** Its own line says that the port is its own: what answers there might be somebody else's engine. */
function untilListening(output: Readable, ended: Promise<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new EngineFailed('The table engine does not come up')), startingMs);
    output.setEncoding('utf8');
    // It is read for as long as it lasts: a full pipe would stop the engine.
    output.on('data', (text: string) => {
      said = `${said}${text}`.slice(-1000);
      if (said.includes('listening on')) settle(resolve);
    });
    void ended.then((reason) =>
      settle(() =>
        reject(new EngineFailed([`The table engine ended (${reason})`, said.trim()].filter(Boolean).join(': '))),
      ),
    );
    function settle(how: () => void): void {
      clearTimeout(timer);
      unreference(output);
      how();
    }
  });
}

/** Pipes of child processes are sockets, which can let go of the event loop; their types do not say so. */
function unreference(pipe: object | null): void {
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
}
