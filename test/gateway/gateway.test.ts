/** The gateway of one machine, over real sockets. */
import { once } from 'node:events';
import { Agent, request as openRequest } from 'node:http';
import { request as openTlsRequest } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Gateway, type GatewayOptions, startGateway } from '../../lambdas/adapters/local/gateway.ts';
import type { RouteRequest } from '../../lambdas/adapters/local/gateway-route.ts';
import { healthRoute } from '../../lambdas/adapters/local/health.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { storelessEntry, withHandle } from '../support/entries.ts';
import { tlsPair } from '../support/tls-pair.ts';
import { jsonHeaders, signature, throughSocket } from '../support/wire.ts';

const open: Gateway[] = [];
const ok = async () => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'api' });

async function start(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  const raise = (fault: unknown) => {
    throw fault;
  };
  const gateway = await startGateway({ entry: ok, port: 0, host: '127.0.0.1', onFault: raise, ...options });
  open.push(gateway);
  return gateway;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((gateway) => gateway.close()));
});

/** Writes bytes as they are, and reads until the gateway ends the connection. */
async function raw(port: number, ...parts: readonly string[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  for (const part of parts) socket.write(part);
  return await text(socket);
}

describe('The routes of the gateway', () => {
  test('answer their own paths, and the entry answers the API', async () => {
    const seen: RouteRequest[] = [];
    const route = {
      covers: (path: string) => path.startsWith('/_local/'),
      answer: (request: RouteRequest) => {
        seen.push(request);
        return { status: 201, headers: { 'x-here': 'yes' }, cookies: ['a=1', 'b=2'], body: 'route' };
      },
    };
    const { port } = await start({ routes: [route] });
    const send = throughSocket(port);

    expect(await send({ body: '{}' })).toMatchObject({ status: 200, body: 'api' });
    expect(await send({ method: 'GET', target: '/_local/x?y=1' })).toMatchObject({
      status: 201,
      body: 'route',
      headers: { 'x-here': 'yes', 'set-cookie': 'a=1,b=2', 'content-length': '5' },
    });
    expect(seen).toMatchObject([
      { method: 'GET', path: '/_local/x', target: '/_local/x?y=1', remoteAddress: '127.0.0.1' },
    ]);
  });

  test('are all there is beside the API', async () => {
    const send = throughSocket((await start()).port);

    expect(await send({ method: 'GET', target: '/favicon.ico' })).toMatchObject({
      status: 404,
      body: '{"message":"Not Found"}',
    });
    expect(await send({ target: '/v1/', headers: { 'x-amz-target': 'x.y' } })).toMatchObject({ body: 'api' });
  });

  test('are told when the caller goes away', async () => {
    const arrived = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const route = {
      covers: () => true,
      answer: async ({ signal }: RouteRequest) => {
        signal.addEventListener('abort', () => gone.resolve());
        arrived.resolve();
        await gone.promise;
        return { status: 200, headers: {}, body: '' };
      },
    };
    const { port } = await start({ routes: [route] });
    const socket = connect({ host: '127.0.0.1', port });
    socket.write('GET /wait HTTP/1.1\r\nHost: h\r\n\r\n');
    await arrived.promise;
    socket.destroy();

    await gone.promise;
  });

  test('say whether the service is fit to answer', async () => {
    let isFit = true;
    const check = async () => {
      if (!isFit) throw new Error('no engine');
    };
    const send = throughSocket((await start({ routes: [healthRoute(check)] })).port);

    expect(await send({ method: 'GET', target: '/health' })).toMatchObject({ status: 200, json: { status: 'ok' } });
    isFit = false;
    expect(await send({ method: 'GET', target: '/health' })).toMatchObject({
      status: 503,
      json: { status: 'unavailable' },
    });
  });

  test('answer HEAD without a body', async () => {
    const send = throughSocket((await start({ routes: [healthRoute(async () => {})] })).port);

    expect(await send({ method: 'HEAD', target: '/health' })).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '15' },
    });
  });
});

describe('A fault behind the gateway', () => {
  test.each(['/', '/route'])('at %s is told, and answered as API Gateway does', async (target) => {
    const fault = new Error('inner');
    const fail = () => Promise.reject(fault);
    const faults: unknown[] = [];
    const { port } = await start({
      entry: fail,
      routes: [{ covers: (path) => path === '/route', answer: fail }],
      onFault: (caught) => faults.push(caught),
    });

    expect(await throughSocket(port)({ target })).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
    expect(faults).toEqual([fault]);
  });

  test('that HTTP cannot carry ends the connection, and the next one is served', async () => {
    const faults: unknown[] = [];
    let headers: Record<string, string> = { 'x-broken': 'a\nb' };
    const { port } = await start({
      entry: async () => ({ status: 200, headers, body: 'api' }),
      onFault: (caught) => faults.push(caught),
    });
    const send = throughSocket(port);

    await expect(send({})).rejects.toThrow('socket hang up');
    headers = {};
    expect(await send({})).toMatchObject({ status: 200 });
    expect(faults).toMatchObject([{ code: 'ERR_INVALID_CHAR' }]);
  });

  test('that never ends is given up after 29 seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const arrived = Promise.withResolvers<void>();
      const entry = () => {
        arrived.resolve();
        return new Promise<never>(() => {});
      };
      const answer = throughSocket((await start({ entry })).port)({});
      await arrived.promise;
      await vi.advanceTimersByTimeAsync(29_000);

      expect(await answer).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('The limits of the gateway', () => {
  const { entry } = storelessEntry(withHandle(DescribeUserPool, async () => ({})));
  const head = (length: number) =>
    `POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: AWSCognitoIdentityProviderService.DescribeUserPool\r\nContent-Length: ${length}\r\n\r\n`;

  test('let a client that sends too much finish, then say so (pools-and-users 8)', async () => {
    const { port } = await start({ entry });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = async (body: Buffer) => {
      const headers = { ...jsonHeaders('DescribeUserPool'), ...signature() };
      const sent = openRequest({ host: '127.0.0.1', port, method: 'POST', headers, agent });
      sent.end(body);
      const [answer] = await once(sent, 'response');
      return { status: answer.statusCode, reused: sent.reusedSocket, body: JSON.parse(await text(answer)) };
    };

    expect(await send(Buffer.alloc(9 * 1024 * 1024, ' '))).toEqual({
      status: 413,
      reused: false,
      body: { __type: 'RequestEntityTooLargeException', message: 'Request body is too large' },
    });
    expect(await send(Buffer.from('{}'))).toMatchObject({ status: 400, reused: true });
    agent.destroy();
  });

  test('end the connection of a client that would send on and on', async () => {
    const { port } = await start({ entry });
    const socket = connect({ host: '127.0.0.1', port });
    socket.write(head(1024 * 1024 * 1024));
    const answer = text(socket);
    socket.write(Buffer.alloc(10 * 1024 * 1024 + 1, ' '));

    expect(await answer).toMatch(/^HTTP\/1\.1 413 .*\r\nConnection: close\r\n.*RequestEntityTooLargeException/s);
  });

  test('bound the headers', async () => {
    const { port } = await start();

    expect(await raw(port, `GET / HTTP/1.1\r\nHost: h\r\nX-Long: ${'x'.repeat(17 * 1024)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await raw(port, `GET /?${'x'.repeat(17 * 1024)} HTTP/1.1\r\nHost: h\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('refuse what is no HTTP', async () => {
    const { port } = await start();

    expect(await raw(port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(
      await raw(port, `POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('take chunked bodies, and the target that a proxy is sent', async () => {
    const { port } = await start({ entry });
    const chunked =
      'POST http://api.example/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n' +
      `X-Amz-Target: AWSCognitoIdentityProviderService.DescribeUserPool\r\nAuthorization: ${signature()['authorization']}\r\n` +
      'Transfer-Encoding: chunked\r\n\r\n';

    const chunks = ['{"Use', 'rPoolId":"us-east-1_Ab1"}', ''].map(
      (part) => `${part.length.toString(16)}\r\n${part}\r\n`,
    );

    expect(await raw(port, chunked, ...chunks)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('forget a client that goes away in the middle of its body', async () => {
    const asked: unknown[] = [];
    const { port } = await start({
      entry: async (request) => {
        asked.push(request.method);
        return await ok();
      },
    });
    const socket = connect({ host: '127.0.0.1', port });
    socket.write(`${head(100)}half`);
    socket.end();
    socket.resume();
    await once(socket, 'close');

    expect(await throughSocket(port)({ method: 'PUT' })).toMatchObject({ status: 200 });
    expect(asked).toEqual(['PUT']);
  });
});

describe('The addresses of the gateway', () => {
  test('share one port', async () => {
    const { port } = await start({ host: ['127.0.0.1', '127.0.0.2'] });

    for (const host of ['127.0.0.1', '127.0.0.2']) {
      const sent = openRequest({ host, port, agent: false }).end();
      const [answer] = await once(sent, 'response');
      expect(await text(answer)).toBe('api');
    }
  });

  test('that this machine does not have are left out, but for the first', async () => {
    const { port } = await start({ host: ['127.0.0.1', '192.0.2.1'] });

    expect(await throughSocket(port)({})).toMatchObject({ status: 200 });
    await expect(start({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
  });

  test('that are taken are refused, and nothing stays open', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('can be served with TLS', async () => {
    const pair = await tlsPair();
    const { port } = await start({ tls: pair });
    const sent = openTlsRequest({
      host: '127.0.0.1',
      port,
      ca: pair.ca,
      servername: 'localhost',
      agent: false,
    }).end();
    const [answer] = await once(sent, 'response');

    expect(await text(answer)).toBe('api');
  });
});

describe('Closing the gateway', () => {
  test('finishes the requests in flight and takes no new ones', async () => {
    const arrived = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const { port, close } = await start({
      entry: async () => {
        arrived.resolve();
        await go.promise;
        return await ok();
      },
    });
    const agent = new Agent({ keepAlive: true });
    const sent = openRequest({ host: '127.0.0.1', port, agent }).end();
    const answered = once(sent, 'response');
    await arrived.promise;
    const closed = close();
    await expect(throughSocket(port)({})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    go.resolve();
    const [answer] = await answered;

    expect(answer.headers).toMatchObject({ connection: 'close' });
    expect(await text(answer)).toBe('api');
    await closed;
    agent.destroy();
  });

  test('waits for no one longer than half a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const arrived = Promise.withResolvers<void>();
      const { port, close } = await start({
        entry: () => {
          arrived.resolve();
          return new Promise<never>(() => {});
        },
      });
      const hung = expect(throughSocket(port)({})).rejects.toThrow('socket hang up');
      await arrived.promise;
      const closed = close();
      await vi.advanceTimersByTimeAsync(500);

      await closed;
      await hung;
    } finally {
      vi.useRealTimers();
    }
  });

  test('calls off the waits of routes, and may be asked for twice', async () => {
    const arrived = Promise.withResolvers<void>();
    const route = {
      covers: () => true,
      answer: async ({ signal }: RouteRequest) => {
        arrived.resolve();
        await once(signal, 'abort');
        return { status: 204, headers: {}, body: '' };
      },
    };
    const { port, close } = await start({ routes: [route] });
    const answer = throughSocket(port)({ method: 'GET' });
    await arrived.promise;

    await Promise.all([close(), close()]);
    expect(await answer).toMatchObject({ status: 204, body: '' });
  });
});
