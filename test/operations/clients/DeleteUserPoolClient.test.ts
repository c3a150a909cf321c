import {
  DeleteUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { builtOperations, someInput } from '../../support/built-operations.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

interface App {
  readonly id: string;
  readonly poolId: string;
}

const remove = ({ client }: Pick<Service, 'client'>, { poolId, id }: App) =>
  client.send(new DeleteUserPoolClientCommand({ UserPoolId: poolId, ClientId: id }));

async function signIn({ client }: Pick<Service, 'client'>, ClientId: string) {
  const AuthParameters = { USERNAME: 'ada', PASSWORD: 'Correct-Horse-9' };
  const asked = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters } as const;
  const { AuthenticationResult } = await client.send(new InitiateAuthCommand(asked));
  return {
    AccessToken: AuthenticationResult?.AccessToken ?? '',
    RefreshToken: AuthenticationResult?.RefreshToken ?? '',
  };
}

function refresh({ client }: Pick<Service, 'client'>, ClientId: string, REFRESH_TOKEN: string) {
  const asked = { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } } as const;
  return client.send(new InitiateAuthCommand(asked));
}

const goneClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;

describe('DeleteUserPoolClient', () => {
  test('answers with an empty body', async () => {
    const { call, aPool, aClient } = await startService();
    const app = await aClient(await aPool());
    const answer = await call('DeleteUserPoolClient', { UserPoolId: app.poolId, ClientId: app.id });
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
  });

  test('takes the client from the pool, and no other one', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const [one, other] = [await service.aClient(pool), await service.aClient(pool)];
    await remove(service, one);
    const { UserPoolClients } = await service.client.send(new ListUserPoolClientsCommand({ UserPoolId: pool.id }));
    expect(UserPoolClients?.map(({ ClientId }) => ClientId)).toEqual([other.id]);
  });

  test('does not know a client that nobody made, or that is gone, or of another pool, or elsewhere', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool());
    const { id: other } = await service.aPool();
    expect(await refused(remove(service, { ...app, id: 'nobody' }))).toBe(goneClient('nobody'));
    expect(await refused(remove(service, { ...app, poolId: other }))).toBe(goneClient(app.id));
    expect(await refused(remove({ client: service.clientFor('eu-west-1') }, app))).toBe(
      `ResourceNotFoundException: User pool ${app.poolId} does not exist.`,
    );
    await remove(service, app);
    expect(await refused(remove(service, app))).toBe(goneClient(app.id));
  });

  test('ends the tokens of the client at once, and of no other one', async () => {
    const service = await startService();
    const pool = await service.aPool();
    await service.aUser(pool, { username: 'ada' });
    const [app, other] = [await service.aClient(pool), await service.aClient(pool)];
    const [tokens, others] = [await signIn(service, app.id), await signIn(service, other.id)];
    await remove(service, app);

    const { client } = service;
    expect(await refused(refresh(service, app.id, tokens.RefreshToken))).toBe(goneClient(app.id));
    expect(await refused(client.send(new GetUserCommand({ AccessToken: tokens.AccessToken })))).toBe(
      'NotAuthorizedException: Invalid Access Token',
    );
    // Nor does a token of the one become a token of the other.
    expect(await refused(refresh(service, other.id, tokens.RefreshToken))).toBe(
      'NotAuthorizedException: Invalid Refresh Token.',
    );
    expect(await refused(refresh(service, other.id, others.RefreshToken))).toBe('nothing is refused');
  });

  test('leaves a client that no operation knows', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const app = await service.aClient(pool);
    await remove(service, app);
    const named = { UserPoolId: pool.id, ClientId: app.id };
    const both = builtOperations('iam', 'ClientId').filter(({ input }) => 'UserPoolId' in input.members);
    const alone = builtOperations('public', 'ClientId').filter(({ name }) => name !== 'RevokeToken');
    for (const operation of [...both, ...alone]) {
      const { json } = await service.call(operation.name, someInput(operation, named));
      expect(json, operation.name).toEqual({
        __type: 'ResourceNotFoundException',
        message: `User pool client ${app.id} does not exist.`,
      });
    }
  });

  test('is noticed by another process at once', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    await here.aUser(pool, { username: 'ada' });
    const app = await here.aClient(pool);
    const tokens = await signIn(there, app.id);
    await remove(here, app);
    expect(await refused(refresh(there, app.id, tokens.RefreshToken))).toBe(goneClient(app.id));
    expect(await refused(signIn(there, app.id))).toBe(goneClient(app.id));
    expect(await refused(there.client.send(new GetUserCommand({ AccessToken: tokens.AccessToken })))).toBe(
      'NotAuthorizedException: Invalid Access Token',
    );
  });
});

describe('DeleteUserPoolClient beside other calls', () => {
  test('succeeds once', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool());
    const told = await outcomes([1, 2, 3, 4].map(() => remove(service, app)));
    expect(told.toSorted()).toEqual([...Array(3).fill(goneClient(app.id)), 'done']);
  });

  test('is not undone by an update', async () => {
    const service = await startService();
    const pool = await service.aPool();
    for (let round = 0; round < 5; round++) {
      const app = await service.aClient(pool);
      const named = { UserPoolId: pool.id, ClientId: app.id };
      const update = new UpdateUserPoolClientCommand({ ...named, ClientName: 'late' });
      const [removed, updated] = await outcomes([remove(service, app), service.client.send(update)]);
      expect(removed).toBe('done');
      expect(['done', goneClient(app.id)]).toContain(updated);
      expect(await refused(service.client.send(new DescribeUserPoolClientCommand(named)))).toBe(goneClient(app.id));
    }
  });
});
