/** The way in from the world: one HTTPS server on this machine for all host names of a stack. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { tlsPair } from '../tls-pair.ts';
import { type Header, jsonAnswer, type Site, type WebAnswer } from './web.ts';

export interface Front {
  readonly port: number;
  /** The certificate to trust, PEM. */
  readonly ca: string;
  /** Requests for a host, with its port, go to the site. */
  readonly sites: Map<string, Site>;
  close(): Promise<void>;
}

/** Where all callers seem to be. */
export const viewerIp = '203.0.113.9';

export async function startFront(onFault: (fault: unknown) => void): Promise<Front> {
  const { ca, key, cert } = await tlsPair();
  const sites = new Map<string, Site>();
  const server = createServer({ key, cert, maxHeaderSize: 64 * 1024 }, (request, response) => {
    serve(request, response, sites).catch((fault) => {
      onFault(fault);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return { port, ca, sites, close: () => close(server) };
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  sites: ReadonlyMap<string, Site>,
): Promise<void> {
  const body = await buffer(message);
  const target = message.url ?? '/';
  const at = target.indexOf('?');
  const site = sites.get(message.headers.host ?? '');
  const answer = await (site?.({
    method: message.method ?? 'GET',
    path: at < 0 ? target : target.slice(0, at),
    query: at < 0 ? '' : target.slice(at + 1),
    headers: pairsOf(message.rawHeaders),
    body,
    sourceIp: viewerIp,
  }) ?? jsonAnswer(403, { message: 'Forbidden' }));
  write(response, message.method === 'HEAD', answer);
}

function pairsOf(raw: readonly string[]): readonly Header[] {
  const pairs: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return pairs;
}

function write(response: ServerResponse, isHead: boolean, { status, headers, body }: WebAnswer): void {
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== 'content-length') response.appendHeader(name, value);
  }
  if (status !== 204 && status !== 304) response.setHeader('content-length', body.length);
  response.writeHead(status).end(isHead ? undefined : body);
}
