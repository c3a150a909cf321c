/** Attempts at more rights than one has: each test says what the attacker sees. */
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { accessKeyKey, principalKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { signRequest } from '../../lambdas/adapters/sigv4/sign-request.ts';
import { isBuiltInPolicy } from '../../lambdas/core/rules/access/built-in.ts';
import {
  account,
  ada,
  type CredentialsRoom,
  type RoomAnswer,
  type Session,
  startCredentialsRoom,
} from '../support/credentials-room.ts';
import { anOwnTable } from '../support/own-table.ts';
import { refused } from '../support/refused.ts';
import { policy, type SigningKey } from '../support/strict-service.ts';
import { jsonHeaders } from '../support/wire.ts';

const eve = `arn:aws:iam::${account}:user/eve`;
const frank = `arn:aws:iam::${account}:user/frank`;
const nothing = 'nothing is refused';
const unknown = expect.stringMatching(/^UnrecognizedClientException/);
const allow = (...Action: readonly string[]) => policy({ Effect: 'Allow', Action, Resource: '*' });

const lists = ({ clientOf }: CredentialsRoom, key: SigningKey): Promise<string> =>
  refused(clientOf(key).send(new ListUserPoolsCommand({ MaxResults: 1 })));

const sessionIn = ({ json }: RoomAnswer): Session => ({
  id: json.AccessKeyId,
  secret: json.SecretAccessKey,
  token: json.SessionToken,
  expires: json.Expiration,
});

/** With no principal for whoever is not named. */
async function closedRoom(): Promise<CredentialsRoom> {
  const room = await startCredentialsRoom();
  await room.byIam('DisablePrincipal', { Name: 'account' });
  return room;
}

describe('A session does not outlive what it was made from', () => {
  test('by a principal of the same name that was made for somebody else', async () => {
    const room = await closedRoom();
    const contractor = { Name: 'contractor', Policies: ['MillpondReadOnlyAccess'] };
    await room.byIam('CreatePrincipal', { ...contractor, Arn: eve });
    const ofEve = await room.session({ DurationSeconds: 43_200 }, eve);
    expect(await lists(room, ofEve)).toBe(nothing);
    await room.byIam('DeletePrincipal', { Name: 'contractor' });
    room.clock.advance(1);
    await room.byIam('CreatePrincipal', { ...contractor, Arn: frank, Policies: ['MillpondFullAccess'] });
    expect(await lists(room, await room.session({}, frank))).toBe(nothing);
    expect(await lists(room, ofEve)).toEqual(unknown);
    expect((await room.byKey(ofEve, 'credentials')).json).toMatchObject({ __type: 'UnrecognizedClientException' });
  });

  test('nor by one that is changed, or put out of force for a while', async () => {
    const room = await closedRoom();
    await room.byIam('CreatePrincipal', { Name: 'dev', Arn: eve, Policies: ['MillpondReadOnlyAccess'] });
    const session = await room.session({}, eve);
    await room.byIam('UpdatePrincipal', { Name: 'dev', Tags: { team: 'red' } });
    await room.byIam('DisablePrincipal', { Name: 'dev' });
    room.clock.advance(30_000);
    expect(await lists(room, session)).toEqual(unknown);
    await room.byIam('EnablePrincipal', { Name: 'dev' });
    expect(await lists(room, session)).toBe(nothing);
  });

  test('by growing another session out of it at the last second', async () => {
    const room = await startCredentialsRoom();
    const first = await room.session({ DurationSeconds: 900 });
    room.clock.advance(899_000);
    const second = sessionIn(await room.byKey(first, 'credentials', { DurationSeconds: 43_200 }));
    expect(second.expires).toBe(first.expires);
    room.clock.advance(1000);
    expect(await lists(room, second)).toMatch(/^ExpiredTokenException/);
  });

  test('nor does a chain of them lose what one of them denied', async () => {
    const room = await startCredentialsRoom();
    const Policy = policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'cognito-idp:ListUserPools', Resource: '*' },
    );
    let session = await room.session({ Policy });
    for (const wider of [undefined, null, allow('*')]) {
      session = sessionIn(await room.byKey(session, 'credentials', { Policy: wider }));
      expect(await lists(room, session)).toMatch(/with an explicit deny/);
    }
  });
});

describe('Whoever manages a little', () => {
  test('and may not do the rest is refused it, however the action is spelt', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey({ name: 'helper', policy: allow('millpond:List*', 'millpond:CreatePolicy') });
    await room.byKey(key, 'CreatePolicy', { Name: 'wide', Document: allow('*') });
    for (const [action, input] of [
      ['UpdatePrincipal', { Name: 'helper', Policies: ['wide'] }],
      ['CreatePrincipal', { Name: 'helper2', Policies: ['wide'] }],
      ['CreateAccessKey', { Principal: 'helper' }],
    ] as const) {
      expect((await room.byKey(key, action, input)).json.__type).toBe('AccessDeniedException');
      const { status } = await room.byKey(key, action.toLowerCase(), input);
      expect(status).toBe(404);
    }
    expect(await lists(room, key)).toContain('no identity-based policy allows the cognito-idp:ListUserPools action');
  });

  test('cannot take the name of what is built in, nor give keys to whom IAM has to prove', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey({ policy: allow('millpond:*') });
    const typeOf = async (action: string, input: object) => (await room.byKey(key, action, input)).json.__type;
    expect(await typeOf('CreatePrincipal', { Name: 'account', Policies: [] })).toBe('EntityAlreadyExistsException');
    expect(await typeOf('CreatePolicy', { Name: 'MILLPONDFullAccess', Document: allow('*') })).toMatch(/Exception$/);
    expect(await typeOf('CreateAccessKey', { Principal: 'account' })).toMatch(/Exception$/);
    // What is not a member is refused, so nothing can be smuggled into a row.
    for (const stray of ['origin', 'Inline', 'InlinePolicies', 'Status', 'version', '__proto__']) {
      const body = `{"Name":"x","Policies":[],${JSON.stringify(stray)}:{"a":1}}`;
      expect((await room.byKey(key, 'CreatePrincipal', body)).json.message).toContain('There is no member');
    }
  });

  test('cannot change for whom a principal stands', async () => {
    const room = await closedRoom();
    await room.byIam('CreatePrincipal', { Name: 'ops', Arn: frank, Policies: ['MillpondFullAccess'] });
    const { json } = await room.byIam('UpdatePrincipal', { Name: 'ops', Arn: eve });
    expect(json.message).toBe('There is no member "Arn" in this request');
    expect((await room.byIam('credentials', {}, { arn: eve })).status).toBe(403);
  });
});

describe('A list shows', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
    'what a policy named %s says',
    async (Name) => {
      expect(isBuiltInPolicy(Name)).toBe(false);
      const room = await startCredentialsRoom();
      const Document = allow('*');
      expect((await room.byIam('CreatePolicy', { Name, Document })).status).toBe(200);
      await room.byIam('CreatePrincipal', { Name, Arn: eve, Policies: [Name], Tags: { [Name]: 'x' } });
      const { json: policies } = await room.byIam('ListPolicies');
      expect(policies.Policies).toContainEqual(expect.objectContaining({ Name, Document, Managed: false }));
      const { json: principals } = await room.byIam('ListPrincipals');
      const listed = principals.Principals.find((each: { Name: string }) => each.Name === Name);
      expect([listed.Policies, Object.entries(listed.Tags)]).toEqual([[Name], [[Name, 'x']]]);
    },
  );
});

describe('Who somebody is said to be', () => {
  test('is not settled by how an ARN looks: a key of the service stands for nobody in IAM', async () => {
    const room = await closedRoom();
    await room.byIam('CreatePrincipal', { Name: 'of-frank', Arn: frank, Policies: ['MillpondFullAccess'] });
    // Its ARN is that of frank in IAM.
    const key = await room.aKey({ name: 'frank', policy: allow('cognito-idp:List*') });
    const session = sessionIn(await room.byKey(key, 'credentials'));
    expect(await lists(room, session)).toBe(nothing);
    expect((await room.byKey(session, 'ListPolicies')).json.__type).toBe('AccessDeniedException');
  });

  test.each([
    [`arn:aws:iam::${account}:user/frank`, `arn:aws:iam::${account}:user/frankly`],
    [`arn:aws:iam::${account}:user/frank`, `arn:aws:iam::${account}:user/x/frank`],
    [`arn:aws:iam::${account}:user/frank`, `arn:aws:iam::${account}:role/frank`],
    [`arn:aws:iam::${account}:user/frank`, `arn:aws-cn:iam::${account}:user/frank`],
    [`arn:aws:iam::${account}:role/ops`, `arn:aws:sts::${account}:assumed-role/dev/ops`],
    [`arn:aws:iam::${account}:role/ops`, `arn:aws:sts::${account}:assumed-role/ops2/ops`],
    [`arn:aws:iam::${account}:role/ops`, `arn:aws:sts::${account}:federated-user/ops`],
    [`arn:aws:iam::${account}:role/ops`, `arn:aws:sts::999999999999:assumed-role/ops/ops`],
    ['arn:aws:iam::1111*:user/frank', `arn:aws:iam::999999999999:user/frank`],
    ['arn:aws:iam::*:user/frank', `arn:aws:iam::${account}:user/eve:user/frank`],
    ['arn:*:user/frank:*:*:*', `arn:aws:iam::${account}:user/frank`],
  ])('is not fitted by %s: %s', async (Arn, caller) => {
    const room = await closedRoom();
    expect((await room.byIam('CreatePrincipal', { Name: 'narrow', Arn, Policies: [] })).status).toBe(200);
    const { status, json } = await room.byIam('credentials', {}, { arn: caller });
    expect([status, json.__type]).toEqual([403, 'AccessDeniedException']);
  });

  test('is not settled by two tags of one meaning, told apart by their case', async () => {
    const room = await closedRoom();
    const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
    const Document = policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition });
    await room.byIam('CreatePolicy', { Name: 'reds', Document });
    await room.byIam('CreatePrincipal', { Name: 'a', Arn: eve, Policies: ['reds'], Tags: { Team: 'blue' } });
    expect(await lists(room, await room.session({}, eve))).toContain('AccessDenied');
    await room.byIam('CreatePrincipal', { Name: 'b', Arn: eve, Policies: [], Tags: { team: 'red' } });
    expect(await lists(room, await room.session({}, eve))).toContain('AccessDenied');
  });
});

describe('A signature', () => {
  const sent = (headers: Readonly<Record<string, string>>, body = '{}') => ({ headers, body });

  async function signedFor(room: CredentialsRoom, service: string, target: string, more = {}) {
    const key = await room.aKey({ policy: allow('*') });
    const unsigned = { endpoint: `http://localhost${target}`, headers: { ...jsonHeaders('ListUserPools'), ...more } };
    const signing = { keyId: key.id, secret: key.secret, region: 'eu-west-1', service, at: room.clock.now() };
    const body = '{"MaxResults":1}';
    return { key, headers: await signRequest({ ...unsigned, body }, signing), body };
  }

  test('for this room is none for the API, and one for the API none for this room', async () => {
    const room = await startCredentialsRoom();
    const ofRoom = await signedFor(room, 'execute-api', '/');
    expect((await room.send(sent(ofRoom.headers, ofRoom.body))).json).toMatchObject({
      message: "Credential should be scoped to correct service: 'cognito-idp'. ",
    });
    const ofApi = await signedFor(room, 'cognito-idp', '/_iam/ListPolicies');
    expect((await room.byKey(ofApi.key, 'ListPolicies', ofApi.body, { headers: ofApi.headers })).json).toMatchObject({
      message: "Credential should be scoped to correct service: 'execute-api'. ",
    });
    // To change the scope is to change what was signed.
    const renamed = (authorization = '') => authorization.replace('/cognito-idp/', '/execute-api/');
    const headers = { ...ofApi.headers, authorization: renamed(ofApi.headers['authorization']) };
    expect((await room.byKey(ofApi.key, 'ListPolicies', ofApi.body, { headers })).json.message).toMatch(
      /^The request signature we calculated/,
    );
  });

  test.each([
    ['/_iam/ListPolicies', '/_iam/DeletePolicy'],
    ['/_iam/ListPolicies', '/_iam/./ListPolicies'],
    ['/_iam/ListPolicies', '/_iam//ListPolicies'],
    ['/_iam/ListPolicies', '/_iam/x/../ListPolicies'],
    ['/_iam/ListPolicies', '/_iam/ListPolicies?x=1'],
    ['/_iam/%4cistPolicies', '/_iam/ListPolicies'],
    ['/_iam/ListPolicies', '/_iam/%4cistPolicies'],
    ['/_iam/listPolicies', '/_iam/ListPolicies'],
    ['/_iam/ListPolicies/', '/_iam/ListPolicies'],
  ])('for %s opens nothing at %s', async (signedPath, path) => {
    const room = await startCredentialsRoom();
    const { key, headers, body } = await signedFor(room, 'execute-api', signedPath);
    const { status, json } = await room.byKey(key, 'ListPolicies', body, { path, headers });
    expect([403, 404]).toContain(status);
    expect(json.Policies).toBeUndefined();
  });

  test.each([
    [
      'authorization',
      (value: string) => `${value}, ${value.replace(/AKIA\w+/, 'AKIAAAAAAAAAAAAAAAAA').replace(/\w$/, 'z')}`,
    ],
    ['authorization', (value: string) => `${value}, Signature=${'0'.repeat(64)}`],
    ['authorization', (value: string) => `${value}, SignedHeaders=host;x-amz-date`],
    ['authorization', (value: string) => `${value}, Credential=AKIAAAAAAAAAAAAAAAAA/20260901/eu-west-1/execute-api/x`],
    ['x-amz-date', (value: string) => `${value},${value}`],
    ['host', () => 'localhost,localhost'],
    ['host', () => 'localhost@evil.example'],
    ['host', () => 'evil.example'],
    ['content-type', () => 'text/plain'],
    ['x-amz-content-sha256', () => 'UNSIGNED-PAYLOAD'],
  ] as const)('with %s sent twice, or otherwise, is refused', async (name, change) => {
    const room = await startCredentialsRoom();
    const { key, headers, body } = await signedFor(room, 'execute-api', '/_iam/ListPolicies');
    const changed = { ...headers, [name]: change(headers[name] ?? '') };
    const { status, json } = await room.byKey(key, 'ListPolicies', body, { headers: changed });
    expect([status, json.Policies]).toEqual([403, undefined]);
  });
});

describe('The record', () => {
  test('has one line for each request, whatever is sent to end it early', async () => {
    const room = await startCredentialsRoom();
    const forged = '\n{"event":"management.recorded","actor":"arn:aws:iam::1:root"}';
    await room.byIam('DeletePolicy', { Name: `x${forged}` });
    const key = await room.aKey();
    await room.byKey({ ...key, id: `AKIAAAAAAAAAAAAAAAAA${forged}` }, 'DeletePolicy', { Name: 'x' });
    expect(room.records.map(({ actor, resource, claimedKeyId }) => [actor, resource, claimedKeyId])).toEqual([
      [ada, undefined, undefined],
      ['unknown', undefined, undefined],
    ]);
    expect(JSON.stringify([room.records, room.lines])).not.toContain('root');
  });
});

describe('Whoever can write to the table', () => {
  test('makes no disabled key good again by calling its row one of the older layout', async () => {
    const { room, table } = await roomAndTable();
    const key = await room.aKey({ policy: allow('*') });
    await room.byIam('DisableAccessKey', { AccessKeyId: key.id });
    expect(await room.keys.find(key.id)).toMatchObject({ status: 'disabled' });
    await table.update(accessKeyKey(key.id), downgrade);
    await expect(room.keys.find(key.id)).rejects.toThrow('its layout is another');
    await expect(lists(room, key)).rejects.toThrow('its layout is another');
  });

  test('takes no policy from a principal by calling its row one of the older layout', async () => {
    const { room, table } = await roomAndTable();
    const denied = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
    const key = await room.aKey({ name: 'denied', policy: denied });
    const row = await table.get(principalKey('denied'));
    await table.put({ ...row, ...principalKey('denied'), v: 1, id: key.id });
    await table.update(accessKeyKey(key.id), downgrade);
    await expect(lists(room, key)).rejects.toThrow('its layout is another');
  });
});

async function roomAndTable() {
  const table = await anOwnTable();
  return { room: await startCredentialsRoom({ table }), table };
}

const downgrade = { expression: 'SET #v = :v', names: { '#v': 'v' }, values: { ':v': 1 } };
