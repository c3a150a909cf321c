import { DeleteUserPoolClientCommand, DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { secretsOf } from '../../support/client-secrets.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, type ServiceOptions, startService } from '../../support/start-service.ts';

/** A client with two secrets. */
async function aServer(options: ServiceOptions = {}) {
  const service = await startService(options);
  const pool = await service.aPool();
  return { service, pool, ...(await twoSecrets(service, pool)) };
}

async function twoSecrets(service: Service, pool: { readonly id: string }) {
  const app = await service.aClient(pool, { GenerateSecret: true });
  const secrets = secretsOf(service, app);
  const { ClientSecretId: second, ClientSecretValue: newer } = await secrets.add();
  const [first] = await secrets.ids();
  return { app, first, second, older: app.ClientSecret, newer, ...secrets };
}

const accepted = 'nothing is refused';
const last = 'InvalidParameterException: The last client secret of an app client cannot be deleted.';
const gone = (id: string | undefined) => `ResourceNotFoundException: Client secret ${id} does not exist.`;
const goneClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;
const wrongHash = (id: string) => `NotAuthorizedException: Unable to verify secret hash for client ${id}`;

describe('DeleteUserPoolClientSecret', () => {
  test('takes one of two, and its successor is the one that is shown (pools-and-users 28)', async () => {
    const { service, app, first, second, newer, ids, shown } = await aServer();
    const named = { UserPoolId: app.poolId, ClientId: app.id, ClientSecretId: first };
    expect(await service.call('DeleteUserPoolClientSecret', named)).toMatchObject({ status: 200, body: '{}' });
    expect(await ids()).toEqual([second]);
    expect(await shown()).toBe(newer);
  });

  test('takes the newer one just as well', async () => {
    const { first, second, older, ids, remove, shown } = await aServer();
    await remove(second);
    expect(await ids()).toEqual([first]);
    expect(await shown()).toBe(older);
  });

  test('makes room for another one, time and again', async () => {
    const { service, ids, add, remove } = await aServer();
    for (let round = 0; round < 3; round++) {
      service.clock.advance(1);
      const [eldest, kept] = await ids();
      await remove(eldest);
      const { ClientSecretId } = await add();
      expect(await ids()).toEqual([kept, ClientSecretId]);
    }
  });

  test('ends what the secret was good for, and nothing else', async () => {
    const { app, first, older, newer, remove, signUp } = await aServer();
    await remove(first);
    expect(await refused(signUp('ada', older))).toBe(wrongHash(app.id));
    expect(await refused(signUp('ada', newer))).toBe(accepted);
  });

  test('is noticed by another process at once', async () => {
    const [here, there] = await startProcesses();
    const { app, first, older, newer, remove } = await twoSecrets(here, await here.aPool());
    const { signUp } = secretsOf(there, app);
    expect(await refused(signUp('ada', older))).toBe(accepted);
    await remove(first);
    expect(await refused(signUp('bob', older))).toBe(wrongHash(app.id));
    expect(await refused(signUp('bob', newer))).toBe(accepted);
  });
});

describe('DeleteUserPoolClientSecret refuses', () => {
  test('the last secret, so that no client becomes a public one (pools-and-users 28)', async () => {
    const { app, first, second, newer, ids, remove, signUp } = await aServer();
    await remove(first);
    expect(await refused(remove(second))).toBe(last);
    expect(await ids()).toEqual([second]);
    expect(await refused(signUp('ada', undefined))).toBe(wrongHash(app.id));
    expect(await refused(signUp('ada', newer))).toBe(accepted);
  });

  test('a secret that nobody made, that is gone, or that another client has', async () => {
    const { service, pool, first, second, remove } = await aServer();
    const other = await twoSecrets(service, pool);
    expect(await refused(remove('nothing'))).toBe(gone('nothing'));
    expect(await refused(remove(other.first))).toBe(gone(other.first));
    await remove(first);
    // Not that it is the last one: there is none of that id.
    expect(await refused(remove(first))).toBe(gone(first));
    expect(await refused(remove('__proto__'))).toBe(gone('__proto__'));
    expect(await refused(remove(second))).toBe(last);
  });

  test('a public client', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool());
    expect(await refused(secretsOf(service, app).remove('any'))).toBe(
      `InvalidParameterException: Client ${app.id} is a public client and has no client secrets.`,
    );
  });

  test('a client that nobody made, or that is gone, or of another pool, or of a pool that is gone', async () => {
    const { service, app, first } = await aServer();
    const { id: other } = await service.aPool();
    const attempt = (poolId: string, id: string) => refused(secretsOf(service, { poolId, id }).remove(first));
    expect(await attempt(app.poolId, 'nobody')).toBe(goneClient('nobody'));
    expect(await attempt(other, app.id)).toBe(goneClient(app.id));
    await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: app.poolId, ClientId: app.id }));
    expect(await attempt(app.poolId, app.id)).toBe(goneClient(app.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: app.poolId }));
    expect(await attempt(app.poolId, app.id)).toBe(
      `ResourceNotFoundException: User pool ${app.poolId} does not exist.`,
    );
  });

  test('an id without anything in it, or of more than 128 characters', async () => {
    const { remove } = await aServer();
    expect(await refused(remove(''))).toMatch(/'clientSecretId' failed .* greater than or equal to 1$/);
    expect(await refused(remove('x'.repeat(129)))).toMatch(/'clientSecretId' failed .* less than or equal to 128$/);
  });
});

describe('DeleteUserPoolClientSecret beside other calls', () => {
  test('cannot take both secrets', async () => {
    const { service, pool } = await aServer();
    for (let round = 0; round < 5; round++) {
      const { first, second, ids, remove } = await twoSecrets(service, pool);
      const told = await outcomes([remove(first), remove(second)]);
      expect(told.toSorted()).toEqual([last, 'done']);
      expect(await ids()).toEqual([told[0] === 'done' ? second : first]);
    }
  });

  test('of another process cannot take both secrets', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    for (let round = 0; round < 5; round++) {
      const { app, first, second, ids, remove } = await twoSecrets(here, pool);
      const told = await outcomes([remove(first), secretsOf(there, app).remove(second)]);
      expect(told.toSorted()).toEqual([last, 'done']);
      expect(await ids()).toHaveLength(1);
    }
  });

  test('takes a secret once', async () => {
    const { first, second, ids, remove } = await aServer();
    const told = await outcomes([1, 2, 3, 4].map(() => remove(first)));
    expect(told.toSorted()).toEqual([...Array(3).fill(gone(first)), 'done'].toSorted());
    expect(await ids()).toEqual([second]);
  });

  test('and an added secret leave what was asked for', async () => {
    const { service, pool } = await aServer({ settings: { quotas: { secretsPerClient: 3 } } });
    for (let round = 0; round < 5; round++) {
      const { first, second, ids, add, remove } = await twoSecrets(service, pool);
      const [, added] = await Promise.all([remove(first), add()]);
      expect(await ids()).toEqual([second, added.ClientSecretId]);
    }
  });

  test('asks to be tried again when others are always faster', async () => {
    const { ports, aPool, ...rest } = await startService();
    const { app, first } = await twoSecrets({ ports, aPool, ...rest }, await aPool());
    const clients = { ...ports.clients, save: async () => 'changed' as const };
    const { remove } = secretsOf(await startService({ ports: { clients } }), app);
    expect(await refused(remove(first))).toBe('TooManyRequestsException: Rate exceeded');
  });
});
