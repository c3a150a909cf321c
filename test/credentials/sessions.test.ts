/** Session credentials: what they are good for, what narrows them, and when they end. */
import {
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { account, ada, type CredentialsRoom, startCredentialsRoom } from '../support/credentials-room.ts';
import { refused } from '../support/refused.ts';
import { aPrincipal, policy, type SigningKey } from '../support/strict-service.ts';

const nothing = 'nothing is refused';
const unknown = 'UnrecognizedClientException: The security token included in the request is invalid.';
const denied = (arn: string, operation: string) =>
  `AccessDeniedException: User: ${arn} is not authorized to perform: cognito-idp:${operation} on resource: *`;

const allow = (...Action: readonly string[]) => policy({ Effect: 'Allow', Action, Resource: '*' });
const deny = (...Action: readonly string[]) => policy({ Effect: 'Deny', Action, Resource: '*' });

const lists = ({ clientOf }: CredentialsRoom, key: SigningKey): Promise<string> =>
  refused(clientOf(key).send(new ListUserPoolsCommand({ MaxResults: 1 })));
const creates = ({ clientOf }: CredentialsRoom, key: SigningKey): Promise<string> =>
  refused(clientOf(key).send(new CreateUserPoolCommand({ PoolName: 'x' })));

describe('Credentials for a caller of IAM', () => {
  test('come in the form that credential_process has, and are good with any SDK', async () => {
    const room = await startCredentialsRoom();
    const { status, json, headers } = await room.byIam('credentials');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    expect(json).toEqual({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      SessionToken: expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/),
      Expiration: '2026-09-01T01:00:00Z',
    });
    const session = await room.session();
    expect([await lists(room, session), await creates(room, session)]).toEqual([nothing, nothing]);
    const { UserPool } = await room.clientOf(session).send(new CreateUserPoolCommand({ PoolName: 'x' }));
    expect(UserPool?.Arn).toContain(`:${account}:userpool/us-east-1_`);
  });

  test('show nothing of what they stand for, and are others each time', async () => {
    const room = await startCredentialsRoom();
    const [one, other] = [await room.session(), await room.session()];
    const opened = Buffer.from(one.token, 'base64').toString('latin1');
    for (const secret of [one.secret, ada, 'account']) expect(opened).not.toContain(secret);
    expect([one.id, one.secret, one.token]).not.toEqual([other.id, other.secret, other.token]);
    expect(one.token).not.toBe(other.token);
  });

  test('need a caller', async () => {
    const { byIam } = await startCredentialsRoom();
    expect(await byIam('credentials', {}, null)).toMatchObject({
      status: 403,
      json: { __type: 'AccessDeniedException', message: expect.stringContaining('does not say who calls') },
    });
  });

  test('are not for whom no principal stands', async () => {
    const { byIam } = await startCredentialsRoom();
    const arn = 'arn:aws:iam::444455556666:user/eve';
    expect(await byIam('credentials', {}, { arn, accountId: '444455556666' })).toMatchObject({
      status: 403,
      json: { __type: 'AccessDeniedException', message: `No principal that is active stands for ${arn}` },
    });
  });

  test('last between a quarter of an hour and twelve', async () => {
    const { byIam } = await startCredentialsRoom();
    const ends = async (DurationSeconds: unknown) => (await byIam('credentials', { DurationSeconds })).json;
    expect((await ends(900)).Expiration).toBe('2026-09-01T00:15:00Z');
    expect((await ends(43_200)).Expiration).toBe('2026-09-01T12:00:00Z');
    for (const wrong of [899, 43_201, -1, 0, 1.5, '900', {}, [], true, 1e308]) {
      expect(await ends(wrong), String(wrong)).toMatchObject({
        __type: expect.stringMatching(/^(InvalidParameter|Serialization)Exception$/),
      });
    }
  });

  test('end when they say so', async () => {
    const room = await startCredentialsRoom();
    const session = await room.session({ DurationSeconds: 900 });
    room.clock.advance(899_999);
    expect(await lists(room, session)).toBe(nothing);
    room.clock.advance(1);
    expect(await lists(room, session)).toBe(
      'ExpiredTokenException: The security token included in the request is expired',
    );
  });

  test('are refused by the ARN that the caller has in IAM', async () => {
    const room = await startCredentialsRoom();
    await room.byIam('UpdatePrincipal', { Name: 'account', Policies: ['MillpondReadOnlyAccess'] });
    const session = await room.session();
    expect(await lists(room, session)).toBe(nothing);
    expect(await creates(room, session)).toContain(denied(ada, 'CreateUserPool'));
  });

  test('stand for a name and a role in conditions, as with IAM', async () => {
    const room = await startCredentialsRoom();
    await room.byIam('DisablePrincipal', { Name: 'account' });
    const user = `arn:aws:iam::${account}:user/team/bob`;
    const Condition = {
      ArnEquals: { 'aws:PrincipalArn': [`arn:aws:iam::${account}:role/Developer`, user] },
      StringEqualsIfExists: { 'aws:username': 'bob' },
    };
    const Document = policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition });
    await room.byIam('CreatePolicy', { Name: 'named', Document });
    await room.byIam('CreatePrincipal', { Name: 'all', Arn: `arn:aws:*::${account}:*`, Policies: ['named'] });
    expect(await lists(room, await room.session())).toBe(nothing);
    expect(await lists(room, await room.session({}, user))).toBe(nothing);
    expect(await lists(room, await room.session({}, `arn:aws:iam::${account}:user/eve`))).toContain('AccessDenied');
  });
});

describe('Several principals that stand for one caller', () => {
  async function given() {
    const room = await startCredentialsRoom();
    await room.byIam('DisablePrincipal', { Name: 'account' });
    await room.byIam('CreatePolicy', { Name: 'readers', Document: allow('cognito-idp:List*') });
    await room.byIam('CreatePolicy', { Name: 'makers', Document: allow('cognito-idp:Create*') });
    const both = { Arn: `arn:aws:iam::${account}:role/Developer` };
    await room.byIam('CreatePrincipal', {
      Name: 'one',
      ...both,
      Policies: ['readers'],
      Tags: { team: 'a', cost: '1' },
    });
    await room.byIam('CreatePrincipal', { Name: 'two', ...both, Policies: ['makers'], Tags: { team: 'b', cost: '1' } });
    return room;
  }

  test('speak together: what one allows is allowed', async () => {
    const room = await given();
    const session = await room.session();
    expect([await lists(room, session), await creates(room, session)]).toEqual([nothing, nothing]);
  });

  test('and what one denies is denied', async () => {
    const room = await given();
    await room.byIam('CreatePolicy', { Name: 'no-makers', Document: deny('cognito-idp:Create*') });
    await room.byIam('CreatePrincipal', { Name: 'three', Arn: ada, Policies: ['no-makers'] });
    const session = await room.session();
    expect(await lists(room, session)).toBe(nothing);
    expect(await creates(room, session)).toContain('with an explicit deny in an identity-based policy');
  });

  test('have the tags on which they agree', async () => {
    const room = await given();
    const { id } = await room.aPool();
    const describesBy = async (tag: string, value: string): Promise<string> => {
      const Name = `${tag}-${value}`;
      const Condition = { StringEquals: { [`aws:PrincipalTag/${tag}`]: value } };
      const Document = policy({ Effect: 'Allow', Action: 'cognito-idp:DescribeUserPool', Resource: '*', Condition });
      await room.byIam('CreatePolicy', { Name, Document });
      await room.byIam('UpdatePrincipal', { Name: 'two', Policies: [Name] });
      room.clock.advance(30_000);
      const client = room.clientOf(await room.session());
      return refused(client.send(new DescribeUserPoolCommand({ UserPoolId: id })));
    };
    expect(await describesBy('team', 'a')).toContain('AccessDenied');
    expect(await describesBy('team', 'b')).toContain('AccessDenied');
    expect(await describesBy('cost', '1')).toBe(nothing);
  });

  test('end their sessions as soon as one of them is disabled, so that nothing it denied is forgotten', async () => {
    const room = await given();
    const session = await room.session();
    expect(await lists(room, session)).toBe(nothing);
    await room.byIam('DisablePrincipal', { Name: 'two' });
    room.clock.advance(29_999);
    expect(await lists(room, session)).toBe(nothing);
    room.clock.advance(1);
    expect(await lists(room, session)).toBe(unknown);
    // Whoever asks again gets what is left.
    const again = await room.session();
    expect(await lists(room, again)).toBe(nothing);
    expect(await creates(room, again)).toContain('AccessDenied');
  });

  test('are at most twenty', async () => {
    const room = await given();
    for (let each = 0; each < 19; each++) {
      await room.byIam('CreatePrincipal', { Name: `n${each}`, Arn: ada, Policies: [] });
    }
    expect(await room.byIam('credentials')).toMatchObject({ json: { __type: 'LimitExceededException' } });
  });
});

describe('A policy of a session', () => {
  const only = (...actions: readonly string[]) => ({ Policy: allow(...actions) });

  test('narrows what the principal may do, as an object or as text', async () => {
    const room = await startCredentialsRoom();
    for (const Policy of [allow('cognito-idp:List*'), JSON.stringify(allow('cognito-idp:List*'))]) {
      const session = await room.session({ Policy });
      expect(await lists(room, session)).toBe(nothing);
      expect(await creates(room, session)).toBe(
        `${denied(ada, 'CreateUserPool')} because no session policy allows the cognito-idp:CreateUserPool action`,
      );
    }
  });

  test('never widens it', async () => {
    const room = await startCredentialsRoom();
    await room.byIam('UpdatePrincipal', { Name: 'account', Policies: ['MillpondReadOnlyAccess'] });
    const session = await room.session({ Policy: allow('*') });
    expect(await lists(room, session)).toBe(nothing);
    expect(await creates(room, session)).toBe(
      `${denied(ada, 'CreateUserPool')} because no identity-based policy allows the cognito-idp:CreateUserPool action`,
    );
  });

  test('may deny', async () => {
    const room = await startCredentialsRoom();
    const session = await room.session({
      Policy: policy(
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'cognito-idp:Create*', Resource: '*' },
      ),
    });
    expect(await creates(room, session)).toBe(
      `${denied(ada, 'CreateUserPool')} with an explicit deny in a session policy`,
    );
  });

  test.each([
    ['is none', 'x', 'MalformedPolicyDocumentException'],
    ['is no object', [1], 'MalformedPolicyDocumentException'],
    ['is not understood', { Statement: [{ Effect: 'Maybe' }] }, 'MalformedPolicyDocumentException'],
    [
      'asks what no request says',
      policy({
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
      'MalformedPolicyDocumentException',
    ],
    [
      'is too long',
      allow(...Array.from({ length: 100 }, (_, index) => `cognito-idp:Operation${index}`)),
      'PackedPolicyTooLargeException',
    ],
  ])('is refused when it %s', async (_, Policy, name) => {
    const { byIam } = await startCredentialsRoom();
    expect(await byIam('credentials', { Policy })).toMatchObject({ status: 400, json: { __type: name } });
  });

  test('goes on in sessions that grow out of the session', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey({ policy: allow('cognito-idp:*', 'millpond:*') });
    const narrow = await grown(room, key, only('cognito-idp:List*'));
    const wide = await grown(room, narrow, only('*'));
    expect(await lists(room, wide)).toBe(nothing);
    expect(await creates(room, wide)).toContain('no session policy allows');
    const none = await grown(room, narrow, only('cognito-idp:Create*'));
    expect([await lists(room, none), await creates(room, none)]).toEqual([
      expect.stringContaining('no session policy allows'),
      expect.stringContaining('no session policy allows'),
    ]);
    const long = Array.from({ length: 40 }, (_, index) => `cognito-idp:Operation${index}`);
    const first = await grown(room, key, only(...long));
    expect((await room.byKey(first, 'credentials', only(...long))).json).toMatchObject({
      __type: 'PackedPolicyTooLargeException',
    });
  });
});

/** Session credentials for whoever signs with this key of the service. */
async function grown(room: CredentialsRoom, key: SigningKey, input: object = {}): Promise<SigningKey> {
  const { status, json } = await room.byKey(key, 'credentials', input);
  expect([status, json.__type]).toEqual([200, undefined]);
  return { id: json.AccessKeyId, secret: json.SecretAccessKey, token: json.SessionToken };
}

describe('Credentials for whoever has a key of the service', () => {
  test('have the rights of that principal, and no other', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey({ name: 'reader', policy: allow('cognito-idp:List*') });
    const session = await grown(room, key);
    expect(await lists(room, session)).toBe(nothing);
    // The principal of the account stands for callers of IAM; this one only looks like one.
    expect(await creates(room, session)).toContain(denied(`arn:aws:iam::${account}:user/reader`, 'CreateUserPool'));
  });

  test('never last longer than the session that they grow out of', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey();
    const first = await grown(room, key, { DurationSeconds: 3600 });
    room.clock.advance(1_800_000);
    const { json } = await room.byKey(first, 'credentials', { DurationSeconds: 43_200 });
    expect(json.Expiration).toBe('2026-09-01T01:00:00Z');
    room.clock.advance(1_800_000);
    expect((await room.byKey(first, 'credentials')).json).toMatchObject({ __type: 'ExpiredTokenException' });
  });
});

describe('A session ends', () => {
  test('within thirty seconds after its principal is disabled, and is good again when that is enabled', async () => {
    const room = await startCredentialsRoom();
    const session = await room.session();
    expect(await lists(room, session)).toBe(nothing);
    await room.byIam('DisablePrincipal', { Name: 'account' });
    room.clock.advance(29_999);
    expect(await lists(room, session)).toBe(nothing);
    room.clock.advance(1);
    expect(await lists(room, session)).toBe(unknown);
    await room.byIam('EnablePrincipal', { Name: 'account' });
    expect(await lists(room, session)).toBe(nothing);
  });

  test('within thirty seconds after its principal is deleted', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey({ name: 'gone' });
    const session = await grown(room, key);
    expect(await lists(room, session)).toBe(nothing);
    await room.byIam('DeletePrincipal', { Name: 'gone' });
    room.clock.advance(30_000);
    expect([await lists(room, session), await lists(room, key)]).toEqual([unknown, unknown]);
  });

  test('and outlives the key that it came from, as with IAM', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey();
    const session = await grown(room, key);
    await room.byIam('DeleteAccessKey', { AccessKeyId: key.id });
    room.clock.advance(30_000);
    expect(await lists(room, key)).toBe(unknown);
    expect(await lists(room, session)).toBe(nothing);
  });
});

describe('A token', () => {
  test('is good with its own id alone', async () => {
    const room = await startCredentialsRoom();
    const [one, other] = [await room.session(), await room.session()];
    const key = await room.aKey();
    for (const wrong of [
      { ...one, token: other.token },
      { ...one, id: other.id },
      { ...one, id: key.id },
      { ...key, token: one.token },
      { id: one.id, secret: one.secret },
      { ...one, token: '' },
      { ...one, token: 'x' },
      { ...one, token: 'A'.repeat(20_000) },
      { ...one, token: `${one.token}=` },
      { ...one, token: one.token.replace(/.$/, '') },
      { ...one, token: one.token.replace(/.{8}$/, ' $&') },
    ]) {
      expect(await lists(room, wrong)).toBe(unknown);
    }
    expect(await lists(room, { ...one, secret: other.secret })).toMatch(/^InvalidSignatureException/);
  });

  test('that was changed in any byte does not open', async () => {
    const room = await startCredentialsRoom();
    const session = await room.session();
    const sealed = Buffer.from(session.token, 'base64');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await lists(room, { ...session, token: changed.toString('base64') }), String(at)).toBe(unknown);
    }
  });

  test('is none where something else was sealed', async () => {
    const room = await startCredentialsRoom();
    const { id, secret } = await room.session();
    const { sealer } = room.ports;
    const claims = {
      arn: ada,
      principals: [{ name: 'account', createdAt: 0 }],
      boundaries: [],
      expiresAt: Number.MAX_SAFE_INTEGER,
      secret,
    };
    for (const place of [
      { purpose: 'session', poolId: '', item: id },
      { purpose: 'session-credentials', poolId: 'us-east-1_A', item: id },
      { purpose: 'session-credentials', poolId: '', item: 'ASIAAAAAAAAAAAAAAAAA' },
      { purpose: 'access-key', poolId: '', item: id },
    ] as const) {
      const token = Buffer.from(await sealer.seal(Buffer.from(JSON.stringify(claims)), place)).toString('base64');
      expect(await lists(room, { id, secret, token })).toBe(unknown);
    }
  });

  test('has to be signed', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey();
    const { token } = await room.session();
    const { json } = await room.byKey(key, 'credentials', {}, { headers: { 'x-amz-security-token': token } });
    expect(json).toEqual({
      __type: 'InvalidSignatureException',
      message: "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization.",
    });
  });
});

describe('What is disabled', () => {
  test('allows nothing any more, and still denies: a policy', async () => {
    const room = await startCredentialsRoom();
    const document = policy(
      { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' },
      { Effect: 'Deny', Action: 'cognito-idp:Create*', Resource: '*' },
    );
    await room.byIam('CreatePolicy', { Name: 'mixed', Document: document });
    await room.access.principals.add(aPrincipal({ name: 'p', policies: ['mixed', 'MillpondReadOnlyAccess'] }));
    const { json } = await room.byIam('CreateAccessKey', { Principal: 'p' });
    const key = { id: json.AccessKey.AccessKeyId, secret: json.AccessKey.SecretAccessKey };
    const adds = () => refused(room.clientOf(key).send(new DescribeUserPoolCommand({ UserPoolId: 'us-east-1_None' })));
    expect(await adds()).toMatch(/^ResourceNotFoundException/);
    await room.byIam('DisablePolicy', { Name: 'mixed' });
    await room.byIam('UpdatePrincipal', { Name: 'p', Policies: ['mixed', 'MillpondFullAccess'] });
    room.clock.advance(30_000);
    expect(await adds()).toMatch(/^ResourceNotFoundException/);
    expect(await creates(room, key)).toContain('explicit deny');
    await room.byIam('DisablePolicy', { Name: 'MillpondFullAccess' });
    room.clock.advance(30_000);
    expect(await adds()).toContain('no identity-based policy allows');
    await room.byIam('EnablePolicy', { Name: 'mixed' });
    room.clock.advance(30_000);
    expect(await adds()).toMatch(/^ResourceNotFoundException/);
  });

  test('is good for nothing within thirty seconds: a key', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey();
    expect(await lists(room, key)).toBe(nothing);
    await room.byIam('DisableAccessKey', { AccessKeyId: key.id });
    room.clock.advance(29_999);
    expect(await lists(room, key)).toBe(nothing);
    room.clock.advance(1);
    expect(await lists(room, key)).toBe(unknown);
    await room.byIam('EnableAccessKey', { AccessKeyId: key.id });
    expect(await lists(room, key)).toBe(nothing);
  });
});

describe('The last use of a key', () => {
  test('is noted once a day, and never for a signature that is wrong', async () => {
    const noted: string[] = [];
    const service = await startCredentialsRoom();
    const { accessKeys } = service.access;
    const room = await startCredentialsRoom({
      accessKeys: {
        find: (id) => accessKeys.find(id),
        async used(id, day) {
          noted.push(`${id} ${day}`);
          await accessKeys.used(id, day);
        },
      },
      principals: service.access.principals,
    });
    const key = await service.aKey();
    expect(await lists(room, { ...key, secret: 'wrong' })).toMatch(/^InvalidSignature/);
    expect(noted).toEqual([]);
    for (let hour = 0; hour < 30; hour++) {
      expect(await lists(room, key)).toBe(nothing);
      room.clock.advance(3_600_000);
    }
    expect(noted).toEqual([`${key.id} 2026-09-01`, `${key.id} 2026-09-02`]);
    const { json } = await service.byIam('ListAccessKeys', { Principal: key.principal });
    expect(json.AccessKeys).toMatchObject([{ AccessKeyId: key.id, LastUsedDate: '2026-09-02' }]);
  });
});

describe('The guard against replays', () => {
  test('answers a signed change once, and reads as often as they come', async () => {
    const first = await startCredentialsRoom();
    const room = await startCredentialsRoom({ replayGuard: first.ports.nonces });
    const key = await room.aKey();
    const change = await room.signed(key, (client) => client.send(new CreateUserPoolCommand({ PoolName: 'x' })));
    const reading = await room.signed(key, (client) => client.send(new ListUserPoolsCommand({ MaxResults: 1 })));
    expect([(await room.send(change)).status, (await room.send(change)).json]).toEqual([
      200,
      {
        __type: 'InvalidSignatureException',
        message: 'A request with this signature has been made before: sign it anew.',
      },
    ]);
    for (let time = 0; time < 3; time++) expect((await room.send(reading)).status).toBe(200);
    room.clock.advance(1000);
    expect(await creates(room, key)).toBe(nothing);
  });

  test('lets one of many through who repeat it at once, and stores nothing for a wrong signature', async () => {
    const first = await startCredentialsRoom();
    const stored: string[] = [];
    const room = await startCredentialsRoom({
      replayGuard: {
        async consume(nonce, until) {
          stored.push(nonce);
          return first.ports.nonces.consume(nonce, until);
        },
      },
    });
    const key = await room.aKey();
    const change = await room.signed(key, (client) => client.send(new CreateUserPoolCommand({ PoolName: 'x' })));
    const answers = await Promise.all(Array.from({ length: 10 }, () => room.send(change)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 400)]);
    const count = stored.length;
    const { headers } = change;
    const wrong = { ...headers, authorization: String(headers['authorization']).replace(/.$/, 'z') };
    await room.send({ ...change, headers: wrong });
    expect(stored).toHaveLength(count);
    expect(new Set(stored)).toEqual(new Set([expect.stringMatching(/^sig#[\da-f]{64}$/)]));
  });

  test('is off where nobody asked for it', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey();
    const change = await room.signed(key, (client) => client.send(new CreateUserPoolCommand({ PoolName: 'x' })));
    for (let time = 0; time < 2; time++) expect((await room.send(change)).status).toBe(200);
  });
});
