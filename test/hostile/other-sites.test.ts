/** A site that somebody on this machine looks at: what its pages can make the browser do here. */
import { get } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Millpond, startMillpond } from '../../bin/start-millpond.ts';
import { startEngine } from '../../lambdas/adapters/local/engine.ts';
import { jsonHeaders, signature, throughEndpoint } from '../support/wire.ts';

async function started(options: Parameters<typeof startMillpond>[0] = {}): Promise<Millpond> {
  const service = await startMillpond({ memory: true, quiet: true, ...options });
  onTestFinished(() => service.close());
  return service;
}

const listed = ({ endpoint }: Millpond, headers: Readonly<Record<string, string>>) =>
  throughEndpoint(endpoint)({
    headers: { ...jsonHeaders('ListUserPools'), ...signature(), ...headers },
    body: '{"MaxResults":60}',
  });

describe('a page of another site', () => {
  test.each([
    ['on the web', { origin: 'https://evil.example' }],
    ['whose name was pointed here (DNS rebinding)', { origin: 'http://evil.example:9229', host: 'evil.example:9229' }],
    ['that hides where it is from', { origin: 'null' }],
    ['whose name begins like ours', { origin: 'http://localhost.evil.example' }],
    ['whose name ends like ours', { origin: 'http://evillocalhost' }],
    ['that names two origins', { origin: 'http://localhost:9229,https://evil.example' }],
    ['of another machine', { origin: 'http://192.0.2.7:3000' }],
  ])('cannot administer pools: one %s', async (_, headers) => {
    const { status, headers: answered, json } = await listed(await started(), headers);
    expect(status).toBe(400);
    expect(answered['x-amzn-errortype']).toBe('AccessDeniedException:');
    expect(json).toEqual({
      __type: 'AccessDeniedException',
      Message: 'Signatures are not checked here, so signed operations are not for pages of other sites',
    });
  });

  test.each(['http://localhost:3000', 'https://app.localhost', 'http://127.0.0.1:5173', 'http://[::1]:3000'])(
    'is not one at %s',
    async (origin) => {
      expect(await listed(await started(), { origin })).toMatchObject({ status: 200, json: { UserPools: [] } });
    },
  );

  test('is not one under the name that the issuer gives the service', async () => {
    const service = await started({ issuer: 'https://auth.dev.example' });
    expect((await listed(service, { origin: 'https://auth.dev.example' })).status).toBe(200);
    expect((await listed(service, { origin: 'https://dev.example' })).status).toBe(400);
  });

  test('may ask what applications ask for their people (pools-and-users 1)', async () => {
    const { endpoint } = await started();
    const answer = await throughEndpoint(endpoint)({
      headers: { ...jsonHeaders('GetUser'), origin: 'https://app.example' },
      body: '{"AccessToken":"aaaa"}',
    });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.json).toMatchObject({ __type: 'NotAuthorizedException', message: 'Invalid Access Token' });
  });

  test('does not find the table engine by trying out the ports of this machine', async () => {
    const engines = await Promise.all([startEngine(), startEngine()]);
    onTestFinished(async () => void (await Promise.all(engines.map((engine) => engine.stop()))));
    const hosts = engines.map(({ endpoint }) => new URL(endpoint).hostname);
    expect(new Set([...hosts, '127.0.0.1']).size).toBe(3);
    for (const { endpoint } of engines) {
      const { hostname, port } = new URL(endpoint);
      expect(hostname).toMatch(/^127\.\d+\.\d+\.\d+$/);
      await expect(statusAt('127.0.0.1', port)).rejects.toThrow('ECONNREFUSED');
      expect(await statusAt(hostname, port)).toBe(200);
    }
  });
});

const statusAt = (host: string, port: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get({ host, port, agent: false }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
