/** Limits on the rate of requests, as clients meet them. */
import { randomInt } from 'node:crypto';
import {
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProvider,
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  RespondToAuthChallengeCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { rateCounters } from '../../lambdas/adapters/dynamodb/rate-counters.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { Settings } from '../../lambdas/core/ports/settings.ts';
import { builders } from '../support/builders.ts';
import { outcomes, refused } from '../support/refused.ts';
import { signingIn } from '../support/signing-in.ts';
import { type Service, startService } from '../support/start-service.ts';
import { policy, startStrictService } from '../support/strict-service.ts';
import { testTable } from '../support/table.ts';
import { signature } from '../support/wire.ts';

const rateExceeded = 'TooManyRequestsException: Rate exceeded';

/** In an account of its own, which has raised no rates. */
const startLimited = (rates: Settings['rates']) =>
  startService({ settings: { account: randomInt(1e11, 1e12).toString(), rates } });

/** A second after what was made for the test. */
async function prepared<T>(rates: Settings['rates'], prepare: (service: Service) => Promise<T>) {
  const service = await startLimited(rates);
  const made = await prepare(service);
  service.clock.advance(1_000);
  return { ...service, made };
}

const inOnePool = (rates?: Settings['rates']) => prepared(rates, ({ aPool }) => aPool());

const aPersonAndApp = (rates: Settings['rates'] = {}) =>
  prepared(rates, async (service) => {
    const pool = await service.aPool();
    const user = await service.aUser(pool, { username: 'ada' });
    service.clock.advance(1_000);
    const app = await service.aClient(pool);
    return { pool, user, app };
  });

/** How many of so many calls at once are let through; the others are refused for their number. */
async function letThrough(times: number, call: (index: number) => Promise<unknown>): Promise<number> {
  const all = await outcomes(Array.from({ length: times }, (_, index) => call(index)));
  const refusals = all.filter((outcome) => outcome === rateExceeded);
  return times - refusals.length;
}

/** The same one by one, where changes at once would come in each other's way. */
async function letThroughInTurn(times: number, call: () => Promise<unknown>): Promise<number> {
  let through = 0;
  for (let made = 0; made < times; made++) through += await letThrough(1, call);
  return through;
}

const listIn = (client: CognitoIdentityProviderClient, UserPoolId: string) => () =>
  client.send(new ListUsersCommand({ UserPoolId }));

describe('Without a limit of rates', () => {
  test('any number of requests is answered in a second, which is how it is unless it is turned on (pools-and-users 57)', async () => {
    const { client, made: pool } = await inOnePool();
    expect(await outcomes(Array.from({ length: 100 }, listIn(client, pool.id)))).toEqual(Array(100).fill('done'));
  });
});

describe('With limits of rates', () => {
  test('the 31st ListUsers in a second is refused, and the SDK tries again and succeeds (pools-and-users 57)', async () => {
    const { client, clock, made: pool } = await inOnePool({});
    expect(await outcomes(Array.from({ length: 30 }, listIn(client, pool.id)))).toEqual(Array(30).fill('done'));
    expect(await refused(listIn(client, pool.id)())).toBe(rateExceeded);

    const { requestHandler } = client.config;
    let refusals = 0;
    /** While the SDK waits before its next try, time goes on. */
    const waiting: typeof requestHandler = {
      ...requestHandler,
      async handle(request, options) {
        const handled = await requestHandler.handle(request, options);
        if (handled.response.statusCode === 200) return handled;
        refusals += 1;
        clock.advance(34);
        return handled;
      },
    };
    const sdk = new CognitoIdentityProvider({
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      endpoint: 'http://localhost',
      requestHandler: waiting,
    });
    const { Users, $metadata } = await sdk.listUsers({ UserPoolId: pool.id });
    expect({ Users, attempts: $metadata.attempts, refusals }).toEqual({ Users: [], attempts: 2, refusals: 1 });
  });

  test('the refusal is a 400 like others, by both names that clients look for', async () => {
    const { call, made: pool } = await inOnePool({ UserList: 1 });
    await call('ListUsers', { UserPoolId: pool.id });
    expect(await call('ListUsers', { UserPoolId: pool.id })).toMatchObject({
      status: 400,
      headers: { 'x-amzn-errortype': 'TooManyRequestsException:' },
      json: { __type: 'TooManyRequestsException', message: 'Rate exceeded' },
    });
  });

  test('a second later as many are let through again, and categories do not touch each other', async () => {
    const { client, clock, made: pool } = await inOnePool({ UserList: 3, UserPoolRead: 2 });
    for (let second = 0; second < 3; second++) {
      expect(await letThrough(5, listIn(client, pool.id))).toBe(3);
      expect(await letThrough(5, () => client.send(new ListUserPoolsCommand({ MaxResults: 1 })))).toBe(2);
      clock.advance(1_000);
    }
  });

  test('a pool that does not exist counts, and is not looked for any more once there were too many', async () => {
    const { client } = await startLimited({ UserList: 1 });
    const list = listIn(client, 'us-east-1_Nowhere');
    expect(await refused(list())).toBe('ResourceNotFoundException: User pool us-east-1_Nowhere does not exist.');
    expect(await refused(list())).toBe(rateExceeded);
  });

  test('what breaks a bound of the API is told so, and counts for nothing', async () => {
    const { call, made: pool } = await inOnePool({ UserList: 1 });
    for (let times = 0; times < 3; times++) {
      const { json } = await call('ListUsers', { UserPoolId: pool.id, Limit: 61 });
      expect(json).toMatchObject({ __type: 'InvalidParameterException' });
    }
    expect(await call('ListUsers', { UserPoolId: pool.id })).toMatchObject({ status: 200 });
  });

  test('each region of the signature has its own', async () => {
    const { client, clientFor, made: pool } = await inOnePool({ UserList: 2 });
    expect(await letThrough(4, listIn(client, pool.id))).toBe(2);
    expect(await letThrough(4, listIn(clientFor('eu-west-1'), 'eu-west-1_Nowhere'))).toBe(2);
  });

  test('each operation on a client or a resource of a pool is let through five times a second for one pool', async () => {
    const { client, aPool, aClient, clock, made: pool } = await inOnePool({});
    const [other, { id: ClientId }] = [await aPool(), await aClient(pool)];
    clock.advance(1_000);
    const describe = () => client.send(new DescribeUserPoolClientCommand({ UserPoolId: pool.id, ClientId }));
    const list = (UserPoolId: string) => () => client.send(new ListUserPoolClientsCommand({ UserPoolId }));
    expect(await letThrough(9, describe)).toBe(5);
    expect(await letThrough(9, list(pool.id))).toBe(5);
    // Fifteen for the category, whatever is left of it.
    expect(await letThrough(9, list(other.id))).toBe(5);
    expect(await letThrough(9, list(other.id))).toBe(0);
  });

  test('a user is read ten times a second and written ten times, under whatever letter case', async () => {
    const { client, made } = await aPersonAndApp();
    const user = { UserPoolId: made.pool.id, Username: 'ada' };
    const names = ['ada', 'ADA', 'Ada'];
    const read = (index: number) =>
      client.send(new AdminGetUserCommand({ ...user, Username: names[index % 3] as string }));
    const write = () =>
      client.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes: [{ Name: 'name', Value: 'Ada' }] }));
    expect(await letThrough(15, read)).toBe(10);
    expect(await letThroughInTurn(15, write)).toBe(10);
    expect(await refused(client.send(new AdminGetUserCommand({ ...user, Username: 'grace' })))).toMatch(
      /^UserNotFound/,
    );
  });

  test('a user who signs in counts as read, by the name that the request has and by the token that it carries', async () => {
    const { client, clock, made } = await aPersonAndApp();
    const { byPassword, tokens } = signingIn({ client, clock }, { id: made.app.id, poolId: made.pool.id });
    const { access: AccessToken } = await tokens('ada');
    const own = () => client.send(new GetUserCommand({ AccessToken }));
    expect(await letThrough(12, own)).toBe(9);
    expect(await refused(byPassword('ada'))).toBe(rateExceeded);
    const change = () =>
      client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: 'name', Value: 'Ada' }] }));
    expect(await letThroughInTurn(12, change)).toBe(10);
  });

  test('answers to challenges have three times the rate of sign-ins, and then use up that one', async () => {
    const { client, made } = await aPersonAndApp({ UserAuthentication: 4 });
    const ClientId = made.app.id;
    const answer = (index: number) =>
      client.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: 'SMS_MFA',
          Session: 'x'.repeat(20),
          ChallengeResponses: { USERNAME: `name-${index}`, SMS_MFA_CODE: '123456' },
        }),
      );
    const begin = (index: number) =>
      client.send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: `name-${index}`, PASSWORD: 'wrong' },
        }),
      );
    expect(await letThrough(13, answer)).toBe(13);
    expect(await letThrough(9, begin)).toBe(3);
    expect(await letThrough(3, answer)).toBe(0);
  });

  test('a choice of a new password is an answer that counts among changes of passwords', async () => {
    const { client, made } = await aPersonAndApp({ UserAccountRecovery: 2, UserAuthentication: 100 });
    const answer = (index: number) =>
      client.send(
        new RespondToAuthChallengeCommand({
          ClientId: made.app.id,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          Session: 'x'.repeat(20),
          ChallengeResponses: { USERNAME: `name-${index}`, NEW_PASSWORD: 'Correct-Horse-8' },
        }),
      );
    expect(await letThrough(5, answer)).toBe(2);
  });
});

describe('Who has not signed', () => {
  test('is counted in the region of the pool, whatever region the request names', async () => {
    const { call, made } = await aPersonAndApp({ UserAuthentication: 3 });
    const statuses: string[] = [];
    for (const region of ['us-east-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'xx-any-1']) {
      const input = {
        ClientId: made.app.id,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: `someone in ${region}`, PASSWORD: 'wrong' },
      };
      statuses.push((await call('InitiateAuth', input, signature(region))).headers['x-amzn-errortype'] ?? 'ok');
    }
    expect(statuses).toEqual([
      ...Array(3).fill('UserNotFoundException:'),
      ...Array(2).fill('TooManyRequestsException:'),
    ]);
  });

  test('uses up nothing in other regions than the one of the pool', async () => {
    const { clientFor, client, clock } = await startLimited({ UserAuthentication: 1 });
    const begin = (ClientId: string) =>
      client.send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'ada', PASSWORD: 'x' },
        }),
      );
    const abroad = builders(clientFor('eu-west-1'));
    const app = await abroad.aClient(await abroad.aPool());
    expect(await letThrough(3, () => begin(app.id))).toBe(1);
    expect(await letThrough(3, () => begin('nobodysclient'))).toBe(1);
    clock.advance(1_000);
    expect(await letThrough(3, () => begin(app.id))).toBe(1);
  });

  test('is counted with a token that is worth nothing, too', async () => {
    const { client } = await startLimited({ UserRead: 2 });
    const ask = () => client.send(new GetUserCommand({ AccessToken: 'a.b.c' }));
    expect(await letThrough(5, ask)).toBe(2);
  });

  test('does not use up the rate of a user with tokens that only claim to be theirs', async () => {
    const { client, clock, made } = await aPersonAndApp();
    const { tokens } = signingIn({ client, clock }, { id: made.app.id, poolId: made.pool.id });
    const { access } = await tokens('ada');
    clock.advance(1_000);
    const [header, payload] = access.split('.');
    const forged = () => client.send(new GetUserCommand({ AccessToken: `${header}.${payload}.${'A'.repeat(342)}` }));
    expect(await letThrough(30, forged)).toBe(30);
    expect(await letThrough(12, () => client.send(new GetUserCommand({ AccessToken: access })))).toBe(10);
  });
});

describe('Where signatures are checked', () => {
  test('what policies refuse counts for nothing', async () => {
    const service = await startStrictService({}, { settings: { rates: { UserList: 1 } } });
    const pool = await service.aPool();
    const { id: UserPoolId } = pool;
    const nobody = service.clientOf(
      await service.aKey({ policy: policy({ Effect: 'Deny', Action: '*', Resource: '*' }) }),
    );
    const somebody = service.clientOf(await service.aKey());
    const list = (client: CognitoIdentityProviderClient) => refused(client.send(new ListUsersCommand({ UserPoolId })));
    for (let times = 0; times < 3; times++) expect(await list(nobody)).toMatch(/^AccessDeniedException/);
    expect([await list(somebody), await list(somebody)]).toEqual(['nothing is refused', rateExceeded]);
  });
});

describe('Rates that are counted in the table', () => {
  test('hold for all processes together', async () => {
    const settings: Partial<Settings> = { account: randomInt(1e11, 1e12).toString(), rates: { UserList: 6 } };
    const [one, other] = [await startService({ settings }), await startService({ settings })];
    const { id } = await one.aPool();
    const counting = async ({ ports }: Service): Promise<Service> => {
      const rates = rateCounters({ table: testTable(), clock: one.clock, random: systemRandom });
      return startService({ ports: { ...ports, rates } });
    };
    const clients = [(await counting(one)).client, (await counting(other)).client];
    const through = await letThrough(20, (index) =>
      (clients[index % 2] as CognitoIdentityProviderClient).send(new ListUsersCommand({ UserPoolId: id })),
    );
    expect(through).toBe(6);
  });
});
