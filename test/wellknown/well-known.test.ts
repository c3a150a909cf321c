/** Discovery document and keys of a pool, as verifiers of its tokens read them. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { startGateway } from '../../lambdas/adapters/local/gateway.ts';
import { rsaSigner } from '../../lambdas/adapters/system/rsa-signer.ts';
import { sealedSigner } from '../../lambdas/adapters/system/sealed-signer.ts';
import type { RequestLine } from '../../lambdas/core/ports/logger.ts';
import { StaleConfiguration } from '../../lambdas/core/ports/stale-configuration.ts';
import { Unavailable } from '../../lambdas/core/ports/unavailable.ts';
import { isWellKnown, type WellKnownPorts, wellKnown } from '../../lambdas/wellknown/index.ts';
import { aSealer, sharedPairs } from '../support/key-material.ts';
import { memorySigningKeys } from '../support/memory-keys.ts';
import { aPool } from '../support/model.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { inProcess, type RawRequest, throughSocket } from '../support/wire.ts';

const pool = aPool();
const discovery = `/${pool.id}/.well-known/openid-configuration`;
const jwks = `/${pool.id}/.well-known/jwks.json`;

function aRoom(
  find: WellKnownPorts['pools']['find'] = async (id) => (id === pool.id ? pool : undefined),
  keys = memorySigningKeys(),
) {
  const lines: RequestLine[] = [];
  const clock = { now: () => Date.UTC(2026, 10, 20) };
  const random = seededRandom('well-known');
  const signer = sealedSigner({ keys, sealer: aSealer(clock), pairs: sharedPairs, clock, random });
  const ports = {
    // Of pools, the room asks for nothing else.
    pools: { find } as WellKnownPorts['pools'],
    settings: { issuerBase: 'https://auth.example' },
    logger: { write: (line: RequestLine) => void lines.push(line), record: () => {} },
    signer,
    clock,
  };
  const answer = wellKnown(ports);
  return {
    answer,
    ports,
    signer,
    lines,
    get: (target: string, request: RawRequest = {}) => inProcess(answer)({ method: 'GET', target, ...request }),
  };
}

describe('The discovery document', () => {
  test('names the issuer under whose path it stands, and its keys', async () => {
    const answer = await aRoom().get(discovery);

    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=3600',
        etag: expect.stringMatching(/^"[\w-]{43}"$/),
      },
    });
    expect(answer.json).toEqual({
      id_token_signing_alg_values_supported: ['RS256'],
      issuer: `https://auth.example/${pool.id}`,
      jwks_uri: `https://auth.example/${pool.id}/.well-known/jwks.json`,
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
  });
});

describe('The key set', () => {
  test('holds one key for each kind of token, and nothing of their private halves', async () => {
    const { get, signer } = aRoom();
    const { status, json } = await get(jwks);
    // Compared with the whole of what it should be, just below.
    const { keys } = json as { keys: Record<string, string>[] };

    expect(status).toBe(200);
    expect(keys).toEqual((await signer.published(pool.id)).keys);
    expect(keys).toHaveLength(2);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(2);
    for (const key of keys) {
      expect(Object.keys(key)).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect(key).toMatchObject({ alg: 'RS256', e: 'AQAB', kty: 'RSA', use: 'sig' });
    }
  });

  test('is kept by nobody while it may grow at any moment', async () => {
    const keys = memorySigningKeys();
    const { signer, ...room } = aRoom(undefined, keys);
    const publisher = rsaSigner({ keys, clock: { now: () => 0 } });
    const get = inProcess(wellKnown({ ...room.ports, signer: publisher }));
    const answer = () => get({ method: 'GET', target: jwks });

    const { headers, ...empty } = await answer();
    expect(empty).toMatchObject({ status: 200, json: { keys: [] } });
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    await signer.sign(pool.id, 'access', {});
    expect(await answer()).toMatchObject({ json: { keys: [{}] }, headers: { 'cache-control': 'no-store' } });
    await signer.sign(pool.id, 'id', {});
    expect(await answer()).toMatchObject({
      json: { keys: [{}, {}] },
      headers: { 'cache-control': 'public, max-age=3600' },
    });
    expect(await get({ method: 'GET', target: discovery })).toMatchObject({
      headers: { 'cache-control': 'public, max-age=3600' },
    });
  });

  test('verifies tokens of both kinds for whoever fetches it', async () => {
    const { answer, signer } = aRoom();
    const route = { covers: isWellKnown, answer };
    const unasked = () => Promise.reject(new Error('asked'));
    const gateway = await startGateway({ entry: unasked, routes: [route], port: 0, host: '127.0.0.1', onFault() {} });
    const keys = createRemoteJWKSet(new URL(`http://127.0.0.1:${gateway.port}${jwks}`));
    for (const use of ['id', 'access'] as const) {
      const { payload } = await jwtVerify(await signer.sign(pool.id, use, { token_use: use }), keys);
      expect(payload).toEqual({ token_use: use });
    }
    expect(await throughSocket(gateway.port)({ method: 'HEAD', target: jwks })).toMatchObject({
      status: 200,
      body: '',
    });
    await gateway.close();
  });
});

describe('Both documents', () => {
  test.each([discovery, jwks])('are not sent again to a cache that holds them: %s', async (path) => {
    const { get } = aRoom();
    const { etag = '' } = (await get(path)).headers;

    for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      expect(await get(path, { headers: { 'If-None-Match': held } })).toMatchObject({
        status: 304,
        body: '',
        headers: { etag, 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=3600' },
      });
    }
    expect(await get(path, { headers: { 'If-None-Match': '"other"' } })).toMatchObject({ status: 200 });
  });

  test('can be read by any page', async () => {
    const { get } = aRoom();
    const answer = await get(jwks, {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'x-amz-user-agent' },
    });

    expect(answer).toMatchObject({
      status: 200,
      body: '',
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET,HEAD,OPTIONS',
        'access-control-allow-headers': expect.stringContaining('x-amz-user-agent'),
        'access-control-max-age': '600',
      },
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test('are refused for a pool that does not exist, and nobody keeps the refusal', async () => {
    const { get, lines } = aRoom();

    expect(await get('/us-east-1_nobody/.well-known/jwks.json')).toMatchObject({
      status: 400,
      body: '{"message":"User pool us-east-1_nobody does not exist."}',
      headers: { 'cache-control': 'no-store', 'access-control-allow-origin': '*' },
    });
    expect(lines).toMatchObject([
      { level: 'info', poolId: 'us-east-1_nobody', outcome: 'ResourceNotFoundException', status: 400 },
    ]);
  });

  test('cannot be written', async () => {
    expect(await aRoom().get(jwks, { method: 'POST' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, OPTIONS' },
    });
  });

  test('survive a configuration that turns out to be stale', async () => {
    let reads = 0;
    const { get, lines } = aRoom(async () => {
      reads += 1;
      if (reads === 1) throw new StaleConfiguration(pool.id);
      return pool;
    });

    expect(await get(discovery)).toMatchObject({ status: 200 });
    expect(lines).toMatchObject([{ outcome: 'ok', status: 200, poolId: pool.id }]);
  });

  test.each([
    ['cannot be reached', new Unavailable('no table'), 503],
    ['is broken', new Error('inner'), 500],
  ])('say nothing of a store that %s', async (_kind, fault, status) => {
    const { get, lines } = aRoom(() => Promise.reject(fault));
    const answer = await get(jwks);

    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain(fault.message);
    expect(lines).toMatchObject([{ level: 'error', status, fault: { message: fault.message } }]);
  });
});

describe('The paths of the room', () => {
  test.each(['/us-east-1_aB1/.well-known/jwks.json', '/eu-west-1_x/.well-known/openid-configuration'])(
    'take in %s',
    (path) => {
      expect(isWellKnown(path)).toBe(true);
    },
  );

  test.each([
    '/',
    '/.well-known/jwks.json',
    '/no-pool/.well-known/jwks.json',
    '/us-east-1_aB1/.well-known/jwks.json/',
    '/us-east-1_aB1/.well-known/other',
    '/a/us-east-1_aB1/.well-known/jwks.json',
    `/${'a'.repeat(60)}_b/.well-known/jwks.json`,
    '/us-east-1_aB%31/.well-known/jwks.json',
  ])('leave %s alone', async (path) => {
    expect(isWellKnown(path)).toBe(false);
    expect(await aRoom().get(path)).toMatchObject({ status: 404 });
  });
});
