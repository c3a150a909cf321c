import { DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { refused } from '../../support/refused.ts';
import { readAndWrite, serversOf } from '../../support/resource-servers.ts';
import { startService } from '../../support/start-service.ts';

const gone = (identifier: string) => `ResourceNotFoundException: Resource server ${identifier} does not exist.`;

describe('DescribeResourceServer', () => {
  test('shows all of a server and nothing else', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const { create } = serversOf(service, pool);
    for (const identifier of ['shop', 'shop/']) await create(identifier, { Scopes: readAndWrite });
    const { json } = await service.call('DescribeResourceServer', { UserPoolId: pool.id, Identifier: 'shop' });
    expect(json).toEqual({
      ResourceServer: { UserPoolId: pool.id, Identifier: 'shop', Name: 'Shop', Scopes: readAndWrite },
    });
  });

  test('does not know a server that nobody made, or of another pool, or that is gone (pools-and-users 54)', async () => {
    const service = await startService();
    const [pool, other] = [await service.aPool(), await service.aPool()];
    const { create, look, remove } = serversOf(service, pool);
    await create('shop');
    expect(await refused(look('shop/read'))).toBe(gone('shop/read'));
    expect(await refused(look('__proto__'))).toBe(gone('__proto__'));
    expect(await refused(serversOf(service, other).look('shop'))).toBe(gone('shop'));
    await remove('shop');
    expect(await refused(look('shop'))).toBe(gone('shop'));
  });

  test('does not know a pool that nobody made, is elsewhere, or is gone', async () => {
    const service = await startService();
    const pool = await service.aPool();
    await serversOf(service, pool).create('shop');
    const noPool = (id: string) => `ResourceNotFoundException: User pool ${id} does not exist.`;
    const nowhere = 'us-east-1_000000000';
    expect(await refused(serversOf(service, { id: nowhere }).look('shop'))).toBe(noPool(nowhere));
    const elsewhere = { client: service.clientFor('eu-west-1') };
    expect(await refused(serversOf(elsewhere, pool).look('shop'))).toBe(noPool(pool.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(serversOf(service, pool).look('shop'))).toBe(noPool(pool.id));
  });

  test('shows what another process has just written', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    await serversOf(here, pool).create('shop');
    expect(await serversOf(there, pool).look('shop')).toMatchObject({ Name: 'Shop' });
    await serversOf(here, pool).update('shop', { Name: 'Renamed' });
    expect(await serversOf(there, pool).look('shop')).toMatchObject({ Name: 'Renamed' });
  });
});
