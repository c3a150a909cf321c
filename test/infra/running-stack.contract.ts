/** What holds of the synthesised app in every way of routing: real clients come from outside, functions run inside. */
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { rooms } from '../../lambdas/index.ts';
import { tellStory } from '../smoke/story.ts';
import { viewerIp } from '../support/cloud/front.ts';
import type { RunningStack } from '../support/cloud/run-assembly.ts';
import { CallerGone } from '../support/cloud/stand-in-server.ts';
import { followLink } from './link-life.ts';
import { credentialsOf, readCode, type SessionCredentials } from './running-stack.ts';
import { townOf } from './sign-in-place.ts';

export interface Ways {
  /** The function that an operation of the room is answered by. */
  functionOf(room: string): string;
}

const api = 'AWSCognitoIdentityProviderService';
const jsonHeaders = (operation: string) => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': `${api}.${operation}`,
});

/** An unsigned request of the API. */
export const call = (
  { client, endpoint }: RunningStack,
  operation: string,
  more: Readonly<Record<string, string>> = {},
  body = '{}',
) => client.send(`${endpoint}/`, { method: 'POST', headers: { ...jsonHeaders(operation), ...more }, body });

export const sdkOf = (
  { endpoint, region, client, clock }: RunningStack,
  credentials: Pick<SessionCredentials, 'accessKeyId' | 'secretAccessKey'>,
  headers: Readonly<Record<string, string>> = {},
) => {
  const sdk = new CognitoIdentityProviderClient({
    endpoint,
    region,
    credentials,
    maxAttempts: 1,
    systemClockOffset: clock.shift(),
    requestHandler: { httpsAgent: client.agent },
  });
  sdk.middlewareStack.add(
    (next) => (args) => {
      // As HTTP requests have them.
      Object.assign((args.request as { headers: Record<string, string> }).headers, headers);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'afterSigning' },
  );
  return sdk;
};

const countsOf = ({ functions }: RunningStack): ReadonlyMap<string, number> =>
  new Map([...functions].map(([room, { invocations }]) => [room, invocations]));

/** Which functions have been given events since. */
const calledSince = (stack: RunningStack, before: ReadonlyMap<string, number>): readonly string[] =>
  [...countsOf(stack)].flatMap(([room, count]) => Array<string>(count - (before.get(room) ?? 0)).fill(room));

export const answeredBy = async (stack: RunningStack, work: () => Promise<unknown>): Promise<readonly string[]> => {
  const before = countsOf(stack);
  await work();
  return calledSince(stack, before);
};

export function runningStackContract(running: () => RunningStack, { functionOf }: Ways): void {
  test('people live their lives in a pool, from sign-up to its deletion', { timeout: 60_000 }, async () => {
    const stack = running();
    const credentials = await credentialsOf(stack);
    const { poolId } = await tellStory({
      endpoint: stack.endpoint,
      region: stack.region,
      credentials,
      readCode: (addressee) => readCode(stack, addressee),
      requestHandler: { httpsAgent: stack.client.agent },
      fetch: stack.client.fetch,
    });
    expect(await rowsOf(stack, poolId)).not.toEqual([]);
    const { deliveries, failures } = await stack.drainQueues();
    expect(deliveries).toBeGreaterThan(0);
    expect(failures).toBe(0);
    expect(await rowsOf(stack, poolId)).toEqual([]);
  });

  test('a confirmation link opens a page, whose button confirms', { timeout: 60_000 }, async () => {
    const stack = running();
    const called = await answeredBy(stack, async () => {
      await followLink(townOf(stack, sdkOf(stack, await credentialsOf(stack))));
    });
    expect(called).toContain('web');
  });

  test('a purge whose worker is killed in the middle is finished by the next one', { timeout: 60_000 }, async () => {
    const stack = running();
    const { guard, functions, clock } = stack;
    const poolId = await aPoolOfPeople(stack, 'killed');
    let writes = 0;
    guard.onCall = ({ room, action }) => {
      if (room !== 'worker' || !/BatchWriteItem|DeleteItem/.test(action)) return;
      writes += 1;
      if (writes < 2) return;
      void functions.get('worker')?.kill();
      throw new CallerGone();
    };
    expect((await stack.drainQueues()).failures).toBe(1);
    guard.onCall = undefined;
    expect(await rowsOf(stack, poolId)).not.toEqual([]);
    // The message comes back after its time, the lease of the dead worker ends.
    clock.advance(20 * 60_000);
    for (let round = 0; round < 4 && (await rowsOf(stack, poolId)).length > 0; round += 1) {
      await stack.tick();
      clock.advance(5 * 60_000);
    }
    expect(await rowsOf(stack, poolId)).toEqual([]);
    clock.advance(-clock.shift());
  });

  test('a purge that takes longer than a function may goes on in the next one', { timeout: 60_000 }, async () => {
    const stack = running();
    const { guard, clock } = stack;
    const poolId = await aPoolOfPeople(stack, 'long');
    guard.onCall = ({ room, action }) => {
      // As if each batch took minutes.
      if (room === 'worker' && action.endsWith('BatchWriteItem')) clock.advance(8 * 60_000);
    };
    const { deliveries, failures } = await stack.drainQueues();
    guard.onCall = undefined;
    clock.advance(-clock.shift());
    expect(deliveries).toBeGreaterThan(1);
    expect(failures).toBe(0);
    expect(await rowsOf(stack, poolId)).toEqual([]);
  });

  describe('Credentials', () => {
    test('are given to callers of the account', async () => {
      const stack = running();
      const sdk = sdkOf(stack, await credentialsOf(stack));
      expect((await sdk.send(new ListUserPoolsCommand({ MaxResults: 5 }))).$metadata.httpStatusCode).toBe(200);
    });

    test('are not given to whom IAM refuses, to other accounts, or without a signature', async () => {
      const { callIam, people, client, credentialsEndpoint } = running();
      expect(await callIam('credentials', {}, people.visitor)).toMatchObject({ status: 403 });
      expect(await callIam('credentials', {}, people.stranger)).toMatchObject({ status: 403 });
      expect(await client.send(credentialsEndpoint, { method: 'POST', body: '{}' })).toMatchObject({ status: 403 });
    });

    test('are refused once they are changed', async () => {
      const stack = running();
      const credentials = await credentialsOf(stack);
      const list = new ListUserPoolsCommand({ MaxResults: 5 });
      for (const changed of [{ secretAccessKey: 'another' }, { sessionToken: `${credentials.sessionToken}A` }]) {
        await expect(sdkOf(stack, { ...credentials, ...changed }).send(list)).rejects.toMatchObject({
          $metadata: { httpStatusCode: 400 },
        });
      }
    });
  });

  test('every operation is answered by the function of its room, and says so for names that nobody knows', {
    timeout: 60_000,
  }, async () => {
    const stack = running();
    const expected: Record<string, string> = {};
    const found: Record<string, string> = {};
    for (const [room, operations] of Object.entries(rooms)) {
      for (const name of Object.keys(operations)) {
        expected[name] = functionOf(room);
        found[name] = (await answeredBy(stack, () => call(stack, name))).join();
      }
    }
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(140);
    expect(found).toEqual(expected);
    for (const unknown of ['Nonsense', 'ListUserPoolz', 'toString', '']) {
      const answer = await call(stack, unknown);
      expect({ unknown, status: answer.status }).toEqual({ unknown, status: 400 });
      expect(JSON.parse(answer.text)).toMatchObject({ __type: 'UnknownOperationException' });
    }
  });

  test('a request without a signature is refused by the operations that need one', async () => {
    const answer = await call(running(), 'ListUserPools', {}, '{"MaxResults":1}');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  test('what callers say of their own host and address is not believed', async () => {
    const stack = running();
    const from = (address: string) => ({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'cognito-idp:*',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': address } },
      },
    });
    const list = new ListUserPoolsCommand({ MaxResults: 1 });
    const lies = {
      'x-viewer-ip': '198.51.100.1',
      'x-forwarded-for': '198.51.100.1',
      forwarded: 'for=198.51.100.1',
      'x-viewer-host': 'elsewhere.example.com',
      'x-forwarded-host': 'elsewhere.example.com',
    };
    const here = await credentialsOf(stack, { Policy: from(viewerIp) });
    const elsewhere = await credentialsOf(stack, { Policy: from('198.51.100.1') });
    expect((await sdkOf(stack, here, lies).send(list)).$metadata.httpStatusCode).toBe(200);
    await expect(sdkOf(stack, elsewhere).send(list)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(sdkOf(stack, elsewhere, lies).send(list)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('pages of other origins may call', async () => {
    const { client, endpoint } = running();
    const answer = await client.send(`${endpoint}/`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-amz-target,content-type',
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(String(answer.headers['access-control-allow-headers']).split(',')).toEqual(
      expect.arrayContaining(['x-amz-target', 'content-type']),
    );
  });

  test.each([
    'application/x-amz-json-1.1',
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/octet-stream',
  ])('a body of type %s arrives as it was sent', async (type) => {
    const stack = running();
    const ClientId = `0123456789abcdefghijklmnop`;
    const body = JSON.stringify({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ä€😀', PASSWORD: 'x' },
    });
    const answer = await call(stack, 'InitiateAuth', { 'content-type': type }, body);
    expect(JSON.parse(answer.text)).toMatchObject({ message: `User pool client ${ClientId} does not exist.` });
  });

  test('logs tell of requests, and of no secret', async () => {
    const stack = running();
    const credentials = await credentialsOf(stack);
    await sdkOf(stack, credentials).send(new ListUserPoolsCommand({ MaxResults: 1 }));
    await call(stack, 'InitiateAuth', {}, '{"AuthParameters":{"PASSWORD":"a-password-in-the-clear"}}');
    const lines = [...stack.functions.values()].flatMap((one) => one.lines);
    expect(lines.some((line) => line.includes('ListUserPools'))).toBe(true);
    const said = lines.join('\n');
    for (const secret of [
      credentials.secretAccessKey,
      credentials.sessionToken,
      'a-password-in-the-clear',
      'secret of ',
    ]) {
      expect(said.includes(secret)).toBe(false);
    }
    // Lambda's own rights to write them.
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });
}

/** Which has been deleted: what it leaves behind is a job. */
async function aPoolOfPeople(stack: RunningStack, PoolName: string): Promise<string> {
  // What other tests have left to do is not this one's.
  await stack.drainQueues();
  const sdk = sdkOf(stack, await credentialsOf(stack));
  const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName }));
  const UserPoolId = String(UserPool?.Id);
  for (const Username of ['ada', 'grace', 'edsger', 'barbara']) {
    await sdk.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
  }
  await sdk.send(new DeleteUserPoolCommand({ UserPoolId }));
  return UserPoolId;
}

/** Everything that belongs to the pool or its users. */
const rowsOf = ({ rows }: RunningStack, poolId: string): Promise<readonly string[]> =>
  rows.keys(new RegExp(`^[A-Z]#${poolId}(#|$)`));
