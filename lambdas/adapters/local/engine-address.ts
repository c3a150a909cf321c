/** Finds an address for the engine that nobody guesses: it lets in whoever asks, pages of other sites included. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Address, EngineFailed } from './engine-process.ts';

/**
 * All of 127.0.0.0/8 leads to this machine (RFC 1122, 3.2.1.3). Ports alone are soon tried out by a page in a browser,
 * but not on each of sixteen million hosts. Where a system has none but the first, that one has to do.
 */
export async function findFreeAddress(): Promise<Address> {
  const host = `127.${randomInt(256)}.${randomInt(256)}.${randomInt(2, 255)}`;
  return freePortOf(host).catch(() => freePortOf('127.0.0.1'));
}

async function freePortOf(host: string): Promise<Address> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new EngineFailed('There is no free port');
  return { host, port: address.port };
}
