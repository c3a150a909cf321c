/** Requests that no client sends to `/_iam`, and callers who try for more than they have. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actions } from '../../lambdas/credentials/actions/index.ts';
import { byGateway } from '../../lambdas/credentials/callers.ts';
import { credentialsEntry } from '../../lambdas/credentials/index.ts';
import { account, ada, type CredentialsRoom, startCredentialsRoom } from '../support/credentials-room.ts';
import { policy } from '../support/strict-service.ts';
import { requestOf } from '../support/wire.ts';

const names = Object.keys(actions);
const managing = names.filter((name) => name !== 'credentials');

/** Every line of the log is about a request that was understood or refused, and none about a fault. */
const faultsIn = ({ lines }: CredentialsRoom) => lines.filter(({ fault }) => fault !== undefined);

describe('Every path', () => {
  test('is closed to whom the gateway does not name', async () => {
    const room = await startCredentialsRoom();
    for (const name of names) {
      expect(await room.byIam(name, {}, null)).toMatchObject({
        status: 403,
        json: { __type: 'AccessDeniedException' },
      });
    }
  });

  test('refuses members that it does not know by name', async () => {
    const room = await startCredentialsRoom();
    for (const name of names) {
      expect(await room.byIam(name, { Surprise: 1 })).toMatchObject({
        status: 400,
        json: { __type: 'InvalidParameterException', message: 'There is no member "Surprise" in this request' },
      });
      const { json } = await room.byIam(name, `{"__proto__":{"Name":"x"}}`);
      expect(json.message).toBe('There is no member "__proto__" in this request');
    }
    // A proof is for whoever is told to ask STS.
    expect((await room.byIam('credentials', { Sts: {} })).json.message).toBe(
      'There is no member "Sts" in this request',
    );
  });

  test('takes POST alone, and its own spelling alone', async () => {
    const room = await startCredentialsRoom();
    const iam = { accountId: account, arn: ada, userId: 'x' };
    const answer = credentialsEntry({ ...room.ports, ...room.access, messages: { list: async () => [] } }, byGateway);
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      const request = { ...requestOf({ method, target: '/_iam/ListPolicies' }), iam };
      expect(await answer(request)).toMatchObject({ status: 404 });
    }
    for (const target of [
      '/_iam/',
      '/_iam/listpolicies',
      '/_iam/ListPolicies/',
      '/_iam/credentials/../ListPolicies',
      '/_iam/credentials/ListPolicies',
      '/_iam//ListPolicies',
      '/_iam/%4cistPolicies',
      '/_iam/ListPolicies%20',
      '/_iam/__proto__',
      '/_iam/constructor',
      '/_iam/toString',
      '/_IAM/ListPolicies',
      '/x/_iam/ListPolicies',
      '/',
    ]) {
      const { status, body } = await answer({ ...requestOf({ target }), iam });
      expect([target, status, JSON.parse(body).__type]).toEqual([target, 404, 'UnknownOperationException']);
    }
  });

  test('answers whatever is sent with a refusal, and never with a fault', async () => {
    const room = await startCredentialsRoom();
    const texts = ['', '[', '[]', 'null', '1', '"x"', '{"Name":{}}', '{"Name":null}', `{"Name":"${'x'.repeat(200)}"}`];
    const deep = `{"Document":${'['.repeat(5000)}${']'.repeat(5000)},"Name":"x"}`;
    const inText = JSON.stringify({ Name: 'x', Document: '['.repeat(20_000) });
    const bodies = [...texts, deep, inText, `{"Name":"\\ud800"}`, Buffer.from([0xff, 0xfe]), ' '.repeat(200_000)];
    for (const name of managing) {
      for (const body of bodies) {
        const { status, json } = await room.byIam(name, body);
        // Lists need nothing, and an empty body says nothing.
        if (status !== 200)
          expect([name, status >= 400 && status < 500, typeof json.message]).toEqual([name, true, 'string']);
      }
    }
    expect(faultsIn(room)).toEqual([]);
  });

  test('survives made-up inputs', async () => {
    const room = await startCredentialsRoom();
    const members = fc.constantFrom(
      'Name',
      'Document',
      'Arn',
      'Policies',
      'Tags',
      'Principal',
      'AccessKeyId',
      'Policy',
      'DurationSeconds',
      'PoolId',
      'Username',
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.dictionary(members, fc.jsonValue()), async (name, input) => {
        const { status } = await room.byIam(name, input);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect(faultsIn(room)).toEqual([]);
  });
});

describe('Somebody on one machine', () => {
  const nothingAllowed = policy({ Effect: 'Deny', Action: '*', Resource: '*' });

  test('gets credentials whatever their policies say, and manages nothing without being allowed to', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey({
      name: 'reader',
      policy: policy({ Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' }),
    });
    expect((await room.byKey(key, 'credentials')).status).toBe(200);
    expect((await room.byKey(await room.aKey({ policy: nothingAllowed }), 'credentials')).status).toBe(200);
    for (const name of managing) {
      const { status, json } = await room.byKey(key, name, validInputs[name]);
      expect([name, status, json.message]).toEqual([
        name,
        403,
        `User: arn:aws:iam::${account}:user/reader is not authorized to perform: millpond:${name} on resource: * ` +
          `because no identity-based policy allows the millpond:${name} action`,
      ]);
    }
    expect((await room.access.principals.list()).map(({ name }) => name)).not.toContain('mine');
  });

  test('may do what is allowed, and that alone', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey({ policy: policy({ Effect: 'Allow', Action: 'millpond:List*', Resource: '*' }) });
    expect((await room.byKey(key, 'ListPolicies')).status).toBe(200);
    expect((await room.byKey(key, 'ListPrincipals')).status).toBe(200);
    expect((await room.byKey(key, 'CreatePolicy', validInputs['CreatePolicy'])).status).toBe(403);
  });

  test('cannot manage with a session whose policy does not say so', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey({ policy: policy({ Effect: 'Allow', Action: '*', Resource: '*' }) });
    const Policy = policy({ Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' });
    const { json } = await room.byKey(key, 'credentials', { Policy });
    const session = { id: json.AccessKeyId, secret: json.SecretAccessKey, token: json.SessionToken };
    expect((await room.byKey(session, 'CreateAccessKey', { Principal: key.principal })).json.message).toContain(
      'because no session policy allows the millpond:CreateAccessKey action',
    );
  });

  test('has to sign for this path, this body and this service', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey();
    const refused = async (...sent: Parameters<CredentialsRoom['byKey']>) => (await room.byKey(...sent)).json;
    expect(await refused(key, 'credentials', {}, { service: 'cognito-idp' })).toEqual({
      __type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'execute-api'. ",
    });
    const mismatch = {
      __type: 'InvalidSignatureException',
      message: expect.stringMatching(/^The request signature we/),
    };
    expect(await refused(key, 'credentials', {}, { path: '/_iam/ListPolicies' })).toEqual(mismatch);
    expect(await refused(key, 'credentials', {}, { path: '/_iam/credentials?a=b' })).toEqual(mismatch);
    expect(await refused({ ...key, secret: 'wrong' }, 'ListPolicies')).toEqual(mismatch);
    expect(await refused({ ...key, id: 'AKIAAAAAAAAAAAAAAAAA' }, 'ListPolicies')).toMatchObject({
      __type: 'UnrecognizedClientException',
    });
    // Nobody names himself: what a gateway would say is not read where there is none.
    expect((await room.byIam('ListPolicies', {}, null)).status).toBe(403);
  });

  test('cannot use a signature for the API here, nor one for here on the API', async () => {
    const room = await startCredentialsRoom();
    const key = await room.aKey();
    const { json } = await room.byKey(
      key,
      'credentials',
      {},
      { headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools' } },
    );
    expect(json.message).toBe("'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
  });
});

const Document = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
const AccessKeyId = 'AKIAAAAAAAAAAAAAAAAA';
const validInputs: Readonly<Record<string, object>> = {
  CreatePolicy: { Name: 'mine', Document },
  DisablePolicy: { Name: 'MillpondFullAccess' },
  EnablePolicy: { Name: 'MillpondFullAccess' },
  DeletePolicy: { Name: 'mine' },
  CreatePrincipal: { Name: 'mine', Policies: ['MillpondFullAccess'] },
  UpdatePrincipal: { Name: 'reader', Policies: ['MillpondFullAccess'] },
  DisablePrincipal: { Name: 'reader' },
  EnablePrincipal: { Name: 'reader' },
  DeletePrincipal: { Name: 'reader' },
  CreateAccessKey: { Principal: 'reader' },
  DisableAccessKey: { AccessKeyId },
  EnableAccessKey: { AccessKeyId },
  DeleteAccessKey: { AccessKeyId },
};
