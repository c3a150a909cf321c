/** The gateway of one machine: listens, bounds what clients may send, and stops without dropping an answer. */
import { once } from 'node:events';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { codeOf } from './error-code.ts';
import { type Listener, type ListenerParts, listener } from './gateway-listener.ts';
import type { Route } from './gateway-route.ts';

export interface GatewayOptions extends Pick<ListenerParts, 'entry' | 'onFault'> {
  /** 0 picks a free one. */
  readonly port: number;
  /** One address or several; of several, those that this machine does not have are left out, but for the first. */
  readonly host: string | readonly string[];
  /** PEM. Absent: plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** The first one that covers a path answers it. */
  readonly routes?: readonly Route[] | undefined;
}

export interface Gateway {
  readonly port: number;
  /** Takes no more requests; resolves once those in flight are answered, after half a second at the latest. */
  close(): Promise<void>;
}

const limits: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  // Longer than clients keep a connection, so that it is they who close it.
  keepAliveTimeout: 65_000,
};

/** Half of the second that an interrupt may take: the rest is for what is closed afterwards. */
const patienceMs = 500;

export async function startGateway({ port, host, tls, routes = [], ...parts }: GatewayOptions): Promise<Gateway> {
  const closing = new AbortController();
  const answer = listener({ ...parts, routes, closing: closing.signal });
  const [address = '127.0.0.1', ...others] = typeof host === 'string' ? [host] : host;
  const first = await listen(answer, tls, address, port);
  const servers = [first];
  try {
    for (const other of others) servers.push(...(await listenIfHere(answer, tls, other, portOf(first))));
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
  let closed: Promise<void> | undefined;
  return {
    port: portOf(first),
    close() {
      closing.abort();
      closed ??= closeAll(servers);
      return closed;
    },
  };
}

async function listen(answer: Listener, tls: GatewayOptions['tls'], host: string, port: number): Promise<Server> {
  const server = tls ? createTlsServer({ ...limits, ...tls }) : createServer(limits);
  server.on('request', (message, response) => void answer(message, response));
  server.listen({ host, port });
  await once(server, 'listening');
  return server;
}

async function listenIfHere(...parts: Parameters<typeof listen>): Promise<readonly Server[]> {
  try {
    return [await listen(...parts)];
  } catch (error) {
    if (isMissingAddress(error)) return [];
    throw error;
  }
}

const isMissingAddress = (error: unknown): boolean => ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(codeOf(error)));

// A server that listens on a port has an address of this form.
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function closeAll(servers: readonly Server[]): Promise<void> {
  const closed = Promise.all(servers.map((server) => once(server, 'close')));
  for (const server of servers) server.close();
  const timer = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, patienceMs);
  await closed;
  clearTimeout(timer);
}
