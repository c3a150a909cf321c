/** The synthesised app with `routing=edge`: CloudFront, its function and an HTTP API in front of a function for each room. */
import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { answeredBy, call, runningStackContract, sdkOf } from './running-stack.contract.ts';
import { credentialsOf, runningStack } from './running-stack.ts';
import { wholeLife } from './whole-life.ts';

const running = runningStack({
  routing: 'edge',
  profile: 'production',
  account: '111122223333',
  region: 'eu-west-1',
  mailFrom: 'pools@example.com',
  alarmEmail: 'operators@example.com',
});

const json = { 'content-type': 'application/x-amz-json-1.1' };
const listPools = { ...json, 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools' };

describe('Behind the edge', () => {
  runningStackContract(running, { functionOf: (room) => room });

  test.each([
    '/_api/pools',
    '/_iam/credentials',
    '/_iam/ListMessages',
    '/_',
    '/%5Fapi/pools',
    '//_api/pools',
    '/%5fiam/credentials',
  ])('nobody comes to %s from outside', async (path) => {
    const stack = running();
    const called = await answeredBy(stack, async () => {
      const { status } = await stack.client.send(`${stack.endpoint}${path}`, {
        method: 'POST',
        headers: listPools,
        body: '{}',
      });
      expect(status).toBe(403);
    });
    expect(called).toEqual([]);
  });

  test('IAM knows nobody by way of the edge', async () => {
    const stack = running();
    const elsewhere = stack.credentialsEndpoint.replace(stack.hosts.api, stack.hosts.front);
    const reply = await stack.client.send(elsewhere, { method: 'POST', body: '{}' });
    expect(reply.status).toBe(403);
  });

  test.each([
    ['without what the edge proves itself with', {}],
    ['with a wrong proof', { 'x-origin-verify': 'x'.repeat(43) }],
    ['with an empty proof', { 'x-origin-verify': '' }],
  ])('the API behind it answers nobody %s', async (_, proof) => {
    const { client, hosts } = running();
    for (const path of ['/_api/pools', '/_api/auth', '/', '/oauth2/token']) {
      const answer = await client.send(`https://${hosts.api}${path}`, {
        method: 'POST',
        headers: { ...listPools, ...proof },
        body: '{}',
      });
      expect({ path, status: answer.status }).toEqual({ path, status: 403 });
    }
    const keys = await client.send(`https://${hosts.api}/eu-west-1_000000000/.well-known/jwks.json`, {
      headers: proof,
    });
    expect(keys.status).toBe(403);
  });

  test('what a caller claims to prove is overwritten by the edge', async () => {
    const answer = await call(running(), 'ListUserPools', { 'x-origin-verify': 'mine' });
    expect(JSON.parse(answer.text)).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  test('keys are read from the function once, and from the edge from then on', async () => {
    const stack = running();
    const sdk = sdkOf(stack, await credentialsOf(stack));
    const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: 'cached' }));
    const read = () => stack.client.send(`${stack.endpoint}/${UserPool?.Id}/.well-known/jwks.json`);
    const first = await read();
    expect(first).toMatchObject({ status: 200, headers: { 'x-cache': 'Miss from cloudfront' } });
    const called = await answeredBy(stack, async () => {
      const second = await read();
      expect(second).toMatchObject({ status: 200, headers: { 'x-cache': 'Hit from cloudfront' } });
      expect(second.text).toBe(first.text);
    });
    expect(called).toEqual([]);
    expect(JSON.parse(first.text)).toMatchObject({
      keys: [
        { kty: 'RSA', use: 'sig' },
        { kty: 'RSA', use: 'sig' },
      ],
    });
  });

  test('errors of documents are not kept at the edge', async () => {
    const { client, endpoint } = running();
    const url = `${endpoint}/eu-west-1_111111111/.well-known/jwks.json`;
    for (const _ of [1, 2]) {
      expect(await client.send(url)).toMatchObject({ status: 400, headers: { 'x-cache': 'Error from cloudfront' } });
    }
  });

  test('what a signature covers arrives as it was sent', async () => {
    const stack = running();
    const sdk = sdkOf(stack, await credentialsOf(stack));
    // Signs content-length, user agent and the number of the attempt as well.
    await expect(sdk.send(new CreateUserPoolCommand({ PoolName: 'ä€😀 ' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(sdk.send(new CreateUserPoolCommand({ PoolName: 'plain' }))).resolves.toMatchObject({
      UserPool: { Name: 'plain' },
    });
  });

  /** What rights are for that nothing here needs. */
  const idle: readonly (readonly [grant: RegExp, reason: string])[] = [
    [/^\w+ kms:Encrypt$/, 'Whoever is the first to seal something makes the data key, or the one that follows it.'],
    [/^(branding|federation|groups|imports) dynamodb:PutItem$/, 'The same: the data key is a row.'],
    [
      /^(branding|federation|groups|imports) dynamodb:UpdateItem$/,
      'The first use of an access key on a day is written.',
    ],
    [/^auth dynamodb:Batch(Get|Write)Item$/, 'The port of users is granted as a whole.'],
    [
      /^auth (dynamodb:ConditionCheckItem|kms:GetPublicKey)$/,
      'A pool that has no keys yet is given some when it signs.',
    ],
    [/^web dynamodb:DeleteItem$/, 'The same: no link takes an alias from anybody.'],
    [/^worker (dynamodb:ConditionCheckItem|kms:GetPublicKey)$/, 'Keys of another generation, in run-signing.test.ts.'],
    [/^worker kms:Decrypt$/, 'Signing keys that are sealed into the table, in run-signing.test.ts.'],
    [/^worker sqs:SendMessage$/, 'Jobs that take longer than a function may, in running-stack.contract.ts.'],
    [/^worker sqs:(ChangeMessageVisibility|GetQueueUrl)$/, 'The CDK grants these to whatever takes messages.'],
  ];

  test('no role has a right that nobody uses', { timeout: 120_000 }, async () => {
    const stack = running();
    await wholeLife(stack);
    expect(stack.guard.unusedGrants().filter((grant) => !idle.some(([known]) => known.test(grant)))).toEqual([]);
  });
});
