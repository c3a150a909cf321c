import { DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { outcomes, refused } from '../../support/refused.ts';
import { readAndWrite, scopesNamed, serversOf } from '../../support/resource-servers.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';

async function aServer(options: ServiceOptions = {}) {
  const service = await startService(options);
  const pool = await service.aPool();
  const servers = serversOf(service, pool);
  await servers.create('shop', { Scopes: readAndWrite });
  return { service, pool, ...servers };
}

const gone = (identifier: string) => `ResourceNotFoundException: Resource server ${identifier} does not exist.`;

describe('UpdateResourceServer', () => {
  test('replaces name and scopes and answers with the whole server', async () => {
    const { pool, update, look } = await aServer();
    const after = { UserPoolId: pool.id, Identifier: 'shop', Name: 'Renamed', Scopes: scopesNamed('write', 'pay') };
    expect(await update('shop', after)).toEqual(after);
    expect(await look('shop')).toEqual(after);
  });

  test('takes away scopes that the request leaves out', async () => {
    const { pool, update, look } = await aServer();
    const bare = { UserPoolId: pool.id, Identifier: 'shop', Name: 'Shop' };
    expect(await update('shop')).toEqual(bare);
    expect(await look('shop')).toEqual(bare);
    await update('shop', { Scopes: readAndWrite });
    await update('shop', { Scopes: [] });
    expect(await look('shop')).toEqual(bare);
  });

  test('changes nothing when it is given what was read', async () => {
    const { update, look } = await aServer();
    const { Name = '', Scopes = [] } = (await look('shop')) ?? {};
    const before = await look('shop');
    expect(await update('shop', { Name, Scopes })).toEqual(before);
    expect(await look('shop')).toEqual(before);
  });

  test('needs a name', async () => {
    const { service, pool } = await aServer();
    const { json } = await service.call('UpdateResourceServer', { UserPoolId: pool.id, Identifier: 'shop' });
    expect(json).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    });
  });

  test('leaves every other server alone', async () => {
    const { create, update, look } = await aServer();
    await create('other', { Scopes: readAndWrite });
    await update('shop', { Name: 'Renamed' });
    expect(await look('other')).toMatchObject({ Name: 'Shop', Scopes: readAndWrite });
  });
});

describe('UpdateResourceServer refuses', () => {
  test('two scopes of one name, and changes nothing', async () => {
    const { update, look } = await aServer();
    const before = await look('shop');
    expect(await refused(update('shop', { Name: 'Renamed', Scopes: scopesNamed('pay', 'pay') }))).toBe(
      'InvalidParameterException: Each scope of a resource server needs its own name: pay is given more than once.',
    );
    expect(await look('shop')).toEqual(before);
  });

  test('more scopes than the deployment has room for, by the one error it declares for it', async () => {
    const { update } = await aServer({ settings: { quotas: { scopesPerResourceServer: 2 } } });
    expect(await refused(update('shop', { Scopes: scopesNamed('read', 'write', 'pay') }))).toBe(
      'InvalidParameterException: The limit of 2 scopes of a resource server would be exceeded.',
    );
  });

  test('a server that nobody made, or of another pool, or of a pool that is gone', async () => {
    const { service, pool, update } = await aServer();
    const other = await service.aPool();
    expect(await refused(update('nothing'))).toBe(gone('nothing'));
    expect(await refused(serversOf(service, other).update('shop'))).toBe(gone('shop'));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(update('shop'))).toBe(`ResourceNotFoundException: User pool ${pool.id} does not exist.`);
  });
});

describe('UpdateResourceServer beside other calls', () => {
  test('leaves the server as one of them wanted it', async () => {
    const { update, look } = await aServer();
    const wanted = ['one', 'two', 'three', 'four'];
    const told = await outcomes(wanted.map((name) => update('shop', { Name: name, Scopes: scopesNamed(name) })));
    for (const outcome of told) expect(['done', 'TooManyRequestsException: Rate exceeded']).toContain(outcome);
    const { Name = '', Scopes } = (await look('shop')) ?? {};
    expect(Scopes).toEqual(scopesNamed(Name));
    expect(told[wanted.indexOf(Name)]).toBe('done');
  });

  test('does not bring back a server that is removed meanwhile', async () => {
    const { create, update, remove, look } = await aServer();
    for (let round = 0; round < 5; round++) {
      await create(`server-${round}`);
      const [removed, updated] = await outcomes([remove(`server-${round}`), update(`server-${round}`)]);
      expect(removed).toBe('done');
      expect(['done', gone(`server-${round}`)]).toContain(updated);
      expect(await refused(look(`server-${round}`))).toBe(gone(`server-${round}`));
    }
  });

  test('asks to be tried again when others are always faster', async () => {
    const { ports, aPool, client } = await startService();
    const pool = await aPool();
    await serversOf({ client }, pool).create('shop');
    const resourceServers = { ...ports.resourceServers, save: async () => 'changed' as const };
    const { update } = serversOf(await startService({ ports: { resourceServers } }), pool);
    expect(await refused(update('shop'))).toBe('TooManyRequestsException: Rate exceeded');
  });
});
