/** Both ways into a pipeline: in process, and through a gateway on a socket. */
import { startGateway } from '../../lambdas/adapters/local/gateway.ts';
import type { Pipeline } from '../../lambdas/core/pipeline/pipeline.ts';
import { inProcess, throughSocket, type Wire } from './wire.ts';

export interface OpenWire extends AsyncDisposable {
  readonly send: Wire;
}

export type Way = 'in process' | 'through the gateway';

export const ways: readonly Way[] = ['in process', 'through the gateway'];

export async function openWire(way: Way, entry: Pipeline): Promise<OpenWire> {
  if (way === 'in process') return { send: inProcess(entry), async [Symbol.asyncDispose]() {} };
  const gateway = await startGateway({ entry, port: 0, host: '127.0.0.1', onFault: raise });
  return { send: throughSocket(gateway.port), [Symbol.asyncDispose]: () => gateway.close() };
}

function raise(fault: unknown): never {
  throw fault;
}
