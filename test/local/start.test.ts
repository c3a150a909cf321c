/** The whole service, started inside a test: what it answers on its ports, how it is seeded, and how it ends. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { get as getSecurely } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  UpdateProvisionedLimitCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { type Millpond, type MillpondOptions, startMillpond } from '../../bin/start-millpond.ts';
import { type ApiCaller, apiCaller } from '../../lambdas/adapters/local/api-caller.ts';
import type { Seed } from '../../lambdas/adapters/local/seed-document.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { startSmtpServer } from './smtp-server.ts';

async function started(options: MillpondOptions = {}): Promise<Millpond> {
  const service = await startMillpond({ memory: options.data === undefined, quiet: true, ...options });
  onTestFinished(() => service.close());
  return service;
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-start-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const clientOf = ({ endpoint, region }: Millpond) =>
  new CognitoIdentityProviderClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });

const shop: Seed = {
  pools: [
    {
      name: 'shop',
      region: 'eu-west-1',
      settings: {
        UsernameAttributes: ['email'],
        AutoVerifiedAttributes: ['email'],
        Policies: { PasswordPolicy: { MinimumLength: 10 } },
        Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }],
      },
      clients: [
        { name: 'web', settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] } },
        { name: 'server', secret: true },
      ],
      users: [
        {
          username: 'ada@example.com',
          password: 'Analytical-1843',
          attributes: { email: 'ada@example.com', email_verified: true, 'custom:plan': 'gold' },
        },
        { username: 'bob@example.com', temporaryPassword: 'Temporary-1843', attributes: { email: 'bob@example.com' } },
      ],
    },
  ],
};

const only = (pool: object): Seed => ({ pools: [{ ...shop.pools[0], name: 'shop', ...pool }] });

interface Seeded {
  readonly service: Millpond;
  readonly api: ApiCaller;
  readonly id: string;
  readonly clients: Readonly<Record<string, { readonly id: string; readonly secret?: string }>>;
}

async function seeded(options: MillpondOptions): Promise<Seeded> {
  const service = await started({ seed: [shop], ...options });
  const { id = '', clients = {} } = service.seeded.pools['shop'] ?? {};
  return { service, api: apiCaller(service.endpoint, 'eu-west-1'), id, clients };
}

/** Everything that an update would leave a trace in. */
async function stateOf({ api, id, clients }: Seeded): Promise<unknown> {
  const describeClient = ({ id: ClientId }: { readonly id: string }) =>
    api('DescribeUserPoolClient', { UserPoolId: id, ClientId });
  return {
    pool: await api('DescribeUserPool', { UserPoolId: id }),
    clients: await Promise.all(Object.values(clients).map(describeClient)),
    ada: await api('AdminGetUser', { UserPoolId: id, Username: 'ada@example.com' }),
    bob: await api('AdminGetUser', { UserPoolId: id, Username: 'bob@example.com' }),
  };
}

describe('a started service', () => {
  test('answers an unmodified SDK, and puts the message in its outbox', async () => {
    const service = await started();
    const client = clientOf(service);
    const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'people' }));
    expect(UserPool?.Id).toMatch(/^us-east-1_/);
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId: UserPool?.Id,
        Username: 'ada',
        TemporaryPassword: 'Temporary-1843',
        UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );
    const message = await service.outbox.wait({ to: 'ada@example.com' });
    expect(message).toMatchObject({ kind: 'AdminCreateUser', code: 'Temporary-1843', poolId: UserPool?.Id });
    const answer = await fetch(`${service.endpoint}/_local/outbox/messages?to=ada@example.com`);
    expect(await answer.json()).toEqual({ messages: [message] });
    expect(await (await fetch(service.outboxPage ?? '')).text()).toContain('<code>Temporary-1843</code>');
  });

  test('signs tokens whose keys stand under their issuer', async () => {
    const { service, clients } = await seeded({});
    const { AuthenticationResult } = await clientOf(service).send(
      new InitiateAuthCommand({
        ClientId: clients['web']?.id,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada@example.com', PASSWORD: 'Analytical-1843' },
      }),
    );
    const [header, claims] = (AuthenticationResult?.IdToken ?? '')
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(claims).toMatchObject({ email: 'ada@example.com', 'custom:plan': 'gold' });
    expect(claims.iss.startsWith(`${service.issuer}/eu-west-1_`)).toBe(true);
    const { keys } = (await (await fetch(`${claims.iss}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] };
    expect(keys.map(({ kid }) => kid)).toContain(header.kid);
  });

  test('makes pools in the region that the request is signed for', async () => {
    const service = await started();
    const { UserPool } = await apiCaller(service.endpoint, 'ap-southeast-2')('CreateUserPool', { PoolName: 'people' });
    expect(UserPool).toMatchObject({ Id: expect.stringMatching(/^ap-southeast-2_/) });
  });

  test('answers /health, and 404 where nothing is', async () => {
    const { endpoint } = await started();
    expect((await fetch(`${endpoint}/health`)).status).toBe(200);
    expect((await fetch(`${endpoint}/elsewhere`)).status).toBe(404);
  });

  test('answers under https whoever trusts the file of its CA', async () => {
    const service = await started({ https: true });
    const ca = await readFile(service.caFile ?? '');
    const [answer] = await once(getSecurely(`${service.httpsEndpoint}/health`, { ca, agent: false }), 'response');
    expect(answer.statusCode).toBe(200);
    answer.resume();
    const [error] = await once(getSecurely(`${service.httpsEndpoint}/health`, { agent: false }), 'error');
    expect(error.code).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    await service.close();
    await expect(readFile(service.caFile ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('has a clock that stands until it is moved', async () => {
    const service = await startMillpond({ memory: true, quiet: true, clock: 'still', seed: [shop] });
    onTestFinished(() => service.close());
    const signIn = (AuthFlow: string, AuthParameters: object) =>
      apiCaller(service.endpoint, 'eu-west-1')('InitiateAuth', {
        ClientId: service.seeded.pools['shop']?.clients['web']?.id,
        AuthFlow,
        AuthParameters,
      });
    const parameters = { USERNAME: 'ada@example.com', PASSWORD: 'Analytical-1843' };
    const { AuthenticationResult } = await signIn('USER_PASSWORD_AUTH', parameters);
    const { AccessToken } = AuthenticationResult as { readonly AccessToken: string };
    const getUser = () => apiCaller(service.endpoint, 'eu-west-1')('GetUser', { AccessToken });
    expect(await getUser()).toMatchObject({ Username: expect.any(String) });
    service.clock.advance(3_600_000);
    await expect(getUser()).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });

  test('keeps its table in the database that was named', async () => {
    const [data, dynamodb] = [await aFolder(), inject('engine')];
    const PoolName = `people-${randomUUID()}`;
    const first = await started({ data, dynamodb });
    const { UserPool } = await apiCaller(first.endpoint, 'us-east-1')('CreateUserPool', { PoolName });
    expect((await fetch(`${first.endpoint}/health`)).status).toBe(200);
    await first.close();
    expect(await readdir(data)).not.toContain('table.db');
    const second = await started({ data, dynamodb });
    const { Id: UserPoolId } = UserPool as { readonly Id: string };
    const found = await apiCaller(second.endpoint, 'us-east-1')('DescribeUserPool', { UserPoolId });
    expect(found['UserPool']).toMatchObject({ Name: PoolName });
  });

  test('sends mail and keeps no code when an SMTP server was named', async () => {
    const server = await startSmtpServer();
    onTestFinished(() => server[Symbol.asyncDispose]());
    const service = await started({ smtp: server.url });
    const api = apiCaller(service.endpoint, 'us-east-1');
    const { UserPool } = await api('CreateUserPool', { PoolName: 'people' });
    await api('AdminCreateUser', {
      UserPoolId: (UserPool as { readonly Id: string }).Id,
      Username: 'ada',
      TemporaryPassword: 'Temporary-1843',
      UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
      DesiredDeliveryMediums: ['EMAIL'],
    });
    expect(server.received).toMatchObject([
      { to: ['ada@example.com'], data: expect.stringContaining('Temporary-1843') },
    ]);
    expect(service.outbox.find()).toEqual([]);
    expect(service.outboxPage).toBeUndefined();
    for (const path of ['', '/messages', '/wait']) {
      expect((await fetch(`${service.endpoint}/_local/outbox${path}`)).status).toBe(404);
    }
  });
});

describe('limits', () => {
  const createPool = new CreateUserPoolCommand({ PoolName: 'people' });
  const exceeded = { name: 'TooManyRequestsException', message: 'Rate exceeded' };

  test('of rates are off, so a program may ask as often as it can (pools-and-users 57)', async () => {
    const client = clientOf(await started({ clock: 'still' }));
    const { UserPool } = await client.send(createPool);
    const list = () => client.send(new ListUsersCommand({ UserPoolId: UserPool?.Id }));
    expect(await Promise.all(Array.from({ length: 40 }, list))).toHaveLength(40);
  });

  test('of rates hold when they are told, for all that comes after the seeds', async () => {
    const clock = stillClock(Date.now());
    const rates = { UserPoolUpdate: 1, UserPoolClientUpdate: 1 };
    const { service } = await seeded({ clock, limits: { rates } });
    const client = clientOf(service);
    expect((await client.send(createPool)).UserPool?.Name).toBe('people');
    await expect(client.send(createPool)).rejects.toMatchObject(exceeded);
    clock.advance(1_000);
    expect((await client.send(createPool)).UserPool?.Name).toBe('people');
  });

  test('of what there may be hold as a document says, or a file', async () => {
    const file = join(await aFolder(), 'limits.yaml');
    await writeFile(file, 'quotas:\n  poolsPerAccount: 1\nrates: false\n');
    for (const limits of [file, { quotas: { poolsPerAccount: 1 } }]) {
      const client = clientOf(await started({ limits }));
      await client.send(createPool);
      await expect(client.send(createPool)).rejects.toMatchObject({ name: 'LimitExceededException' });
    }
  });

  test('that cannot be are refused with their place', async () => {
    const folder = await aFolder();
    const refusal = (limits: MillpondOptions['limits']) =>
      startMillpond({ memory: true, quiet: true, limits }).then(
        () => 'started',
        (error: Error) => error.message,
      );
    expect(await refusal({ quotas: { groupsPerPool: 0 } })).toBe(
      'limits: quotas.groupsPerPool must be a whole number from 1 to 1000000000.',
    );
    const file = join(folder, 'limits.json');
    expect(await refusal(file)).toBe(`The limits file ${file} cannot be read (ENOENT).`);
    await writeFile(file, '{ "rate": true }');
    expect(await refusal(file)).toBe(`${file}: limits cannot have rate, only rates, maximumRates, quotas.`);
    await writeFile(file, '');
    expect(await refusal(file)).toBe(
      `${file}: limits must be an object with members among rates, maximumRates, quotas.`,
    );
  });

  test('of an account in memory are raised through the API, and hold at once', async () => {
    const clock = stillClock(Date.now());
    const client = clientOf(await started({ clock, limits: { rates: { UserRead: 2, LimitManagement: 9 } } }));
    const { UserPool } = await client.send(createPool);
    const read = (index: number) =>
      client.send(new AdminGetUserCommand({ UserPoolId: UserPool?.Id, Username: `nobody-${index}` })).then(
        () => 'found',
        ({ name }: Error) => name,
      );
    const many = async () => {
      const names = await Promise.all(Array.from({ length: 5 }, (_, index) => read(index)));
      return names.filter((name) => name !== exceeded.name).length;
    };
    expect(await many()).toBe(2);
    const LimitDefinition = { LimitClass: 'API_CATEGORY', Attributes: { Category: 'UserRead' } } as const;
    await client.send(new UpdateProvisionedLimitCommand({ LimitDefinition, RequestedLimitValue: 4 }));
    clock.advance(1_000);
    expect(await many()).toBe(4);
  });
});

describe('a seed', () => {
  test('makes pools, clients and users, and tells their ids', async () => {
    const { api, id, clients } = await seeded({});
    expect(id).toMatch(/^eu-west-1_/);
    expect(Object.keys(clients)).toEqual(['web', 'server']);
    expect(clients['server']?.secret).toMatch(/^\w{40,}$/);
    expect(clients['web']).not.toHaveProperty('secret');
    expect(await api('AdminGetUser', { UserPoolId: id, Username: 'ada@example.com' })).toMatchObject({
      UserStatus: 'CONFIRMED',
    });
    expect(await api('AdminGetUser', { UserPoolId: id, Username: 'bob@example.com' })).toMatchObject({
      UserStatus: 'FORCE_CHANGE_PASSWORD',
    });
  });

  test('sends no message', async () => {
    const { service } = await seeded({});
    expect(service.outbox.find()).toEqual([]);
  });

  test('applied a second time changes nothing', async () => {
    const data = await aFolder();
    const clock = stillClock(Date.UTC(2026, 0, 1));
    const first = await seeded({ data, clock });
    const before = await stateOf(first);
    await first.service.close();
    clock.advance(3_600_000);
    const second = await seeded({ data, clock });
    expect(second.service.seeded).toEqual(first.service.seeded);
    expect(await stateOf(second)).toEqual(before);
  });

  test('that was changed brings settings and attributes up to date, and nothing else', async () => {
    const data = await aFolder();
    const first = await seeded({ data });
    await first.service.close();
    const changed = only({
      settings: { ...shop.pools[0]?.settings, Policies: { PasswordPolicy: { MinimumLength: 12 } } },
      clients: [{ name: 'web', settings: { AccessTokenValidity: 2 } }],
      users: [{ username: 'ada@example.com', password: 'Another-1843', attributes: { 'custom:plan': 'silver' } }],
    });
    const second = await seeded({ data, seed: [changed] });
    const [Username, UserPoolId] = ['ada@example.com', second.id];
    const { UserPool } = await second.api('DescribeUserPool', { UserPoolId });
    expect(UserPool).toMatchObject({
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      AutoVerifiedAttributes: ['email'],
    });
    const ClientId = first.clients['web']?.id;
    const { UserPoolClient } = await second.api('DescribeUserPoolClient', { UserPoolId, ClientId });
    expect(UserPoolClient).toMatchObject({
      AccessTokenValidity: 2,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const { UserAttributes } = await second.api('AdminGetUser', { UserPoolId, Username });
    expect(UserAttributes).toEqual(
      expect.arrayContaining([
        { Name: 'custom:plan', Value: 'silver' },
        { Name: 'email_verified', Value: 'true' },
      ]),
    );
    // Somebody may have chosen the password that is there.
    const AuthParameters = { USERNAME: Username, PASSWORD: 'Analytical-1843' };
    const signedIn = second.api('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    await expect(signedIn).resolves.toHaveProperty('AuthenticationResult');
  });

  test.each([
    [
      'what only creation decides',
      only({ settings: { UsernameAttributes: ['phone_number'] } }),
      'seed: pool shop: UsernameAttributes cannot be changed once the pool exists.',
    ],
    [
      'the secret of a client',
      only({ clients: [{ name: 'web', secret: true }] }),
      'seed: pool shop: client web: secret cannot be changed once the client exists.',
    ],
    [
      'what the API refuses',
      only({ settings: { MfaConfiguration: 'SOMETIMES' } }),
      expect.stringMatching(/^seed: pool shop: InvalidParameterException: .*MfaConfiguration.*\.$/i),
    ],
  ])('that differs in %s is refused with its place', async (_, changed, sentence) => {
    const data = await aFolder();
    const { service } = await seeded({ data });
    await service.close();
    await expect(startMillpond({ data, quiet: true, seed: [changed] })).rejects.toMatchObject({
      message: sentence,
      exitCode: 2,
    });
  });
});

describe('the end of a service', () => {
  test('comes after the answers to what is in flight', async () => {
    const service = await started();
    const begun = request(`${service.endpoint}/`, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools',
        'content-length': '17',
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
      },
    });
    begun.write('{"MaxResults"');
    await once(begun, 'socket');
    // The service has the beginning when it answers what was sent after it.
    await fetch(`${service.endpoint}/health`);
    const closed = service.close();
    begun.end(': 1}');
    const [answer] = await once(begun, 'response');
    expect([answer.statusCode, await text(answer)]).toEqual([200, '{"UserPools":[]}']);
    await closed;
    await expect(fetch(`${service.endpoint}/health`)).rejects.toThrow();
  });

  test('ends the waits of the outbox', async () => {
    const service = await started();
    const waiting = service.outbox.wait({ to: 'nobody' }, { timeoutMs: 2 ** 31 - 1 });
    await service.close();
    expect(await waiting).toBeUndefined();
  });

  test('comes once, however often it is asked for', async () => {
    const service = await started();
    await Promise.all([service.close(), service.close()]);
    await service.close();
  });

  test('leaves everything that was answered for the next start', async () => {
    const data = await aFolder();
    const first = await seeded({ data });
    const AuthParameters = { USERNAME: 'ada@example.com', PASSWORD: 'Analytical-1843' };
    const signIn = { ClientId: first.clients['web']?.id, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters };
    const { AuthenticationResult } = await first.api('InitiateAuth', signIn);
    await first.service.close();
    const second = await started({ data });
    const { RefreshToken } = AuthenticationResult as { readonly RefreshToken: string };
    const refresh = { ...signIn, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken } };
    await expect(apiCaller(second.endpoint, 'eu-west-1')('InitiateAuth', refresh)).resolves.toHaveProperty(
      'AuthenticationResult',
    );
  });
});

describe('a start that fails', () => {
  test('says that the port is in use, and leaves nothing behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { readonly port: number };
    const data = await aFolder();
    await expect(startMillpond({ data, port, quiet: true })).rejects.toMatchObject({
      message: `Port ${port} is in use; choose another with --port, or 0 for a free one.`,
      exitCode: 1,
    });
    await started({ data });
  });

  test('says that the data folder is in use', async () => {
    const data = await aFolder();
    await started({ data });
    await expect(startMillpond({ data, quiet: true })).rejects.toMatchObject({
      message: expect.stringMatching(/^The data folder .* is in use: .*\.$/),
      exitCode: 1,
    });
  });

  test('says that the master key was replaced', async () => {
    const data = await aFolder();
    const first = await seeded({ data });
    await first.service.close();
    await writeFile(join(data, 'master.key'), Buffer.alloc(32, 1));
    await expect(startMillpond({ data, quiet: true })).rejects.toMatchObject({
      message: expect.stringMatching(/^The master key .* is not the one that what is stored was sealed under: .*\.$/),
      exitCode: 1,
    });
  });

  test('says that the named database does not answer', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { readonly port: number };
    other.close();
    await once(other, 'close');
    const data = await aFolder();
    await expect(startMillpond({ data, dynamodb: `http://127.0.0.1:${port}`, quiet: true })).rejects.toMatchObject({
      message: 'The DynamoDB endpoint of --dynamodb does not answer (ECONNREFUSED).',
      exitCode: 1,
    });
    await started({ data });
  });

  test('can be called off', async () => {
    const told = new AbortController();
    const starting = startMillpond({ memory: true, quiet: true, seed: [shop], signal: told.signal });
    told.abort();
    await expect(starting).rejects.toBe(told.signal.reason);
  });
});

test('an SDK client of another region finds its pool at the same endpoint', async () => {
  const service = await started();
  const elsewhere = new CognitoIdentityProviderClient({
    endpoint: service.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const { UserPool } = await elsewhere.send(new CreateUserPoolCommand({ PoolName: 'people' }));
  const { UserPoolClient } = await elsewhere.send(
    new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'web' }),
  );
  expect(UserPoolClient?.UserPoolId).toMatch(/^eu-central-1_/);
});
