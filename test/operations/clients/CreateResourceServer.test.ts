import { CreateResourceServerCommand, DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { readAndWrite, scopesNamed, serversOf } from '../../support/resource-servers.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';

async function aPoolForServers(options: ServiceOptions = {}) {
  const service = await startService(options);
  const pool = await service.aPool();
  return { service, pool, ...serversOf(service, pool) };
}

const accepted = 'nothing is refused';
const invalid = (message: string) => `InvalidParameterException: ${message}`;
const taken = (identifier: string, poolId: string) => invalid(`${identifier} already exists in user pool ${poolId}.`);
const full = (most: number) =>
  `LimitExceededException: The limit of ${most} resource servers of a user pool would be exceeded.`;
const tooManyScopes = (most: number) =>
  `LimitExceededException: The limit of ${most} scopes of a resource server would be exceeded.`;

describe('CreateResourceServer', () => {
  test('answers with the server as DescribeResourceServer shows it (pools-and-users 54)', async () => {
    const { pool, create, look } = await aPoolForServers();
    const Identifier = 'https://shop.example.com/api';
    const server = { UserPoolId: pool.id, Identifier, Name: 'Shop, the API', Scopes: readAndWrite };
    expect(await create(Identifier, server)).toEqual(server);
    expect(await look(Identifier)).toEqual(server);
  });

  test.each([[undefined], [[]]])(
    'makes one without scopes, and then says nothing of them: %j (pools-and-users 54)',
    async (Scopes) => {
      const { service, pool } = await aPoolForServers();
      const asked = { UserPoolId: pool.id, Identifier: 'shop', Name: 'Shop', Scopes };
      const { json } = await service.call('CreateResourceServer', asked);
      const server = { UserPoolId: pool.id, Identifier: 'shop', Name: 'Shop' };
      expect(json).toEqual({ ResourceServer: server });
      expect(await serversOf(service, pool).look('shop')).toEqual(server);
    },
  );

  test('ignores who claims to manage it', async () => {
    const { service, pool } = await aPoolForServers();
    const server = { UserPoolId: pool.id, Identifier: 'shop', Name: 'Shop' };
    const { json } = await service.call('CreateResourceServer', { ...server, ManagedBy: 'COGNITO' });
    expect(json).toEqual({ ResourceServer: server });
  });

  test('keeps every character that an identifier may have, and tells upper from lower case', async () => {
    const { create, look } = await aPoolForServers();
    const printable = String.fromCharCode(...Array.from({ length: 0x7e - 0x20 }, (_, at) => 0x21 + at));
    const identifiers = [printable.replace(/["\\]/g, ''), 'x'.repeat(256), 'shop', 'Shop', 'shop/', '#', '__proto__'];
    for (const identifier of identifiers) await create(identifier, { Name: `For ${identifier.length}` });
    for (const identifier of identifiers) {
      expect(await look(identifier)).toMatchObject({ Identifier: identifier, Name: `For ${identifier.length}` });
    }
  });

  test('takes a hundred scopes, each as long as it may be', async () => {
    const { create, look } = await aPoolForServers();
    const Scopes = Array.from({ length: 100 }, (_, at) => ({
      ScopeName: `${at}`.padEnd(256, 's'),
      ScopeDescription: 'ü'.repeat(256),
    }));
    await create('shop', { Scopes });
    expect((await look('shop'))?.Scopes).toEqual(Scopes);
  });

  test('makes servers of one identifier in pools that are not the same', async () => {
    const { service, create } = await aPoolForServers();
    const other = await service.aPool();
    await create('shop');
    expect(await serversOf(service, other).create('shop')).toMatchObject({ UserPoolId: other.id });
  });
});

describe('CreateResourceServer refuses', () => {
  test('an identifier that the pool has (pools-and-users 54)', async () => {
    const { pool, create, look } = await aPoolForServers();
    await create('shop', { Scopes: readAndWrite });
    expect(await refused(create('shop', { Name: 'Another' }))).toBe(taken('shop', pool.id));
    expect(await look('shop')).toMatchObject({ Name: 'Shop', Scopes: readAndWrite });
  });

  test('the 26th server of a pool (pools-and-users 54, 58)', async () => {
    const { create, remove } = await aPoolForServers();
    for (let count = 1; count <= 25; count++) await create(`server-${count}`);
    expect(await refused(create('server-26'))).toBe(full(25));
    await remove('server-7');
    expect(await refused(create('server-26'))).toBe(accepted);
    expect(await refused(create('server-27'))).toBe(full(25));
  });

  test('one server more than the deployment has room for, in each pool by itself (pools-and-users 58)', async () => {
    const { service, pool, create } = await aPoolForServers({ settings: { quotas: { resourceServersPerPool: 2 } } });
    for (const identifier of ['one', 'two']) await create(identifier);
    expect(await refused(create('three'))).toBe(full(2));
    // That there is one already matters more.
    expect(await refused(create('two'))).toBe(taken('two', pool.id));
    expect(await refused(serversOf(service, await service.aPool()).create('three'))).toBe(accepted);
  });

  test('more scopes than the deployment has room for (pools-and-users 58)', async () => {
    const { create } = await aPoolForServers({ settings: { quotas: { scopesPerResourceServer: 2 } } });
    expect(await refused(create('shop', { Scopes: scopesNamed('read', 'write', 'pay') }))).toBe(tooManyScopes(2));
    expect(await refused(create('shop', { Scopes: scopesNamed('read', 'write') }))).toBe(accepted);
  });

  test('two scopes of one name', async () => {
    const { create } = await aPoolForServers();
    expect(await refused(create('shop', { Scopes: scopesNamed('read', 'write', 'read') }))).toBe(
      invalid('Each scope of a resource server needs its own name: read is given more than once.'),
    );
    expect(await refused(create('shop', { Scopes: scopesNamed('read', 'Read') }))).toBe(accepted);
  });

  test('the name of the service itself', async () => {
    const { create } = await aPoolForServers();
    expect(await refused(create('aws.cognito'))).toBe(
      invalid('aws.cognito is reserved and cannot be the identifier of a resource server.'),
    );
  });

  test('a pool that nobody made, or that is gone', async () => {
    const { service, pool, create } = await aPoolForServers();
    const gone = (id: string) => `ResourceNotFoundException: User pool ${id} does not exist.`;
    const nowhere = 'us-east-1_000000000';
    expect(await refused(serversOf(service, { id: nowhere }).create('shop'))).toBe(gone(nowhere));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(create('shop'))).toBe(gone(pool.id));
  });

  const scope = (name: string, description = 'x') => [{ ScopeName: name, ScopeDescription: description }];
  const numbered = Array.from({ length: 101 }, (_, at) => `${at}`);

  test.each<[string, object, RegExp]>([
    ['no identifier', { Identifier: '' }, /'identifier' failed .* greater than or equal to 1/],
    ['a long identifier', { Identifier: 'x'.repeat(257) }, /'identifier' failed .* less than or equal to 256$/],
    ['a blank in it', { Identifier: 'a shop' }, /'identifier' failed .* regular expression pattern: /],
    ['a quote in it', { Identifier: 'shop"' }, /'identifier' failed .* regular expression pattern: /],
    ['a letter beyond ASCII in it', { Identifier: 'shöp' }, /'identifier' failed .* regular expression pattern: /],
    ['no name', { Name: '' }, /'name' failed .* greater than or equal to 1/],
    ['a long name', { Name: 'x'.repeat(257) }, /'name' failed .* less than or equal to 256$/],
    ['a slash in the name', { Name: 'Shop/1' }, /'name' failed .* regular expression pattern: /],
    ['a slash in a scope', { Scopes: scope('a/b') }, /'scopes\.1\.member\.scopeName' failed .* expression pattern: /],
    ['a scope without a name', { Scopes: scope('') }, /'scopes\.1\.member\.scopeName' failed .* or equal to 1/],
    ['a long scope', { Scopes: scope('x'.repeat(257)) }, /'scopes\.1\.member\.scopeName' failed .* equal to 256$/],
    ['no description', { Scopes: scope('a', '') }, /'scopes\.1\.member\.scopeDescription' failed .* equal to 1$/],
    ['a long description', { Scopes: scope('a', 'x'.repeat(257)) }, /scopeDescription' failed .* equal to 256$/],
    ['101 scopes', { Scopes: scopesNamed(...numbered) }, /'scopes' failed .* less than or equal to 100$/],
  ])('%s', async (_what, members, message) => {
    const { service, pool } = await aPoolForServers();
    const asked = { UserPoolId: pool.id, Identifier: 'shop', Name: 'Shop', ...members };
    expect(await refused(service.client.send(new CreateResourceServerCommand(asked)))).toMatch(message);
  });
});

describe('CreateResourceServer beside other calls', () => {
  test('makes one server of an identifier', async () => {
    const { pool, create, list } = await aPoolForServers();
    const told = await outcomes(Array.from({ length: 5 }, () => create('shop')));
    expect(told.toSorted()).toEqual([...Array(4).fill(taken('shop', pool.id)), 'done']);
    expect((await list()).ResourceServers).toHaveLength(1);
  });

  test('of another process never makes one too many', async () => {
    const processes = await startProcesses();
    const [here] = processes;
    const pool = await here.aPool();
    for (let count = 1; count <= 23; count++) await serversOf(here, pool).create(`server-${count}`);
    const wanted = ['a', 'b', 'c', 'd', 'e', 'f'];
    const told = await outcomes(
      processes.flatMap((service) =>
        wanted.map((name) => serversOf(service, pool).create(`${name}-${service.clock.now()}`)),
      ),
    );
    expect(told.filter((outcome) => outcome === 'done')).toHaveLength(2);
    expect((await serversOf(here, pool).list()).ResourceServers).toHaveLength(25);
  });

  test('leaves nothing behind when the pool goes meanwhile', async () => {
    const service = await startService();
    for (let round = 0; round < 5; round++) {
      const pool = await service.aPool();
      const told = await outcomes([
        service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id })),
        serversOf(service, pool).create('shop'),
      ]);
      expect(told[0]).toBe('done');
      expect(['done', `ResourceNotFoundException: User pool ${pool.id} does not exist.`]).toContain(told[1]);
    }
  });
});
