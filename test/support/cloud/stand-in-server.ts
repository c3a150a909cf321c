/** A service of the platform, on this machine: an HTTP server whose requests are signed by the function that calls. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ServiceRequest {
  /** Of the caller, from its signature. */
  readonly accessKeyId: string;
  /** What stands behind the dot of `X-Amz-Target`. */
  readonly operation: string;
  readonly body: string;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface StandInServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Thrown where a caller is gone before it is answered: nothing is done, and nobody hears of it. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';
}

export async function startStandIn(
  answer: (request: ServiceRequest) => Promise<ServiceAnswer>,
  onFault: (fault: unknown) => void,
): Promise<StandInServer> {
  const server = createServer((request, response) => {
    serve(request, response, answer).catch((fault) => {
      if (!(fault instanceof CallerGone)) onFault(fault);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: ServiceRequest) => Promise<ServiceAnswer>,
): Promise<void> {
  const body = (await buffer(request)).toString();
  const accessKeyId = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
  if (accessKeyId === undefined) throw new Error('A function calls without a signature');
  const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
  const { status, contentType, body: text } = await answer({ accessKeyId, operation, body });
  response.writeHead(status, { 'content-type': contentType, 'x-amzn-requestid': crypto.randomUUID() }).end(text);
}
