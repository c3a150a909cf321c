/** Signatures that are missing, incomplete, for somewhere else or out of date; and keys that are none. */
import { ListUserPoolsCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { authorizationOf } from '../../lambdas/adapters/sigv4/authorization-of.ts';
import { basicTime } from '../../lambdas/adapters/sigv4/basic-time.ts';
import { type Signer, signRequest } from '../../lambdas/adapters/sigv4/sign-request.ts';
import type { AccessKey } from '../../lambdas/core/model/access-key.ts';
import { refused } from '../support/refused.ts';
import { type StrictService, startStrictService } from '../support/strict-service.ts';
import { jsonHeaders, type RawAnswer, signature } from '../support/wire.ts';

const body = '{"MaxResults":1}';

interface Given {
  readonly service: StrictService;
  readonly key: AccessKey;
  /** A request that is signed as the CLI and boto3 sign theirs, with headers on top of it. */
  send(given?: Partial<Signer> & { readonly signed?: Headers; readonly added?: Headers }): Promise<RawAnswer>;
}

type Headers = Readonly<Record<string, string>>;

async function given(...options: Parameters<typeof startStrictService>): Promise<Given> {
  const service = await startStrictService(...options);
  const key = await service.aKey();
  return {
    service,
    key,
    async send({ signed = {}, added = {}, ...signing } = {}) {
      const unsigned = { endpoint: 'http://localhost', headers: { ...jsonHeaders('ListUserPools'), ...signed }, body };
      const who = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: service.clock.now(), ...signing };
      return service.send({ headers: { ...(await signRequest(unsigned, who)), ...added }, body });
    },
  };
}

const invalid = (message: unknown) => ({ __type: 'InvalidSignatureException', message });
const incomplete = (message: unknown) => ({ __type: 'IncompleteSignatureException', message });
const unrecognized = {
  __type: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
};

describe('A signature', () => {
  test('by the right key is accepted, whichever region it is for', async () => {
    const { service, key, send } = await given();
    for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-2']) {
      expect(await send({ region })).toMatchObject({ status: 200 });
      const { UserPools } = await service.clientOf(key, region).send(new ListUserPoolsCommand({ MaxResults: 1 }));
      expect(UserPools).toEqual(expect.any(Array));
    }
  });

  test('settles the region and the account of what is made', async () => {
    const { service } = await given();
    const pool = await service.aPool();
    expect(pool.Arn).toBe(`arn:aws:cognito-idp:us-east-1:111122223333:userpool/${pool.id}`);
  });

  test('of a deployment is for its own region alone', async () => {
    const { send } = await given({ acceptAnyRegion: false, settings: { region: 'eu-west-1' } });
    expect(await send({ region: 'eu-west-1' })).toMatchObject({ status: 200 });
    expect((await send()).json).toEqual(invalid('Credential should be scoped to a valid region. '));
  });

  test('is refused by row of what is wrong with it (pools-and-users 11)', async () => {
    const { service, key, send } = await given();
    const { clock } = service;
    const refusals = async (...sent: Parameters<Given['send']>) => (await send(...sent)).json;
    const scope = (from: string, to: string) => async () => {
      const { authorization = '' } = await signRequest(
        { endpoint: 'http://localhost', headers: jsonHeaders('ListUserPools'), body },
        { keyId: key.id, secret: key.secret, region: 'us-east-1', at: clock.now() },
      );
      return refusals({ added: { authorization: authorization.replace(from, to) } });
    };

    expect(await refusals({ secret: 'another' })).toEqual(invalid(expect.stringMatching(/^The request signature we/)));
    expect(await refusals({ keyId: 'AKIAAAAAAAAAAAAAAAAA' })).toEqual(unrecognized);
    expect(await refusals({ keyId: 'local' })).toEqual(unrecognized);
    expect(await scope('/cognito-idp/', '/cognito-identity/')()).toEqual(
      invalid("Credential should be scoped to correct service: 'cognito-idp'. "),
    );
    expect(await scope('/us-east-1/', '/US_EAST/')()).toEqual(
      invalid('Credential should be scoped to a valid region. '),
    );
    expect(await scope('aws4_request', 'aws5_request')()).toEqual(
      invalid("Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. "),
    );
    expect(await scope('/cognito-idp/', '/')()).toEqual(
      incomplete(expect.stringMatching(/^Credential must have exactly 5/)),
    );
    expect((await service.send({ headers: jsonHeaders('ListUserPools'), body })).json).toEqual({
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
    for (const part of ['Credential', 'SignedHeaders', 'Signature']) {
      const authorization = `AWS4-HMAC-SHA256 ${['Credential=a', 'SignedHeaders=b', 'Signature=c'].filter((each) => !each.startsWith(`${part}=`)).join(', ')}`;
      expect(await refusals({ added: { authorization } })).toEqual(
        incomplete(`Authorization header requires '${part}' parameter. Authorization=${authorization}`),
      );
    }
    const earlier = clock.now() - 301_000;
    expect(await refusals({ at: earlier })).toEqual(
      invalid(
        `Signature expired: ${basicTime(earlier)} is now earlier than ${basicTime(clock.now() - 300_000)} (${basicTime(clock.now())} - 5 min.)`,
      ),
    );
    const later = clock.now() + 301_000;
    expect(await refusals({ at: later })).toEqual(
      invalid(
        `Signature not yet current: ${basicTime(later)} is still later than ${basicTime(clock.now() + 300_000)} (${basicTime(clock.now())} + 5 min.)`,
      ),
    );
  });

  test('is good for five minutes before and after its time', async () => {
    const { service, send } = await given();
    for (const off of [-300_000, 300_000])
      expect(await send({ at: service.clock.now() + off })).toMatchObject({ status: 200 });
    const { clock } = service;
    const at = clock.now();
    clock.advance(300_999);
    expect(await send({ at })).toMatchObject({ status: 200 });
    clock.advance(1);
    expect((await send({ at })).json).toEqual(invalid(expect.stringMatching(/^Signature expired: /)));
  });

  test.each([
    ['is not there', undefined, /requires existence of a 'X-Amz-Date' header/],
    [
      'is of another form',
      '2026-09-01T00:00:00Z',
      /^Date must be in ISO-8601 'basic format'\. Got '2026-09-01T00:00:00Z'/,
    ],
    ['is no day', '20260931T000000Z', /^Date must be in ISO-8601/],
  ])('is refused when its time %s', async (_, date, message) => {
    const { service, key } = await given();
    const unsigned = { endpoint: 'http://localhost', headers: jsonHeaders('ListUserPools'), body };
    const signing = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: service.clock.now() };
    const { 'x-amz-date': __, ...headers } = await signRequest(unsigned, signing);
    const { json } = await service.send({ headers: { ...headers, ...(date && { 'x-amz-date': date }) }, body });
    expect(json).toEqual(incomplete(expect.stringMatching(message)));
  });

  test('is refused when its credential is of another day than its time', async () => {
    const { service, send } = await given();
    // Midnight: a second before is within the tolerance.
    const date = basicTime(service.clock.now() - 1000);
    const day = basicTime(service.clock.now()).slice(0, 8);
    expect((await send({ added: { 'x-amz-date': date } })).json).toEqual(
      invalid(
        'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
          `'${day}' != '${date.slice(0, 8)}', from '${date}'.`,
      ),
    );
  });

  test('has to cover host, time, target, type and token, as far as they are sent', async () => {
    const { service, key, send } = await given();
    const { clock } = service;
    const signing = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: clock.now() };
    for (const [name, header] of [
      ['x-amz-target', 'X-Amz-Target'],
      ['content-type', 'Content-Type'],
    ] as const) {
      const { [name]: left = '', ...headers } = jsonHeaders('ListUserPools');
      const signed = await signRequest({ endpoint: 'http://localhost', headers, body }, signing);
      const { json } = await service.send({ headers: { ...signed, [name]: left }, body });
      expect(json).toEqual(invalid(`'${header}' must be a 'SignedHeader' in the AWS Authorization.`));
    }
    expect((await send({ added: { 'x-amz-security-token': 'x' } })).json).toEqual(
      invalid("'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization."),
    );
    const authorization = `AWS4-HMAC-SHA256 Credential=${key.id}/${basicTime(clock.now()).slice(0, 8)}/us-east-1/cognito-idp/aws4_request, SignedHeaders=x-amz-target, Signature=${'0'.repeat(64)}`;
    expect((await send({ added: { authorization } })).json).toEqual(
      invalid("'Host' must be a 'SignedHeader' in the AWS Authorization."),
    );
  });

  test('need not cover a type that is not sent', async () => {
    const { service, key } = await given();
    const { 'content-type': _, ...headers } = jsonHeaders('ListUserPools');
    const signing = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: service.clock.now() };
    const signed = await signRequest({ endpoint: 'http://localhost', headers, body }, signing);
    expect(await service.send({ headers: signed, body })).toMatchObject({ status: 200 });
  });

  test('covers the length of the body where a gateway keeps that for itself', async () => {
    const { service, key } = await given();
    const { 'content-length': length, ...request } = {
      'content-length': String(body.length),
      ...jsonHeaders('ListUserPools'),
    };
    const signing = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: service.clock.now() };
    const signed = await signRequest(
      { endpoint: 'http://localhost', headers: { ...request, 'content-length': length }, body },
      signing,
    );
    const { 'content-length': _, ...headers } = signed;
    expect(headers['authorization']).toContain('content-length');
    expect(await service.send({ headers, body })).toMatchObject({ status: 200 });
  });

  test.each(['elsewhere.example', 'localhost.elsewhere.example', 'cognito-idp.us-east-1.amazonaws.com', ''])(
    'for the host "%s" is refused',
    async (host) => {
      const { service, key } = await given();
      const unsigned = { endpoint: `http://${host || 'localhost'}`, headers: jsonHeaders('ListUserPools'), body };
      const signing = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: service.clock.now() };
      const { json } = await service.send({ headers: { ...(await signRequest(unsigned, signing)), host }, body });
      expect(json).toEqual(invalid(`The request was signed for the host '${host}', which is not this service.`));
    },
  );

  test('for the host with a port is one for the host', async () => {
    const { service, key } = await given();
    const unsigned = { endpoint: 'http://LocalHost:9229', headers: jsonHeaders('ListUserPools'), body };
    const signing = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: service.clock.now() };
    const headers = await signRequest(unsigned, signing);
    expect(await service.send({ headers: { ...headers, host: 'localhost:9229' }, body })).toMatchObject({
      status: 200,
    });
    expect((await service.send({ headers: { ...headers, host: 'localhost:9230' }, body })).json).toMatchObject(
      invalid(expect.stringMatching(/^The request signature we/)),
    );
  });

  test.each([
    'UNSIGNED-PAYLOAD',
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    '0'.repeat(64),
  ])('with the payload hash %s is refused, whether it covers that or not', async (hash) => {
    const { send } = await given();
    const wrong = invalid("The provided 'x-amz-content-sha256' header does not match what was computed.");
    expect((await send({ signed: { 'x-amz-content-sha256': hash } })).json).toEqual(wrong);
    expect((await send({ added: { 'x-amz-content-sha256': hash } })).json).toEqual(wrong);
  });

  test('in the query is refused', async () => {
    const { service, send } = await given();
    const query =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-SignedHeaders=host&X-Amz-Signature=c';
    const { json } = await service.send({ target: `/?${query}`, headers: jsonHeaders('ListUserPools'), body });
    expect(json).toEqual(incomplete(expect.stringMatching(/^Signatures in the query string are not accepted here/)));
    expect(await send()).toMatchObject({ status: 200 });
  });

  test('covers the parameters of the query form', async () => {
    const { service, key } = await given({}, { queryForm: true });
    const signing = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: service.clock.now() };
    const date = { 'x-amz-date': basicTime(signing.at) };
    const query = { Action: ['ListUserPools'], MaxResults: ['1'] };
    const covered = {
      method: 'GET',
      path: '/',
      query,
      headers: { host: 'localhost', ...date },
      body: new Uint8Array(),
    };
    const headers = { ...date, authorization: await authorizationOf(covered, { ...signing, service: 'cognito-idp' }) };
    const get = (target: string) => service.send({ method: 'GET', target, headers });

    expect(await get('/?MaxResults=1&Action=ListUserPools')).toMatchObject({ status: 200 });
    for (const changed of [
      'Action=ListUserPools&MaxResults=2',
      'Action=ListUserPools',
      'Action=ListUserPools&MaxResults=1&x=y',
    ]) {
      expect((await get(`/?${changed}`)).json).toEqual(invalid(expect.stringMatching(/^The request signature we/)));
    }
  });

  test('of another algorithm is refused', async () => {
    const { send } = await given();
    const authorization =
      'AWS4-ECDSA-P256-SHA256 Credential=AKIAAAAAAAAAAAAAAAAA/20260901/cognito-idp/aws4_request, SignedHeaders=host, Signature=00';
    expect((await send({ added: { authorization } })).json).toEqual(
      incomplete("Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'."),
    );
  });

  test('that is none in hexadecimal digits is incomplete', async () => {
    const { key, send } = await given();
    const authorization = `AWS4-HMAC-SHA256 Credential=${key.id}/20260901/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=xyz`;
    expect((await send({ added: { authorization } })).json).toEqual(
      incomplete(`Authorization header requires 'Signature' parameter. Authorization=${authorization}`),
    );
  });

  test('comes before the body is read', async () => {
    const { service } = await given();
    const { json } = await service.send({ headers: { ...jsonHeaders('ListUserPools'), ...signature() }, body: '[' });
    expect(json).toMatchObject({ __type: 'IncompleteSignatureException' });
  });
});

describe('A key', () => {
  test('that is disabled signs for thirty seconds at most', async () => {
    const { service, key, send } = await given();
    expect(await send()).toMatchObject({ status: 200 });
    await service.keys.save({ ...key, status: 'disabled' });
    service.clock.advance(29_999);
    expect(await send()).toMatchObject({ status: 200 });
    service.clock.advance(1);
    expect((await send()).json).toEqual(unrecognized);
  });

  test('that is enabled again signs at once', async () => {
    const { service, key, send } = await given();
    await service.keys.save({ ...key, status: 'disabled' });
    expect((await send()).json).toEqual(unrecognized);
    await service.keys.save(key);
    expect(await send()).toMatchObject({ status: 200 });
  });

  test('is read once in thirty seconds, and what cannot be one is not looked for', async () => {
    const asked: string[] = [];
    const { keys } = await startStrictService();
    const { service, key, send } = await given({
      accessKeys: {
        ...keys,
        async find(id) {
          asked.push(id);
          return keys.find(id);
        },
      },
    });
    for (const keyId of [key.id, key.id, key.id]) await send({ keyId });
    await send({ keyId: "'; DROP" });
    await send({ keyId: 'akiaaaaaaaaaaaaaaaaa' });
    expect(asked.filter((id) => id !== key.id)).toEqual([]);
    expect(asked).toHaveLength(1);
    service.clock.advance(30_000);
    await send();
    expect(asked).toHaveLength(2);
  });
});

test('Operations of people and clients do not look at signatures', async () => {
  const { service } = await given();
  const { id: ClientId } = await service.aClient(await service.aPool());
  const stranger = service.clientOf({ id: 'AKIAAAAAAAAAAAAAAAAA', secret: 'x' });
  const ada = { ClientId, Username: 'ada', Password: 'Correct-Horse-9' };
  expect(await refused(stranger.send(new SignUpCommand(ada)))).toBe('nothing is refused');
  const { json } = await service.send({
    headers: { ...jsonHeaders('GetUser'), authorization: 'nonsense' },
    body: '{"AccessToken":"a"}',
  });
  expect(json).toMatchObject({ __type: 'NotAuthorizedException', message: 'Invalid Access Token' });
});
