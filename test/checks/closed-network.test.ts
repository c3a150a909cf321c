/** Proves that tests cannot leave the machine. */
import dns from 'node:dns';
import { lookup as lookupLater } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import net from 'node:net';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isLoopback } from '../support/close-network.ts';

const closed = /network is closed/;
// 192.0.2.0/24 is reserved for documentation (RFC 5737): nobody answers there.
const elsewhere = '192.0.2.1';

describe('the closed network', () => {
  test('refuses a TCP connection to another machine', async () => {
    const [error] = await once(net.connect({ host: elsewhere, port: 80 }), 'error').catch((thrown) => [thrown]);
    expect(error.message).toMatch(closed);
  });

  test('refuses a TCP connection given as port and host', async () => {
    const error = await once(net.connect(80, elsewhere), 'connect').catch((thrown: Error) => thrown);
    expect(String(error)).toMatch(closed);
  });

  test('refuses a TLS connection to another machine', async () => {
    const error = await once(connectTls({ host: elsewhere, port: 443 }), 'secureConnect').catch(
      (thrown: Error) => thrown,
    );
    expect(String(error)).toMatch(closed);
  });

  test('refuses fetch to another machine', async () => {
    const error: Error = await fetch(`http://${elsewhere}/`).catch((thrown) => thrown);
    expect(String(error.cause)).toMatch(closed);
  });

  test('refuses to look up names', async () => {
    await expect(lookupLater('example.com')).rejects.toThrow(closed);
    await expect(promisify(dns.lookup)('example.com')).rejects.toThrow(closed);
  });

  test('lets loopback through', async () => {
    const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const answer = await fetch(`http://localhost:${address.port}/`);
    expect(await answer.text()).toBe('here');
  });

  test.each(['localhost', 'pool.localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]', '::ffff:127.0.0.1'])(
    'calls %s this machine',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  test.each(['example.com', '10.0.0.1', 'localhost.example.com', '127.0.0.1.example.com', '0.0.0.0', '::2'])(
    'calls %s another machine',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
