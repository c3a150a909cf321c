/** `npm start`: the whole service on one machine, until it is told to stop. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { announcement } from '../lambdas/adapters/local/announce.ts';
import { CannotStart } from '../lambdas/adapters/local/cannot-start.ts';
import { readOptions } from '../lambdas/adapters/local/options.ts';
import { fromSaid } from '../lambdas/adapters/local/start-settings.ts';

const say = (text: string): boolean => process.stdout.write(text);

async function serve(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const said = readOptions(args, environment);
  if (said.help) {
    const { helpText } = await import('../lambdas/adapters/local/help.ts');
    const help = await helpText(await version());
    say(`${process.stdout.isTTY ? help : stripVTControlCharacters(help)}\n`);
    return 0;
  }
  if (said.version) {
    say(`${await version()}\n`);
    return 0;
  }
  return run(fromSaid(said), untilToldToStop());
}

async function run(options: ReturnType<typeof fromSaid>, signal: AbortSignal): Promise<number> {
  const { startMillpond } = await import('./start-millpond.ts');
  try {
    const service = await startMillpond({ ...options, signal });
    say(announcement(service));
    if (!signal.aborted) await once(signal, 'abort');
    await service.close();
  } catch (error) {
    // Called off before it was ready.
    if (!signal.aborted || error !== signal.reason) throw error;
  }
  return 0;
}

/** The first signal ends the service in order, within a second; another one changes nothing about that. */
function untilToldToStop(): AbortSignal {
  const told = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => told.abort());
  return told.signal;
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return String(JSON.parse(text).version);
}

/** One sentence for what the person at the terminal can mend, the whole story for anything else. */
function complain(error: unknown): number {
  const isExpected = error instanceof CannotStart;
  console.error(isExpected ? error.message : error);
  return isExpected ? error.exitCode : 1;
}

// A reader that went away (`npm start | head`) ends no service.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exit(await serve(process.argv.slice(2), process.env).catch(complain));
