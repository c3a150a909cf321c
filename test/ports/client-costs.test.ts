/** What operations on app clients and resource servers cost: as much in a pool of a thousand clients as in one of ten. */
import {
  type CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  DeleteUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { type Tally, tallying } from '../../lambdas/adapters/dynamodb/usage.ts';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startService } from '../support/start-service.ts';
import { testTable } from '../support/table.ts';
import { testPorts } from '../support/test-ports.ts';
import { inParallel } from './open-stores.ts';

const logger = { write: () => {}, record: () => {} };

/** A pool with so many clients, in a process that is one of several. */
async function poolWith(size: number) {
  const requests = tallying();
  const clock = stillClock(0);
  const ports = testPorts({
    table: testTable({ observe: requests.observe }),
    clock,
    random: seededRandom(`a pool of ${size} clients`),
    messenger: await openOutbox({ clock }),
    logger,
    settings: { issuerBase: 'http://localhost', quotas: { clientsPerPool: 2_000 } },
    versionCheck: 'always',
  });
  const service = await startService({ ports });
  const pool = await service.aPool();
  for (let made = 0; made < size; made += 10) await inParallel(10, () => service.aClient(pool));
  return {
    ...service,
    pool,
    /** From the first request on: what is known of the pool was read before. */
    async priceOf(send: (client: CognitoIdentityProviderClient) => Promise<unknown>): Promise<Price> {
      await service.client.send(new ListUserPoolClientsCommand({ UserPoolId: pool.id, MaxResults: 1 }));
      requests.start();
      await send(service.client);
      const { readUnits, writeUnits, indexUnits, requests: sent } = requests.total();
      return { readUnits, writeUnits, indexUnits, requests: [...sent] };
    },
  };
}

type Price = Pick<Tally, 'readUnits' | 'writeUnits' | 'indexUnits' | 'requests'>;

/** Of everything that is done to one client. */
async function pricesIn(size: number) {
  const { pool, aClient, priceOf } = await poolWith(size);
  const UserPoolId = pool.id;
  const { id: ClientId } = await aClient(pool, { GenerateSecret: true });
  const named = { UserPoolId, ClientId };
  const settings = { CallbackURLs: ['https://shop.example.com/in'], GenerateSecret: true };
  return {
    create: await priceOf((client) =>
      client.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', ...settings })),
    ),
    describe: await priceOf((client) => client.send(new DescribeUserPoolClientCommand(named))),
    list: await priceOf((client) => client.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 10 }))),
    update: await priceOf((client) => client.send(new UpdateUserPoolClientCommand({ ...named, ...settings }))),
    remove: await priceOf((client) => client.send(new DeleteUserPoolClientCommand(named))),
  };
}

describe('The cost of one app client', () => {
  test('is the same among ten and among a thousand', { timeout: 60_000 }, async () => {
    const [few, many] = [await pricesIn(10), await pricesIn(1_000)];
    expect(many).toEqual(few);
    // Each begins with the check of the pool's version.
    expect(few).toEqual({
      create: { readUnits: 0.5, writeUnits: 6, indexUnits: 0, requests: ['GetItem', 'TransactWriteItems'] },
      describe: { readUnits: 1.5, writeUnits: 0, indexUnits: 0, requests: ['GetItem', 'GetItem'] },
      list: { readUnits: 1.5, writeUnits: 0, indexUnits: 0, requests: ['GetItem', 'Query'] },
      update: { readUnits: 1.5, writeUnits: 4, indexUnits: 0, requests: ['GetItem', 'GetItem', 'TransactWriteItems'] },
      // Nobody may add a style or terms to a client that goes: their three places are read, and checked to be empty still.
      remove: {
        readUnits: 4.5,
        writeUnits: 14,
        indexUnits: 0,
        requests: [...Array.from({ length: 5 }, () => 'GetItem'), 'TransactWriteItems'],
      },
    });
  });

  test('has a read for each resource server that it names, however many there are', async () => {
    const { pool, client, priceOf } = await poolWith(0);
    const UserPoolId = pool.id;
    const create = (Identifier: string) =>
      client.send(
        new CreateResourceServerCommand({
          UserPoolId,
          Identifier,
          Name: 'Shop',
          Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: 'x' })),
        }),
      );
    for (let count = 0; count < 20; count++) await create(`server-${count}`);
    const ask = (...AllowedOAuthScopes: string[]) =>
      priceOf(() =>
        client.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', AllowedOAuthScopes })),
      );
    expect(await ask('openid')).toMatchObject({ readUnits: 0.5, writeUnits: 6 });
    expect(await ask('server-1/read', 'server-1/write', 'server-2/read')).toMatchObject({
      readUnits: 2.5,
      writeUnits: 6,
      requests: ['GetItem', 'GetItem', 'GetItem', 'TransactWriteItems'],
    });
    const server = await priceOf(() => create('server-20'));
    expect(server).toMatchObject({ readUnits: 0.5, writeUnits: 4, requests: ['GetItem', 'TransactWriteItems'] });
  });
});
