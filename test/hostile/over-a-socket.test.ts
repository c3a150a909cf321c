/** The started service, over sockets: damaged requests, every route of it, and bytes that are no HTTP at all. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Millpond, startMillpond } from '../../bin/start-millpond.ts';
import { apiCaller } from '../../lambdas/adapters/local/api-caller.ts';
import { withoutKnown } from '../support/answer-faults.ts';
import { hostileInput } from '../support/generated-inputs.ts';
import { awkwardTexts } from '../support/generated-texts.ts';
import { inTime, samplesOf } from '../support/hostile-runs.ts';
import { markSecrets, SECRET_MARK } from '../support/marked-secrets.ts';
import { allOperations } from '../support/operations.ts';
import { rawRequest } from '../support/raw-requests.ts';
import { jsonHeaders, type RawRequest, signature } from '../support/wire.ts';

let service: Millpond;
let poolId: string;

beforeAll(async () => {
  service = await startMillpond({ memory: true, quiet: true });
  const { UserPool } = await apiCaller(service.endpoint, 'us-east-1')('CreateUserPool', { PoolName: 'a pool' });
  poolId = (UserPool as { readonly Id: string }).Id;
});

afterAll(() => service.close());

/** Everything that comes back until the connection is closed: of a client that goes away, that may be nothing. */
async function exchanged(bytes: Uint8Array, goesAway: boolean): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(service.endpoint).port) });
  // The service may hang up on what it will not read to the end.
  socket.on('error', () => undefined);
  if (goesAway) socket.end(bytes);
  else socket.write(bytes);
  return inTime(
    bytes,
    text(socket).catch(() => ''),
  );
}

function bytesOf({ method = 'POST', target = '/', headers = {}, body = '' }: RawRequest): Uint8Array {
  const content = Buffer.from(body);
  const lines = Object.entries({ connection: 'close', 'content-length': content.length, host: 'h', ...headers });
  const head = [`${method} ${target} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''];
  return Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), content]);
}

/** Of each answer in what came back. */
const statusesOf = (answers: string): readonly number[] =>
  [...answers.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));

async function requireCalm(bytes: Uint8Array, goesAway = false): Promise<readonly number[]> {
  const answers = await exchanged(bytes, goesAway);
  const statuses = statusesOf(answers);
  const isCalm = statuses.every((status) => status < 500) && !withoutKnown(answers).includes(SECRET_MARK);
  if (!isCalm) throw new Error(`${answers.slice(0, 1000)}\n\nto\n\n${Buffer.from(bytes).toString('latin1', 0, 3000)}`);
  return statuses;
}

const afterwards = async (): Promise<void> => expect((await fetch(`${service.endpoint}/health`)).status).toBe(200);

describe('The started service', () => {
  test('answers damaged requests for every operation', async () => {
    for (const { operation } of allOperations) {
      for (const request of samplesOf(rawRequest(operation), 4)) {
        expect(await requireCalm(bytesOf(request))).toHaveLength(1);
      }
    }
    await afterwards();
  });

  test('answers hostile inputs for every operation', async () => {
    for (const { name, operation } of allOperations) {
      for (const input of samplesOf(hostileInput(operation.input), 2)) {
        const body = JSON.stringify(markSecrets(operation.input, input));
        const statuses = await requireCalm(bytesOf({ headers: { ...jsonHeaders(name), ...signature() }, body }));
        expect(statuses).toHaveLength(1);
      }
    }
    await afterwards();
  });

  test('answers hostile paths beside the API', async () => {
    const segment = fc.oneof(
      fc.constantFrom(
        '_local',
        'outbox',
        'messages',
        'wait',
        'health',
        '.well-known',
        'jwks.json',
        poolId,
        '..',
        '%2e%2e',
        '%',
        '%00',
        '%ff',
      ),
      fc.constantFrom(...awkwardTexts).map((text) => encodeURIComponent(text)),
    );
    const query = fc.constantFrom(
      '',
      '?',
      '?timeoutMs=1',
      '?timeoutMs=-1',
      '?to=%',
      '?poolId=%ff',
      '?after=x&kind=__proto__',
      '?__proto__=1',
    );
    const known = fc.constantFrom(
      '/_local/outbox',
      '/_local/outbox/messages',
      '/_local/outbox/wait',
      '/health',
      `/${poolId}/.well-known/jwks.json`,
    );
    const paths = fc.tuple(
      fc.constantFrom('GET', 'GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'),
      fc.oneof(
        known,
        fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`),
      ),
      query,
    );
    const headers = fc.record({
      host: fc.constantFrom('localhost', 'h', '', '['),
      origin: fc.constantFrom('null', 'http://x', ''),
    });
    for (const [[method, path, after], others] of samplesOf(fc.tuple(paths, headers), 300)) {
      const waits = path.startsWith('/_local/outbox/wait') ? '?timeoutMs=1' : after;
      expect(await requireCalm(bytesOf({ method, target: `${path}${waits}`, headers: others }))).toHaveLength(1);
    }
    await afterwards();
  });

  test('outlives bytes that are no HTTP, and requests that end in the middle', async () => {
    const [some] = allOperations;
    if (!some) throw new Error('There are operations.');
    const good = rawRequest(some.operation).map(bytesOf);
    const chance = fc.uint8Array({ maxLength: 400 });
    const cut = fc.tuple(good, fc.nat(2000)).map(([bytes, at]) => bytes.subarray(0, at));
    const bent = fc
      .tuple(good, fc.nat(300), fc.nat(255))
      .map(([bytes, at, octet]) => Buffer.from(bytes).fill(octet, at, at + 1));
    const twice = fc.tuple(good, good).map((both) => Buffer.concat(both));
    for (const bytes of samplesOf(fc.oneof(chance, cut, bent, twice), 200)) await requireCalm(bytes, true);
    await afterwards();
  });
});
