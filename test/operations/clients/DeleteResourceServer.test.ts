import { DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { outcomes, refused } from '../../support/refused.ts';
import { readAndWrite, serversOf } from '../../support/resource-servers.ts';
import { startService } from '../../support/start-service.ts';

const gone = (identifier: string) => `ResourceNotFoundException: Resource server ${identifier} does not exist.`;

async function aServer() {
  const service = await startService();
  const pool = await service.aPool();
  const servers = serversOf(service, pool);
  await servers.create('shop', { Scopes: readAndWrite });
  return { service, pool, ...servers };
}

describe('DeleteResourceServer', () => {
  test('answers with an empty body', async () => {
    const { service, pool } = await aServer();
    const answer = await service.call('DeleteResourceServer', { UserPoolId: pool.id, Identifier: 'shop' });
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
  });

  test('takes that server from the pool, and its identifier is free again', async () => {
    const { pool, create, remove, list } = await aServer();
    await create('other');
    await remove('shop');
    const other = { UserPoolId: pool.id, Identifier: 'other', Name: 'Shop' };
    expect((await list()).ResourceServers).toEqual([other]);
    expect(await create('shop')).toEqual({ ...other, Identifier: 'shop' });
  });

  test('does not know a server that nobody made, or that is gone, or of another pool, or of one that is gone', async () => {
    const { service, pool, remove } = await aServer();
    const other = await service.aPool();
    expect(await refused(remove('nothing'))).toBe(gone('nothing'));
    expect(await refused(serversOf(service, other).remove('shop'))).toBe(gone('shop'));
    await remove('shop');
    expect(await refused(remove('shop'))).toBe(gone('shop'));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(remove('shop'))).toBe(`ResourceNotFoundException: User pool ${pool.id} does not exist.`);
  });
});

describe('DeleteResourceServer beside other calls', () => {
  test('succeeds once', async () => {
    const { remove } = await aServer();
    const told = await outcomes([1, 2, 3, 4].map(() => remove('shop')));
    expect(told.toSorted()).toEqual([...Array(3).fill(gone('shop')), 'done']);
  });

  test('counts exactly: as many places are free as servers went', async () => {
    const service = await startService({ settings: { quotas: { resourceServersPerPool: 4 } } });
    const { create, remove } = serversOf(service, await service.aPool());
    for (const identifier of ['a', 'b', 'c', 'd']) await create(identifier);
    await outcomes(['a', 'a', 'b', 'b', 'b'].map(remove));
    const told = await outcomes(['e', 'f', 'g'].map((identifier) => create(identifier)));
    expect(told.filter((outcome) => outcome === 'done')).toHaveLength(2);
  });

  test('asks to be tried again when others are always faster', async () => {
    const { service, pool } = await aServer();
    const resourceServers = { ...service.ports.resourceServers, remove: async () => 'changed' as const };
    const { remove } = serversOf(await startService({ ports: { resourceServers } }), pool);
    expect(await refused(remove('shop'))).toBe('TooManyRequestsException: Rate exceeded');
  });
});
