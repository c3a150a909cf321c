/** Requests as real clients signed them, with keys and with session credentials; and every single change to one. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBasicTime } from '../../lambdas/adapters/sigv4/basic-time.ts';
import { signatureCheck } from '../../lambdas/adapters/sigv4/signature-check.ts';
import { Refusal } from '../../lambdas/core/contract/errors.ts';
import type { AccessKey } from '../../lambdas/core/model/access-key.ts';
import { repository } from '../support/fixture-tree.ts';
import { aPrincipal } from '../support/strict-service.ts';
import { requestOf } from '../support/wire.ts';

interface Recorded {
  readonly session: boolean;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Recording {
  /** With its version. */
  readonly client: string;
  readonly requests: readonly Recorded[];
}

interface Keys {
  readonly account: string;
  readonly region: string;
  readonly key: Pick<AccessKey, 'id' | 'secret'>;
  readonly session: Pick<AccessKey, 'id' | 'secret'> & { readonly token: string; readonly arn: string };
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(join(repository, `test/recorded/sigv4-${name}.json`), 'utf8')) as T;

const keys = read<Keys>('keys');
const recordings = ['javascript', 'boto3', 'aws-cli'].map((name) => read<Recording>(name));
const cases = recordings.flatMap(({ client, requests }) =>
  requests.map((request): [string, Recorded] => {
    const operation = request.headers['x-amz-target']?.split('.')[1];
    return [`${client}: ${operation} with ${request.session ? 'session credentials' : 'a key'}`, request];
  }),
);

const later = (request: Recorded, seconds: number): number =>
  (readBasicTime(request.headers['x-amz-date'] ?? '') ?? 0) + seconds * 1000;

interface Where {
  readonly now?: number;
  readonly region?: string;
  readonly host?: string;
}

/** A deployment that knows the key of the recordings, and opens their one token. */
function checkOf({ now = 0, region = keys.region, host = 'localhost' }: Where) {
  const { id, secret, token, ...claims } = keys.session;
  const access: AccessKey = { ...keys.key, principal: 'ada', status: 'active', createdAt: 0 };
  return signatureCheck({
    clock: { now: () => now },
    hosts: new Set([host]),
    acceptAnyRegion: false,
    settings: { account: keys.account, region },
    accessKeys: { find: async (each) => (each === access.id ? access : undefined), used: async () => {} },
    principals: { find: async (name) => (name === 'ada' ? aPrincipal() : undefined), list: async () => [] },
    policies: { find: async () => undefined, list: async () => [] },
    pools: { read: async () => undefined },
    sealer: {
      async open(sealed, { purpose, item }) {
        const isOurs = Buffer.from(sealed).toString('base64') === token && purpose === 'session-credentials';
        return isOurs && item === id ? Buffer.from(JSON.stringify({ ...claims, secret })) : undefined;
      },
    },
  });
}

async function outcomeOf(request: Recorded, where: Where = {}): Promise<string> {
  try {
    return (await checkOf({ now: later(request, 60), ...where }).verify(requestOf(request))).arn;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.name}: ${error.message}`;
  }
}

const withHeader = (request: Recorded, name: string, value: string | undefined): Recorded => {
  const { [name]: _, ...others } = request.headers;
  return { ...request, headers: value === undefined ? others : { ...others, [name]: value } };
};

const authorizationOf = ({ headers }: Recorded): string => String(headers['authorization']);
const inAuthorization = (request: Recorded, from: string | RegExp, to: string): Recorded =>
  withHeader(request, 'authorization', authorizationOf(request).replace(from, to));
const signedNames = (request: Recorded): readonly string[] =>
  (/SignedHeaders=([^,]*)/.exec(authorizationOf(request))?.[1] ?? '').split(';');

const mismatch = expect.stringMatching(
  /^InvalidSignatureException: The request signature we calculated does not match the signature you provided\./,
);
const payload =
  "InvalidSignatureException: The provided 'x-amz-content-sha256' header does not match what was computed.";
const unknown = 'UnrecognizedClientException: The security token included in the request is invalid.';
const unsigned = (name: string) =>
  `InvalidSignatureException: '${name}' must be a 'SignedHeader' in the AWS Authorization.`;

test('Three clients were recorded, with and without session credentials', () => {
  expect(recordings.map(({ client }) => client)).toEqual([
    expect.stringMatching(/^@aws-sdk\/client-cognito-identity-provider 3\./),
    expect.stringMatching(/^boto3 1\./),
    expect.stringMatching(/^aws-cli 1\./),
  ]);
  for (const { requests } of recordings) {
    expect(requests.map(({ session }) => session)).toEqual([false, false, true, true]);
  }
});

describe.each(cases)('%s', (_, request) => {
  const hashes = request.headers['x-amz-content-sha256'] !== undefined;

  test('passes as it was sent, and says who it is', async () => {
    const arn = request.session ? keys.session.arn : `arn:aws:iam::${keys.account}:user/ada`;
    expect(await outcomeOf(request)).toBe(arn);
    for (const off of [-300, 300]) expect(await outcomeOf(request, { now: later(request, off) })).toBe(arn);
  });

  test('passes with what it does not sign changed', async () => {
    expect(signedNames(request)).not.toContain('user-agent');
    expect(await outcomeOf(withHeader(request, 'user-agent', 'a proxy'))).toMatch(/^arn:/);
  });

  test('fails with any of its signed headers changed', async () => {
    const special: Readonly<Record<string, unknown>> = {
      host: expect.stringMatching(/^InvalidSignatureException: The request was signed for the host 'evil\.example'/),
      'x-amz-content-sha256': payload,
      'x-amz-security-token': unknown,
      'x-amz-date': mismatch,
    };
    const changed: Readonly<Record<string, string>> = {
      host: 'evil.example',
      'x-amz-date': String(request.headers['x-amz-date']).replace(/\dZ$/, (end) => (end === '0Z' ? '1Z' : '0Z')),
      'x-amz-target': 'AWSCognitoIdentityProviderService.DeleteUserPool',
    };
    for (const name of signedNames(request)) {
      const value = changed[name] ?? `${request.headers[name]}A`;
      expect(await outcomeOf(withHeader(request, name, value)), name).toEqual(special[name] ?? mismatch);
    }
  });

  test('fails with any of its signed headers left out', async () => {
    const special: Readonly<Record<string, unknown>> = {
      'x-amz-date': expect.stringMatching(/^IncompleteSignatureException: .*requires existence of a 'X-Amz-Date'/),
      // Without its token, an id of a session is the id of nothing.
      'x-amz-security-token': unknown,
    };
    // Gateways may keep the length, which is that of the body; a request without a host does not arrive.
    for (const name of signedNames(request).filter((each) => each !== 'content-length' && each !== 'host')) {
      expect(await outcomeOf(withHeader(request, name, undefined)), name).toEqual(special[name] ?? mismatch);
    }
  });

  test('fails with any byte of its body changed, added or taken', async () => {
    const bytes = Buffer.from(request.body);
    const bodies = [Buffer.concat([bytes, Buffer.from(' ')]), bytes.subarray(0, -1), Buffer.alloc(0)];
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      bodies.push(changed);
    }
    for (const body of bodies) {
      const sent = { ...request, body: body as unknown as string }; // Bytes are what a socket would have.
      expect(await outcomeOf(sent)).toEqual(hashes ? payload : mismatch);
      const hash = createHash('sha256').update(body).digest('hex');
      if (hashes) expect(await outcomeOf(withHeader(sent, 'x-amz-content-sha256', hash))).toEqual(mismatch);
    }
  });

  test('fails with its method, path or query changed', async () => {
    expect(await outcomeOf({ ...request, method: 'PUT' })).toEqual(mismatch);
    for (const target of ['/x', '//', '/./', '/x/..', '/?a=b', '/?Action=ListUsers']) {
      expect(await outcomeOf({ ...request, target }), target).toEqual(mismatch);
    }
  });

  test('fails for another date, region, service and end of its scope', async () => {
    expect(await outcomeOf(inAuthorization(request, /\/\d{8}\//, '/20261120/'))).toMatch(
      /^InvalidSignatureException: Date in Credential scope does not match YYYYMMDD/,
    );
    expect(await outcomeOf(inAuthorization(request, '/eu-west-1/', '/us-east-1/'))).toBe(
      'InvalidSignatureException: Credential should be scoped to a valid region. ',
    );
    // Where another region is served, the signature is none for it.
    expect(await outcomeOf(inAuthorization(request, '/eu-west-1/', '/us-east-1/'), { region: 'us-east-1' })).toEqual(
      mismatch,
    );
    expect(await outcomeOf(request, { region: 'us-east-1' })).toMatch(/valid region/);
    expect(await outcomeOf(inAuthorization(request, '/cognito-idp/', '/execute-api/'))).toBe(
      "InvalidSignatureException: Credential should be scoped to correct service: 'cognito-idp'. ",
    );
    expect(await outcomeOf(inAuthorization(request, 'aws4_request', 'aws5_request'))).toMatch(
      /^InvalidSignatureException: Credential should be scoped with a valid terminator/,
    );
  });

  test('fails at another host, and out of its time', async () => {
    expect(await outcomeOf(request, { host: 'id.example.com' })).toMatch(/^InvalidSignatureException: .* for the host/);
    expect(await outcomeOf(request, { now: later(request, 301) })).toMatch(
      /^InvalidSignatureException: Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    );
    expect(await outcomeOf(request, { now: later(request, -301) })).toMatch(
      /^InvalidSignatureException: Signature not yet current: /,
    );
  });

  test('fails with a header taken off the list of those that are signed', async () => {
    const spelt: Readonly<Record<string, string>> = {
      host: 'Host',
      'x-amz-date': 'X-Amz-Date',
      'x-amz-target': 'X-Amz-Target',
      'content-type': 'Content-Type',
      'x-amz-security-token': 'X-Amz-Security-Token',
    };
    const names = signedNames(request);
    for (const name of names) {
      const fewer = names.filter((each) => each !== name).join(';');
      const expected = spelt[name] === undefined ? mismatch : unsigned(spelt[name]);
      expect(await outcomeOf(inAuthorization(request, names.join(';'), fewer)), name).toEqual(expected);
    }
  });

  test('fails with another key, and with its algorithm changed', async () => {
    const other = request.session ? 'ASIAMILLPONDEXAMPLE3' : 'AKIAMILLPONDEXAMPLE3';
    expect(await outcomeOf(inAuthorization(request, /A[KS]IA\w{16}/, other))).toBe(unknown);
    expect(await outcomeOf(inAuthorization(request, 'AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'))).toBe(
      "IncompleteSignatureException: Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
    );
  });

  test('fails with any digit of its signature changed', async () => {
    const start = authorizationOf(request).length - 64;
    for (let at = start; at < start + 64; at += 1) {
      const text = authorizationOf(request);
      const digit = (Number.parseInt(text.charAt(at), 16) ^ 1).toString(16);
      const changed = `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
      expect(await outcomeOf(withHeader(request, 'authorization', changed))).toEqual(mismatch);
    }
  });
});

describe('Credentials of a session', () => {
  const ofSession = cases.filter(([, { session }]) => session);
  const ofKey = cases.filter(([, { session }]) => !session);

  test.each(ofSession)('are refused once they are over: %s', async (_, request) => {
    expect(await outcomeOf(request)).toMatch(/^arn:/);
    const over = { ...keys.session, expiresAt: later(request, 60) };
    const { id, secret, token, ...claims } = over;
    const check = signatureCheck({
      clock: { now: () => later(request, 60) },
      hosts: new Set(['localhost']),
      acceptAnyRegion: true,
      settings: { account: keys.account },
      accessKeys: { find: async () => undefined, used: async () => {} },
      principals: { find: async () => undefined, list: async () => [] },
      policies: { find: async () => undefined, list: async () => [] },
      pools: { read: async () => undefined },
      sealer: { open: async () => Buffer.from(JSON.stringify({ ...claims, secret })) },
    });
    await expect(check.verify(requestOf(request))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
    expect([id, token]).toEqual([keys.session.id, request.headers['x-amz-security-token']]);
  });

  test.each(ofKey)('are none for a long-lived key, signed or not: %s', async (_, request) => {
    const withToken = withHeader(request, 'x-amz-security-token', keys.session.token);
    expect(await outcomeOf(withToken)).toBe(unsigned('X-Amz-Security-Token'));
    const names = signedNames(request).join(';');
    const listed = names.replace('x-amz-target', 'x-amz-security-token;x-amz-target');
    expect(await outcomeOf(inAuthorization(withToken, names, listed))).toBe(unknown);
  });
});
