/** Requests that were signed by a client of the SDK and changed on their way. */
import { createHash } from 'node:crypto';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AccessKey } from '../../lambdas/core/model/access-key.ts';
import { type StrictService, startStrictService } from '../support/strict-service.ts';
import type { RawRequest } from '../support/wire.ts';

const mismatch = {
  __type: 'InvalidSignatureException',
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
    'and signing method. Consult the service documentation for details.',
};

let service: StrictService;
let key: AccessKey;
let good: Required<RawRequest>;

beforeAll(async () => {
  service = await startStrictService();
  key = await service.aKey();
  good = await service.signed(key, (client) => client.send(new ListUserPoolsCommand({ MaxResults: 12 })));
});

const withHeader = (name: string, value: string): RawRequest => ({
  ...good,
  headers: { ...good.headers, [name]: value },
});

const authorization = (): string => String(good.headers['authorization']);
const signedNames = (): readonly string[] => (/SignedHeaders=([^,]*)/.exec(authorization())?.[1] ?? '').split(';');

const refusalOf = async (request: RawRequest): Promise<unknown> => {
  const { status, json } = await service.send(request);
  expect(status).toBe(400);
  return json;
};

test('A request as the SDK signed it is answered', async () => {
  expect(await service.send(good)).toMatchObject({ status: 200, json: { UserPools: expect.any(Array) } });
  expect(signedNames()).toEqual(expect.arrayContaining(['content-type', 'host', 'x-amz-date', 'x-amz-target']));
});

describe('A signed request is refused', () => {
  test('with any of its signed headers changed', async () => {
    // The host and the time are looked at before.
    const names = signedNames().filter((name) => name !== 'host' && name !== 'x-amz-date');
    expect(names.length).toBeGreaterThan(3);
    for (const name of names.filter((each) => each !== 'x-amz-content-sha256')) {
      const value = String(good.headers[name]);
      // One of the API's own, so that the request arrives at the check.
      const changed = name === 'x-amz-target' ? value.replace('ListUserPools', 'CreateUserPool') : `${value}0`;
      expect(await refusalOf(withHeader(name, changed)), name).toEqual(mismatch);
    }
  });

  test('with any of its signed headers left out', async () => {
    for (const name of signedNames().filter((each) => !['host', 'x-amz-target', 'content-length'].includes(each))) {
      const { [name]: _, ...headers } = good.headers;
      expect(await refusalOf({ ...good, headers }), name).toMatchObject({ __type: expect.stringMatching(/Signature/) });
    }
  });

  test('with any byte of its body changed, added or taken', async () => {
    const body = Buffer.from(good.body);
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await refusalOf({ ...good, body: changed })).toMatchObject({ __type: 'InvalidSignatureException' });
    }
    for (const changed of [Buffer.concat([body, Buffer.from(' ')]), body.subarray(0, -1), Buffer.alloc(0)]) {
      expect(await refusalOf({ ...good, body: changed })).toMatchObject({ __type: 'InvalidSignatureException' });
    }
  });

  test('with its body changed and the hash of the body with it', async () => {
    const body = '{"MaxResults":13}';
    const { 'x-amz-content-sha256': _, ...headers } = good.headers;
    expect(await refusalOf({ ...good, headers, body })).toEqual(mismatch);
    const hash = { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') };
    expect(await refusalOf({ ...good, headers: { ...headers, ...hash }, body })).toEqual(mismatch);
  });

  test('with its time moved within the tolerance', async () => {
    const later = String(good.headers['x-amz-date']).replace(/\d\dZ$/, '59Z');
    expect(await refusalOf(withHeader('x-amz-date', later))).toEqual(mismatch);
  });

  test('for another region, key or secret', async () => {
    const other = await service.aKey();
    for (const [from, to] of [
      ['us-east-1', 'us-east-2'],
      [key.id, other.id],
    ] as const) {
      expect(await refusalOf(withHeader('authorization', authorization().replace(from, to)))).toEqual(mismatch);
    }
    const client = service.clientOf({ id: key.id, secret: other.secret });
    await expect(client.send(new ListUserPoolsCommand({ MaxResults: 1 }))).rejects.toMatchObject({
      name: mismatch.__type,
      message: mismatch.message,
    });
  });

  test('with any digit of its signature changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(63), fc.integer({ min: 1, max: 15 }), async (at, by) => {
        const start = authorization().length - 64 + at;
        const digit = (Number.parseInt(authorization()[start] ?? '0', 16) + by) % 16;
        const changed = authorization().slice(0, start) + digit.toString(16) + authorization().slice(start + 1);
        expect(await refusalOf(withHeader('authorization', changed))).toEqual(mismatch);
      }),
      { numRuns: 40 },
    );
  });

  test('with the list of its signed headers reordered, repeated or shortened', async () => {
    const [, list = ''] = /SignedHeaders=([^,]*)/.exec(authorization()) ?? [];
    const names = list.split(';');
    const others = names.filter((name) => !/^(host|x-amz-date|x-amz-target|content-type)$/.test(name));
    for (const changed of [
      names.toReversed().join(';'),
      `${list};${names.at(-1)}`,
      `${list};x-not-there`,
      list.toUpperCase(),
      names.filter((name) => name !== others[0]).join(';'),
    ]) {
      const refusal = await refusalOf(withHeader('authorization', authorization().replace(list, changed)));
      expect(refusal, changed).toMatchObject({ __type: 'InvalidSignatureException' });
    }
  });

  test('with anything added to its address', async () => {
    for (const query of ['a=b', 'Action=ListUsers', '__proto__=1', 'x-amz-signature=1']) {
      expect(await refusalOf({ ...good, target: `/?${query}` }), query).toEqual(mismatch);
    }
  });
});

test('What is not covered by a signature may change', async () => {
  expect(await service.send(withHeader('user-agent', 'a proxy'))).toMatchObject({ status: 200 });
});
