import {
  AddUserPoolClientSecretCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { hashBy, secretsOf } from '../../support/client-secrets.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { signingIn, tokensOf } from '../../support/signing-in.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';

async function aServer(options: ServiceOptions = {}) {
  const service = await startService(options);
  const pool = await service.aPool();
  const app = await service.aClient(pool, { GenerateSecret: true });
  return { service, pool, app, ...secretsOf(service, app) };
}

const accepted = 'nothing is refused';
const invalid = (message: string) => `InvalidParameterException: ${message}`;
const full = (most: number) =>
  `LimitExceededException: The limit of ${most} secrets of an app client would be exceeded.`;
const goneClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;
const ownSecret = 'abcdefghijklmnop_+0123456789';

describe('AddUserPoolClientSecret', () => {
  test('makes a second secret and shows it this once (pools-and-users 28)', async () => {
    const { service, app, add, list, shown } = await aServer();
    const first = { ClientSecretId: `${app.id}--${service.clock.now()}`, ClientSecretCreateDate: app.CreationDate };
    service.clock.advance(5_000);
    const second = {
      ClientSecretId: `${app.id}--${service.clock.now()}`,
      ClientSecretCreateDate: new Date(service.clock.now()),
    };
    const added = await add();
    expect(added).toEqual({ ...second, ClientSecretValue: expect.stringMatching(/^[0-9a-v]{51,52}$/) });
    expect(added.ClientSecretValue).not.toBe(app.ClientSecret);
    expect(await list()).toEqual([first, second]);
    // Applications that ask for the secret still have the one that all of them have.
    expect(await shown()).toBe(app.ClientSecret);
  });

  test('takes a secret that the caller made and does not repeat it (pools-and-users 28)', async () => {
    const { service, app, list, shown, signUp } = await aServer();
    const named = { UserPoolId: app.poolId, ClientId: app.id };
    const answer = await service.call('AddUserPoolClientSecret', { ...named, ClientSecret: ownSecret });
    expect(answer.json).toEqual({
      ClientSecretDescriptor: {
        ClientSecretId: expect.stringMatching(new RegExp(`^${app.id}--[0-9]+$`)),
        ClientSecretCreateDate: service.clock.now() / 1000,
      },
    });
    expect(await list()).toHaveLength(2);
    expect(await shown()).toBe(app.ClientSecret);
    expect(await refused(signUp('ada', ownSecret))).toBe(accepted);
  });

  test('never makes a secret visible in a list of clients', async () => {
    const { service, pool, add } = await aServer();
    const { ClientSecretValue = '' } = await add();
    const { UserPoolClients } = await service.client.send(new ListUserPoolClientsCommand({ UserPoolId: pool.id }));
    expect(JSON.stringify(UserPoolClients)).not.toContain(ClientSecretValue);
  });

  test('refuses a third secret (pools-and-users 28, 58)', async () => {
    const { add, list } = await aServer();
    await add();
    expect(await refused(add())).toBe(full(2));
    expect(await refused(add(ownSecret))).toBe(full(2));
    expect(await list()).toHaveLength(2);
  });

  test.each([1, 3])('has room for %s where the deployment says so (pools-and-users 58)', async (most) => {
    const { add, list } = await aServer({ settings: { quotas: { secretsPerClient: most } } });
    for (let count = 1; count < most; count++) await add();
    expect(await refused(add())).toBe(full(most));
    expect(await list()).toHaveLength(most);
  });

  test('moves the date of the last change, and nothing else that is shown of the client', async () => {
    const { service, app, add } = await aServer();
    service.clock.advance(5_000);
    await add();
    const look = new DescribeUserPoolClientCommand({ UserPoolId: app.poolId, ClientId: app.id });
    const { id: _id, poolId: _pool, ...made } = app;
    expect((await service.client.send(look)).UserPoolClient).toEqual({
      ...made,
      ClientType: 'REGULAR',
      LastModifiedDate: new Date(service.clock.now()),
    });
  });

  test('tells apart secrets that were made within one millisecond', async () => {
    const { add, ids } = await aServer({ settings: { quotas: { secretsPerClient: 5 } } });
    for (let count = 1; count < 5; count++) await add();
    expect(new Set(await ids()).size).toBe(5);
  });
});

describe('A second secret', () => {
  test('is accepted beside the first, wherever a client proves itself (pools-and-users 13)', async () => {
    const { service, app, pool, add, signUp } = await aServer();
    await service.aUser(pool, { username: 'ada' });
    const { ClientSecretValue } = await add();
    const flows = signingIn(service, app);
    for (const [index, secret] of [app.ClientSecret, ClientSecretValue].entries()) {
      const SECRET_HASH = hashBy(secret, `ada${app.id}`);
      expect(await refused(signUp(`user-${index}`, secret))).toBe(accepted);
      const { refresh } = tokensOf(await flows.byPassword('ada', undefined, { SECRET_HASH }));
      expect(await refused(flows.refresh(refresh, { SECRET_HASH }))).toBe(accepted);
    }
    expect(await refused(signUp('eve', ownSecret))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${app.id}`,
    );
  });

  test('is accepted by another process at once', async () => {
    const [here, there] = await startProcesses();
    const app = await here.aClient(await here.aPool(), { GenerateSecret: true });
    expect(await refused(secretsOf(there, app).signUp('ada', app.ClientSecret))).toBe(accepted);
    const { ClientSecretValue } = await secretsOf(here, app).add();
    expect(await refused(secretsOf(there, app).signUp('bob', ClientSecretValue))).toBe(accepted);
  });
});

describe('AddUserPoolClientSecret refuses', () => {
  test('a public client', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool());
    const { add, shown } = secretsOf(service, app);
    const told = invalid(`Client ${app.id} is a public client and has no client secrets.`);
    expect(await refused(add())).toBe(told);
    expect(await refused(add(ownSecret))).toBe(told);
    expect(await shown()).toBeUndefined();
  });

  test('a client that nobody made, or that is gone, or of another pool, or of a pool that is gone', async () => {
    const { service, app } = await aServer();
    const { id: other } = await service.aPool();
    const attempt = (poolId: string, id: string) => refused(secretsOf(service, { poolId, id }).add());
    expect(await attempt(app.poolId, 'nobody')).toBe(goneClient('nobody'));
    expect(await attempt(other, app.id)).toBe(goneClient(app.id));
    await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: app.poolId, ClientId: app.id }));
    expect(await attempt(app.poolId, app.id)).toBe(goneClient(app.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: app.poolId }));
    expect(await attempt(app.poolId, app.id)).toBe(
      `ResourceNotFoundException: User pool ${app.poolId} does not exist.`,
    );
  });

  test.each(['a'.repeat(23), 'a'.repeat(65), `${'a'.repeat(30)}-`, `${'a'.repeat(30)} `])(
    'what cannot be a secret, without repeating it: %j',
    async (secret) => {
      const { add } = await aServer();
      const told = await refused(add(secret));
      expect(told).toMatch(/^InvalidParameterException: 1 validation error detected: Value at 'clientSecret' failed/);
      expect(told).not.toContain('aaaa');
    },
  );
});

describe('AddUserPoolClientSecret beside other calls', () => {
  test('gives the last place to one of them', async () => {
    const { add, list } = await aServer();
    const told = await outcomes(Array.from({ length: 5 }, () => add()));
    expect(told.toSorted()).toEqual([...Array(4).fill(full(2)), 'done']);
    expect(await list()).toHaveLength(2);
  });

  test('of another process gives the last place to one of them', async () => {
    const processes = await startProcesses();
    const [here] = processes;
    const pool = await here.aPool();
    for (let round = 0; round < 5; round++) {
      const app = await here.aClient(pool, { GenerateSecret: true });
      const told = await outcomes(processes.map((service) => secretsOf(service, app).add()));
      expect(told.toSorted()).toEqual([full(2), 'done']);
      expect(await secretsOf(here, app).list()).toHaveLength(2);
    }
  });

  test('asks to be tried again when others are always faster', async () => {
    const { ports } = await startService();
    const clients = { ...ports.clients, save: async () => 'changed' as const };
    const { add } = await aServer({ ports: { clients } });
    expect(await refused(add())).toBe('TooManyRequestsException: Rate exceeded');
  });
});

test('AddUserPoolClientSecret calls a fault by a name of its own', async () => {
  const { ports } = await startService();
  const save = async () => Promise.reject(new Error('The table is not there'));
  const { service, app } = await aServer({ ports: { clients: { ...ports.clients, save } }, lenient: true });
  const named = { UserPoolId: app.poolId, ClientId: app.id };
  expect(await service.call('AddUserPoolClientSecret', named)).toMatchObject({
    status: 500,
    json: { __type: 'InternalServerException', message: 'Internal server error' },
  });
  expect(await refused(service.client.send(new AddUserPoolClientSecretCommand(named)))).toBe(
    'InternalServerException: Internal server error',
  );
});
