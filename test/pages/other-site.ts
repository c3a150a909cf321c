/** Another site on this machine: it notes whoever connects, and serves the pages that a test gives it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface OtherSite {
  readonly origin: string;
  /** Connections so far, also those that asked for nothing. */
  connections(): number;
  readonly asked: readonly string[];
}

/** `pages` by path; every other path is an empty answer. */
export async function anotherSite(pages: (origin: string) => Readonly<Record<string, string>>): Promise<OtherSite> {
  let connections = 0;
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.setHeader('content-type', 'text/html').end(pages(origin)[url]);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A listening server has an address with a port.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, asked, connections: () => connections };
}
