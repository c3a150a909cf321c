/** What operations on app clients and resource servers cost: as much in a pool of a thousand clients as in one of ten. */
import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  DeleteUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { pricedPool } from '../support/priced-pool.ts';

/** Of everything that is done to one client. */
async function pricesIn(size: number) {
  const { pool, aClient, priceOf } = await pricedPool(size);
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
    const { pool, client, priceOf } = await pricedPool(0);
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
