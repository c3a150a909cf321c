import {
  AdminResetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUserPoolsCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { builders } from '../../support/builders.ts';
import { builtOperations, someInput } from '../../support/built-operations.ts';
import { anOwnTable } from '../../support/own-table.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { isUnpurged, purgePool, testWorker } from '../../support/worker.ts';

/** Nobody else's rows stand between those that are looked for. */
const table = await anOwnTable();
const password = 'Correct-Horse-9';

async function aPoolInUse(service: Service) {
  const pool = await service.aPool({ AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool);
  const attributes = { email: 'ada@example.com', email_verified: 'true' };
  const user = await service.aUser(pool, { username: 'ada', password, attributes });
  return { pool, app, user, tokens: await signIn(service, app.id, 'ada') };
}

async function signIn({ client }: Pick<Service, 'client'>, ClientId: string, USERNAME: string, PASSWORD = password) {
  const AuthParameters = { USERNAME, PASSWORD };
  const answer = await client.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  const { AccessToken = '', RefreshToken = '' } = answer.AuthenticationResult ?? {};
  return { AccessToken, RefreshToken };
}

const remove = ({ client }: Pick<Service, 'client'>, UserPoolId: string) =>
  client.send(new DeleteUserPoolCommand({ UserPoolId }));
const gone = (poolId: string) => `ResourceNotFoundException: User pool ${poolId} does not exist.`;
const goneClient = (clientId: string) => `ResourceNotFoundException: User pool client ${clientId} does not exist.`;

describe('DeleteUserPool', () => {
  test('answers with an empty body', async () => {
    const { call, aPool } = await startService({ table });
    const answer = await call('DeleteUserPool', { UserPoolId: (await aPool()).id });
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
  });

  test('refuses a protected pool until it is protected no more', async () => {
    const service = await startService({ table });
    const { client } = service;
    const { id: UserPoolId } = await service.aPool({ DeletionProtection: 'ACTIVE' });
    const isProtected =
      'InvalidParameterException: The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.';
    expect(await refused(remove(service, UserPoolId))).toBe(isProtected);
    await client.send(new UpdateUserPoolCommand({ UserPoolId, PoolName: 'still protected' }));
    expect(await refused(remove(service, UserPoolId))).toBe(isProtected);
    await client.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'INACTIVE' }));
    expect(await refused(remove(service, UserPoolId))).toBe('nothing is refused');
  });

  test('does not know a pool that nobody made, or that is gone, or that is in another region', async () => {
    const service = await startService({ table });
    const { id } = await service.aPool();
    expect(await refused(remove(service, 'us-east-1_000000000'))).toBe(gone('us-east-1_000000000'));
    expect(await refused(remove({ client: service.clientFor('eu-west-1') }, id))).toBe(gone(id));
    await remove(service, id);
    expect(await refused(remove(service, id))).toBe(gone(id));
  });

  test('leaves every other pool alone', async () => {
    const service = await startService({ table });
    const [one, other] = [await aPoolInUse(service), await aPoolInUse(service)];
    await remove(service, one.pool.id);
    const { Username } = await service.client.send(new GetUserCommand({ AccessToken: other.tokens.AccessToken }));
    expect(Username).toBe('ada');
  });

  test('frees nothing that names would collide with: the next pool of the name is another one', async () => {
    const service = await startService({ table });
    const first = await service.aPool({ PoolName: 'shop' });
    await remove(service, first.id);
    const second = await service.aPool({ PoolName: 'shop' });
    expect(second.id).not.toBe(first.id);
    expect(second.EstimatedNumberOfUsers).toBe(0);
    await service.aUser(second, { username: 'ada' });
  });

  test('takes the pool from the list', async () => {
    const service = await startService({ table });
    const client = service.clientFor('delete-listed');
    const { id } = await builders(client).aPool();
    const list = async () => (await client.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools;
    expect(await list()).toHaveLength(1);
    await remove({ client }, id);
    expect(await list()).toEqual([]);
  });
});

const foreignToken = { __type: 'UnauthorizedException', message: 'The token was not issued to this client.' };

describe('After DeleteUserPool the pool is unknown at once', () => {
  test('to every operation that names it', async () => {
    const service = await startService({ table });
    const { pool, app } = await aPoolInUse(service);
    await remove(service, pool.id);
    const operations = builtOperations('iam', 'UserPoolId');
    expect(operations.length).toBeGreaterThan(20);
    for (const operation of operations) {
      const names = {
        UserPoolId: pool.id,
        ClientId: app.id,
        Username: 'ada',
        ManagedLoginBrandingId: crypto.randomUUID(),
      };
      const { json } = await service.call(operation.name, someInput(operation, names));
      expect(json, operation.name).toEqual({
        __type: 'ResourceNotFoundException',
        message: `User pool ${pool.id} does not exist.`,
      });
    }
  });

  test('to every operation that names one of its clients', async () => {
    const service = await startService({ table });
    const { pool, app } = await aPoolInUse(service);
    await remove(service, pool.id);
    for (const operation of builtOperations('public', 'ClientId')) {
      const { json } = await service.call(operation.name, someInput(operation, { ClientId: app.id }), {});
      // It declares no error for what is not there.
      const isRevocation = operation.name === 'RevokeToken';
      const unknown = { __type: 'ResourceNotFoundException', message: `User pool client ${app.id} does not exist.` };
      expect(json, operation.name).toEqual(isRevocation ? { ...unknown, ...foreignToken } : unknown);
    }
  });

  test('to every operation that a token of its users is given to', async () => {
    const service = await startService({ table });
    const { pool, tokens } = await aPoolInUse(service);
    await remove(service, pool.id);
    for (const operation of builtOperations('token', 'AccessToken')) {
      const input = someInput(operation, { AccessToken: tokens.AccessToken });
      const { json } = await service.call(operation.name, input, {});
      expect(json, operation.name).toEqual({ __type: 'NotAuthorizedException', message: 'Invalid Access Token' });
    }
  });

  test('in another process that knew it well', async () => {
    const [here, there] = await startProcesses();
    const { pool, app, tokens } = await aPoolInUse(here);
    await there.client.send(new GetUserCommand({ AccessToken: tokens.AccessToken }));
    await there.client.send(new DescribeUserPoolCommand({ UserPoolId: pool.id }));
    await remove(here, pool.id);
    expect(await refused(there.client.send(new GetUserCommand({ AccessToken: tokens.AccessToken })))).toBe(
      'NotAuthorizedException: Invalid Access Token',
    );
    expect(await refused(signIn(there, app.id, 'ada'))).toBe(goneClient(app.id));
    expect(await refused(there.aUser(pool))).toBe(gone(pool.id));
    expect(await refused(there.aClient(pool))).toBe(gone(pool.id));
  });
});

describe('DeleteUserPool beside other calls', () => {
  test('succeeds once', async () => {
    const service = await startService({ table });
    const { id } = await service.aPool();
    const told = await outcomes([1, 2, 3, 4].map(() => remove(service, id)));
    expect(told.toSorted()).toEqual([gone(id), gone(id), gone(id), 'done']);
  });

  test('lets no client and no change into a pool that is gone', async () => {
    const service = await startService({ table });
    const { client } = service;
    for (let round = 0; round < 5; round++) {
      const { id: UserPoolId } = await service.aPool();
      const told = await outcomes([
        remove(service, UserPoolId),
        client.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'late' })),
        client.send(new UpdateUserPoolCommand({ UserPoolId, PoolName: 'late' })),
      ]);
      expect(told[0]).toBe('done');
      for (const outcome of told.slice(1)) expect(['done', gone(UserPoolId)]).toContain(outcome);
      await purge(service, UserPoolId);
      expect(await rowsThatName(UserPoolId)).toEqual([]);
    }
  });

  test('heeds the protection that another call has turned on', async () => {
    const service = await startService({ table });
    for (let round = 0; round < 5; round++) {
      const { id: UserPoolId } = await service.aPool();
      const protect = new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'ACTIVE' });
      const [removed, changed] = await outcomes([remove(service, UserPoolId), service.client.send(protect)]);
      const isThere = (await refused(remove(service, UserPoolId))).startsWith('InvalidParameterException');
      expect([removed === 'done', changed === 'done']).toEqual([!isThere, isThere]);
    }
  });
});

test('DeleteUserPool asks for another try when others are always faster', async () => {
  const { ports, aPool } = await startService({ table });
  const { id } = await aPool();
  const pools = { ...ports.pools, remove: async () => 'changed' as const };
  expect(await refused(remove(await startService({ table, ports: { pools } }), id))).toMatch(
    /^TooManyRequestsException: /,
  );
});

describe('What a deleted pool leaves behind', () => {
  test('is purged to the last row', async () => {
    const service = await startService({ table });
    const { client } = service;
    const { pool, app } = await aPoolInUse(service);
    const UserPoolId = pool.id;
    await service.aClient(pool, { GenerateSecret: true });
    await service.aUser(pool, { username: 'bob', invited: true });
    const UserAttributes = [{ Name: 'email', Value: 'eve@example.com' }];
    await client.send(new SignUpCommand({ ClientId: app.id, Username: 'eve', Password: password, UserAttributes }));
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' }));
    await client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: 'ada' }));
    for (const username of ['eve', 'bob', 'nobody']) await refused(signIn(service, app.id, username, 'wrong'));
    expect((await rowsThatName(UserPoolId)).length).toBeGreaterThan(20);

    await remove(service, UserPoolId);
    expect(await isUnpurged(testWorker({ table, clock: service.clock }), UserPoolId)).toBe(true);
    await purge(service, UserPoolId);
    expect(await isUnpurged(testWorker({ table, clock: service.clock }), UserPoolId)).toBe(false);
    expect(await rowsThatName(UserPoolId)).toEqual([]);
    expect(await rowsThatName(app.id)).toEqual([]);
  });

  test('is asked to be purged at once, and only when the pool is gone', async () => {
    const woken: string[] = [];
    const service = await startService({ table, ports: { jobs: { wake: async (id) => void woken.push(id) } } });
    const { id } = await service.aPool({ DeletionProtection: 'ACTIVE' });
    await refused(remove(service, id));
    expect(woken).toEqual([]);
    await service.client.send(new UpdateUserPoolCommand({ UserPoolId: id, DeletionProtection: 'INACTIVE' }));
    await remove(service, id);
    expect(woken).toEqual([`purge-pool-${id}`]);
  });

  test('is out of reach of whoever makes a pool meanwhile', async () => {
    const service = await startService({ table });
    const { pool } = await aPoolInUse(service);
    await remove(service, pool.id);
    const { UserPool } = await service.client.send(new CreateUserPoolCommand({ PoolName: 'a pool' }));
    expect(UserPool).toMatchObject({ EstimatedNumberOfUsers: 0 });
    await purge(service, pool.id);
    expect(await refused(service.client.send(new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id })))).toBe(
      'nothing is refused',
    );
  });
});

const purge = ({ clock }: Service, poolId: string): Promise<unknown> => purgePool(testWorker({ table, clock }), poolId);

/** Keys of all rows of the table with the text anywhere in them. */
async function rowsThatName(text: string): Promise<readonly string[]> {
  const found: string[] = [];
  let after: Parameters<typeof table.scan>[0]['after'];
  do {
    const { items, next } = await table.scan({ limit: 500, after });
    for (const item of items) if (JSON.stringify(item).includes(text)) found.push(`${item.PK} ${item.SK}`);
    after = next;
  } while (after !== undefined);
  return found;
}
