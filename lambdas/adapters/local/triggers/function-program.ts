/** The thread of a function: loads its module, runs its handler for one event after the other. */
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { answerTooLong, longestAnswer } from '../../triggers/answer-bounds.ts';
import { wordsOfFailure, wordsOfLoading } from './function-faults.ts';
import { watchFiles } from './function-hooks.ts';
import type { FunctionData, FunctionRequest, FunctionSaid } from './function-messages.ts';
import { callHandler, type Handler } from './handler-call.ts';

async function serve(port: MessagePort, { module, handler, context }: FunctionData): Promise<void> {
  const say = (said: FunctionSaid) => port.postMessage(said);
  process.on('unhandledRejection', (reason) => {
    throw new Error(wordsOfFailure(reason instanceof Error ? `${reason.name}: ${reason.message}` : reason));
  });
  watchFiles((path, moment) => say({ kind: 'file', path, moment }));
  try {
    const run = handlerIn(await import(pathToFileURL(module).href), handler);
    port.on(
      'message',
      (request: FunctionRequest) => void answer(port, request, () => callHandler(run, context, request)),
    );
    say({ kind: 'loaded' });
  } catch (cause) {
    console.error(cause);
    say({ kind: 'unfit', message: wordsOfLoading(cause) });
  }
}

/** By the path of names; what CommonJS exports may stand under `default` alone. */
function handlerIn(module: object, path: string): Handler {
  const names = path.split('.');
  for (const root of [module, Reflect.get(module, 'default')]) {
    const found = names.reduce(memberOf, root);
    // Whether it takes what handlers take shows when it is called.
    if (typeof found === 'function') return found as Handler;
  }
  throw new Error(`${path} is undefined or not exported`);
}

const memberOf = (of: unknown, name: string): unknown =>
  (typeof of === 'object' && of !== null) || typeof of === 'function' ? Reflect.get(of, name) : undefined;

async function answer(
  port: MessagePort,
  { requestId }: FunctionRequest,
  begin: () => ReturnType<typeof callHandler>,
): Promise<void> {
  // Until it has answered, the thread lasts only as long as the function has something to do.
  port.unref();
  const call = begin();
  process.once('beforeExit', call.drained);
  try {
    const text = textOf(await call.answer);
    port.postMessage({ kind: 'answer', requestId, text } satisfies FunctionSaid);
  } catch (cause) {
    // As Lambda does: where it was thrown is for those who wrote it.
    console.error(cause);
    port.postMessage({ kind: 'failure', requestId, message: wordsOfFailure(cause) } satisfies FunctionSaid);
  } finally {
    process.off('beforeExit', call.drained);
    port.ref();
  }
}

function textOf(answered: unknown): string {
  const text = jsonOf(answered ?? null);
  if (Buffer.byteLength(text) > longestAnswer) throw new Error(answerTooLong);
  return text;
}

function jsonOf(answered: unknown): string {
  try {
    return JSON.stringify(answered) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

/** Nothing happens when this is loaded outside a thread. */
if (parentPort) void serve(parentPort, workerData);
