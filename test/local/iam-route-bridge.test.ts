/** Callers of IAM who prove by a signed request to STS who they are; STS is a stand-in that checks the signature. */
import { createHash, createHmac } from 'node:crypto';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import { iamBridge } from '../../lambdas/adapters/local/iam-route-bridge.ts';
import { authorizationOf } from '../../lambdas/adapters/sigv4/authorization-of.ts';
import { readBasicTime } from '../../lambdas/adapters/sigv4/basic-time.ts';
import { signRequest } from '../../lambdas/adapters/sigv4/sign-request.ts';
import { account, ada, startCredentialsRoom } from '../support/credentials-room.ts';
import { refused } from '../support/refused.ts';
import { requestOf } from '../support/wire.ts';

const server = 'https://id.example.com';
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const now = Date.UTC(2026, 8, 1);
const form = 'Action=GetCallerIdentity&Version=2011-06-15';

interface Proof {
  readonly Method: string;
  readonly Url: string;
  readonly Headers: Readonly<Record<string, unknown>>;
  readonly Body?: unknown;
}

/** As a client makes it that signs by header. */
async function proof(at = now, serverId = server, url = 'https://sts.eu-west-1.amazonaws.com/'): Promise<Proof> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-millpond-server-id': serverId };
  const who = { keyId: 'AKIAEXAMPLE', secret, region: 'eu-west-1', service: 'sts', at };
  return {
    Method: 'POST',
    Url: url,
    Headers: await signRequest({ endpoint: url, headers, body: form }, who),
    Body: form,
  };
}

/** As a client makes it that signs by query. */
async function presigned(): Promise<Proof> {
  const signer = new SignatureV4({
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: secret, sessionToken: 'a/b+c=' },
    region: 'eu-west-1',
    service: 'sts',
    sha256: class {
      private readonly hash;
      constructor(key?: unknown) {
        this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key as Buffer);
      }
      update(data: Uint8Array): void {
        this.hash.update(data);
      }
      async digest(): Promise<Uint8Array> {
        return this.hash.digest();
      }
    },
  });
  const hostname = 'sts.amazonaws.com';
  const headers = { host: hostname, 'x-millpond-server-id': server };
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  const request = { protocol: 'https:', hostname, method: 'GET', path: '/', query, headers };
  const { query: signed = {} } = await signer.presign(request, {
    signingDate: new Date(now),
    expiresIn: 60,
    unhoistableHeaders: new Set(['x-millpond-server-id']),
  });
  const text = Object.entries(signed).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return { Method: 'GET', Url: `https://${hostname}/?${text.join('&')}`, Headers: headers };
}

interface Sts {
  readonly asked: { readonly url: string; readonly init: RequestInit }[];
  readonly fetch: typeof fetch;
}

/** Answers whoever signs rightly by header, and every signature in a query. */
function sts(result: object = { Arn: ada, Account: account, UserId: 'AROAEXAMPLE:ada' }): Sts {
  const asked: Sts['asked'] = [];
  return {
    asked,
    fetch: async (given, init = {}) => {
      const url = String(given);
      asked.push({ url, init });
      const { authorization, accept, ...headers } = init.headers as Record<string, string>;
      expect([accept, init.redirect]).toEqual(['application/json', 'error']);
      if (authorization !== undefined) {
        const { host, pathname: path } = new URL(url);
        const request = {
          method: 'POST',
          path,
          query: {},
          headers: { ...headers, host },
          body: Buffer.from(`${init.body}`),
        };
        const at = readBasicTime(headers['x-amz-date'] ?? '') ?? 0;
        const who = { keyId: 'AKIAEXAMPLE', secret, region: 'eu-west-1', service: 'sts', at };
        if ((await authorizationOf(request, who)) !== authorization) return new Response('{}', { status: 403 });
      }
      return Response.json({ GetCallerIdentityResponse: { GetCallerIdentityResult: result, ResponseMetadata: {} } });
    },
  };
}

const bridgeOf = ({ fetch }: Pick<Sts, 'fetch'>, accounts = [account]) =>
  iamBridge({ accounts, serverIds: [server], clock: { now: () => now }, fetch });

async function outcomeOf(Sts: unknown, stand = sts(), accounts?: readonly string[]): Promise<string> {
  const body = JSON.stringify({ Sts });
  try {
    const caller = await bridgeOf(stand, accounts && [...accounts]).findCaller(
      requestOf({ target: '/_iam/credentials', body }),
    );
    return caller?.arn ?? 'nobody';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'something else';
  }
}

const noProof = (detail: string): string => `AccessDeniedException: The request to STS proves nobody here: ${detail}`;

describe('A proof', () => {
  test('signed by header or by query says who somebody is', async () => {
    for (const each of [await proof(), await presigned()]) {
      const stand = sts();
      expect(await outcomeOf(each, stand)).toBe(ada);
      expect(stand.asked).toHaveLength(1);
    }
  });

  test('is asked of STS with nothing but what was signed', async () => {
    const stand = sts();
    await outcomeOf(await proof(), stand);
    const [{ url, init } = { url: '', init: {} }] = stand.asked;
    expect(url).toBe('https://sts.eu-west-1.amazonaws.com/');
    expect(Object.keys(init.headers as object).toSorted()).toEqual([
      'accept',
      'authorization',
      'content-type',
      'x-amz-date',
      'x-millpond-server-id',
    ]);
    expect([init.method, init.body]).toEqual(['POST', form]);
  });

  test('is wanted for credentials alone', async () => {
    const stand = sts();
    for (const name of ['CreatePolicy', 'ListMessages', 'credentials/']) {
      const request = requestOf({ target: `/_iam/${name}`, body: JSON.stringify({ Sts: await proof() }) });
      expect(await bridgeOf(stand).findCaller(request)).toBeUndefined();
    }
    expect(await bridgeOf(stand).findCaller(requestOf({ target: '/_iam/credentials', body: '{}' }))).toBeUndefined();
    expect(stand.asked).toEqual([]);
  });

  test('is good for a quarter of an hour', async () => {
    const minute = 60_000;
    const young = noProof('it is older than fifteen minutes, or the clocks differ');
    expect(await outcomeOf(await proof(now - 15 * minute))).toBe(ada);
    expect(await outcomeOf(await proof(now - 15 * minute - 1000))).toBe(young);
    expect(await outcomeOf(await proof(now + 5 * minute + 1000))).toBe(young);
  });

  test('is for this server', async () => {
    const other = noProof('it is made for another server');
    for (const id of ['https://evil.example', `${server}/`, `${server}.evil.example`, '', 'http://id.example.com']) {
      expect(await outcomeOf(await proof(now, id)), id).toBe(other);
    }
  });

  test.each([
    'http://sts.eu-west-1.amazonaws.com/',
    'https://sts.eu-west-1.amazonaws.com.evil.example/',
    'https://evil.example/',
    'https://evil.example/https://sts.amazonaws.com/',
    'https://sts.amazonaws.com@evil.example/',
    'https://me:x@sts.amazonaws.com/',
    'https://sts.amazonaws.com:443/',
    'https://sts.amazonaws.com:8443/',
    'https://sts.amazonaws.com/x',
    'https://sts.amazonaws.com',
    'https://sts.amazonaws.com/#x',
    'https://STS.amazonaws.com/',
    'https://sts.nowhere-1.amazonaws.com/',
    'https://iam.amazonaws.com/',
    'https://169.254.169.254/',
    'https://[::1]/',
    'https://sts.amazonaws.com\\@evil.example/',
    'https://sts.amazonaws.com\n.evil.example/',
    'file:///etc/passwd',
    '',
  ])('asks nobody but STS: %j', async (Url) => {
    const stand = sts();
    expect(await outcomeOf({ ...(await proof()), Url }, stand)).toBe(noProof('its address is none of STS'));
    expect(stand.asked).toEqual([]);
  });

  test.each([
    ['another action', 'Action=AssumeRole&Version=2011-06-15'],
    ['two actions', `${form}&Action=AssumeRole`],
    ['no action', 'Version=2011-06-15'],
    ['another version', 'Action=GetCallerIdentity&Version=2010-01-01'],
    ['something beside it', `${form}&RoleArn=x`],
    ['a signature in the body', `${form}&X-Amz-SignedHeaders=host`],
    ['no pairs', 'Action'],
    ['bytes that are none', 'Action=%zz&Version=2011-06-15'],
    ['nothing', ''],
  ])('asks for nothing else: %s', async (_, Body) => {
    const stand = sts();
    expect(await outcomeOf({ ...(await proof()), Body }, stand)).toMatch(
      /^AccessDeniedException: .* proves nobody here/,
    );
    expect(stand.asked).toEqual([]);
  });

  test('has its action in one place', async () => {
    const [byHeader, byQuery] = [await proof(), await presigned()];
    const stand = sts();
    for (const wrong of [
      { ...byHeader, Url: `${byHeader.Url}?Action=AssumeRole` },
      { ...byHeader, Url: `${byHeader.Url}?Action=GetCallerIdentity` },
      { ...byHeader, Method: 'GET' },
      { ...byQuery, Body: form },
      { ...byQuery, Url: byQuery.Url.replace('Action=GetCallerIdentity', 'Action=AssumeRole') },
      { ...byQuery, Url: `${byQuery.Url}&Action=GetCallerIdentity` },
      { ...byQuery, Url: byQuery.Url.replace('Action=', '%41ction=') },
      { ...byQuery, Method: 'POST', Body: form },
    ]) {
      expect(await outcomeOf(wrong, stand)).toMatch(/^AccessDeniedException: .* proves nobody here/);
    }
    expect(stand.asked).toEqual([]);
  });

  test('signs the server that it is for, so that one for another server is not passed on here', async () => {
    const url = 'https://sts.amazonaws.com/';
    const who = { keyId: 'AKIAEXAMPLE', secret, region: 'eu-west-1', service: 'sts', at: now };
    const elsewhere = await signRequest({ endpoint: url, headers: {}, body: form }, who);
    const list = 'SignedHeaders=host;x-amz-date;x-millpond-server-id';
    const authorization = String(elsewhere['authorization']);
    const signature = authorization.slice(authorization.indexOf('Signature='));
    const scope = authorization.slice(0, authorization.indexOf(', SignedHeaders'));
    const stand = sts();
    const with_ = (value: string) => ({
      Method: 'POST',
      Url: url,
      Body: form,
      Headers: { ...elsewhere, 'x-millpond-server-id': server, authorization: value },
    });
    const unsigned = noProof('it does not sign x-millpond-server-id and host');
    const unusual = noProof('it is not signed as requests to STS are');
    expect(await outcomeOf(with_(authorization), stand)).toBe(unsigned);
    // Two lists, of which two readers could take one each.
    expect(await outcomeOf(with_(`${authorization}, ${list}`), stand)).toBe(unusual);
    expect(await outcomeOf(with_(`${scope}, ${list}, SignedHeaders=host;x-amz-date, ${signature}`), stand)).toBe(
      unusual,
    );
    expect(await outcomeOf(with_(`${scope.replace('/sts/', '/s3/')}, ${list}, ${signature}`), stand)).toBe(unusual);
    expect(stand.asked).toEqual([]);
    // The list may be changed, and then the signature is wrong.
    expect(await outcomeOf(with_(`${scope}, ${list}, ${signature}`), stand)).toBe(noProof('STS does not accept it'));

    const query = await presigned();
    const lists = query.Url.replace(/X-Amz-SignedHeaders=[^&]*/, 'X-Amz-SignedHeaders=host');
    expect(await outcomeOf({ ...query, Url: lists })).toBe(unsigned);
    expect(await outcomeOf({ ...query, Url: `${lists}&X-Amz-SignedHeaders=host%3Bx-millpond-server-id` })).toBe(
      noProof('it has parameters that GetCallerIdentity does not need'),
    );
    expect(await outcomeOf({ ...query, Headers: { ...query.Headers, authorization } })).toBe(unusual);
    expect(await outcomeOf({ ...query, Headers: { ...query.Headers, 'x-amz-date': '20260901T000000Z' } })).toBe(
      unusual,
    );
  });

  test.each([
    ['a header that is not needed', { 'x-http-method-override': 'GET' }],
    ['a header of the connection', { 'transfer-encoding': 'chunked' }],
    ['a header twice', { 'X-Amz-Date': '20260901T000000Z' }],
    ['a line end in a header', { 'content-type': 'a\r\nx: y' }],
    ['a header that is no text', { 'content-type': 1 }],
  ])('is refused with %s', async (_, more) => {
    const stand = sts();
    const good = await proof();
    expect(await outcomeOf({ ...good, Headers: { ...good.Headers, ...more } }, stand)).toMatch(/Exception: /);
    expect(stand.asked).toEqual([]);
  });

  test.each([[1], ['x'], [[]], [{}], [{ Method: 'POST' }], [{ Method: 'DELETE', Url: '', Headers: {} }]])(
    'is refused when it is none: %j',
    async (given) => {
      const stand = sts();
      expect(await outcomeOf(given, stand)).toMatch(/^(InvalidParameter|Serialization)Exception: /);
      expect(stand.asked).toEqual([]);
    },
  );

  test('is refused with a member that there is not, and never shown', async () => {
    const said = await outcomeOf({ ...(await proof()), Extra: 1 });
    expect(said).toBe(noProof('its members are Method, Url, Headers and Body'));
    expect(await outcomeOf({ Method: 'X', Url: 'https://secret-url', Headers: {} })).not.toContain('secret-url');
  });
});

describe('The answer of STS', () => {
  test('has to name an account that is let in', async () => {
    const foreign = { Arn: 'arn:aws:iam::444455556666:user/eve', Account: '444455556666', UserId: 'AIDA' };
    expect(await outcomeOf(await proof(), sts(foreign))).toBe(noProof('its account is not let in'));
    expect(await outcomeOf(await proof(), sts(foreign), ['444455556666'])).toBe(foreign.Arn);
  });

  test.each([
    [{ Arn: 'arn:aws:iam::444455556666:user/eve', Account: account, UserId: 'x' }],
    [{ Arn: 'ada', Account: account, UserId: 'x' }],
    [{ Arn: ada, Account: account }],
    [{}],
  ])('is not believed when it makes no sense: %j', async (result) => {
    expect(await outcomeOf(await proof(), sts(result))).toBe(noProof('the answer of STS cannot be read'));
  });

  test('is waited for in vain where there is none, or where it is no JSON', async () => {
    const unread = noProof('the answer of STS cannot be read');
    const silent = noProof('STS does not answer');
    const answering = (send: typeof fetch): Sts => ({ asked: [], fetch: send });
    expect(
      await outcomeOf(
        await proof(),
        answering(async () => new Response('<xml>')),
      ),
    ).toBe(unread);
    expect(
      await outcomeOf(
        await proof(),
        answering(async () => Response.json([])),
      ),
    ).toBe(unread);
    expect(
      await outcomeOf(
        await proof(),
        answering(() => Promise.reject(new TypeError('secret'))),
      ),
    ).toBe(silent);
    const refusing = answering(async () => new Response('{"Error":{}}', { status: 403 }));
    expect(await outcomeOf(await proof(), refusing)).toBe(noProof('STS does not accept it'));
  });
});

describe('With a bridge, the room of one machine', () => {
  test('gives credentials to whom a principal stands for, and nothing else', async () => {
    const bridge = bridgeOf(sts());
    const room = await startCredentialsRoom({ bridge });
    const key = await room.aKey();
    const Sts = await proof();
    const { status, json } = await room.byKey(key, 'credentials', { Sts, DurationSeconds: 900 });
    expect([status, json.Expiration]).toEqual([200, '2026-09-01T00:15:00Z']);
    const session = { id: json.AccessKeyId, secret: json.SecretAccessKey, token: json.SessionToken };
    const list = new ListUserPoolsCommand({ MaxResults: 1 });
    expect(await refused(room.clientOf(session).send(list))).toBe('nothing is refused');
    expect(room.records.at(-1)).toMatchObject({ actor: ada, outcome: 'ok' });
    await room.byIam('DisablePrincipal', { Name: 'account' });
    expect((await room.byKey(key, 'credentials', { Sts })).json).toMatchObject({ __type: 'AccessDeniedException' });
    expect((await room.byKey(key, 'ListPolicies', { Sts })).json.message).toBe(
      'There is no member "Sts" in this request',
    );
  });
});
