import {
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { sessionsOf, tracking } from '../../support/client-sessions.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

async function aClientOfATrackingPool() {
  const service = await startService();
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  await tracking(service, pool, 'ENABLED');
  return { service, pool, app, ...sessionsOf(service, app) };
}

const goneClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;
const lasting = (minutes: number, { id, poolId }: { readonly id: string; readonly poolId: string }) => ({
  UserPoolId: poolId,
  ClientId: id,
  SSOSession: { MaxValidityMinutes: minutes },
});

describe('SetUserPoolClientSessionConfiguration', () => {
  test.each([0, 1, 60, 129_600])('keeps and answers %s minutes', async (minutes) => {
    const { app, set, get } = await aClientOfATrackingPool();
    expect(await set(minutes)).toEqual(lasting(minutes, app));
    expect(await get()).toEqual(lasting(minutes, app));
  });

  test('leaves every other client alone', async () => {
    const { service, pool, set } = await aClientOfATrackingPool();
    const other = await service.aClient(pool);
    await set(5);
    expect(await sessionsOf(service, other).get()).toEqual(lasting(60, other));
  });

  test('says nothing to DescribeUserPoolClient, and is not undone by an update', async () => {
    const { service, app, set, get } = await aClientOfATrackingPool();
    const named = { UserPoolId: app.poolId, ClientId: app.id };
    const look = async () => (await service.client.send(new DescribeUserPoolClientCommand(named))).UserPoolClient;
    const before = await look();
    service.clock.advance(1_000);
    await set(5);
    expect(await look()).toEqual(before);
    const update = new UpdateUserPoolClientCommand({ ...named, ClientName: 'renamed' });
    const { UserPoolClient } = await service.client.send(update);
    expect(UserPoolClient).not.toHaveProperty('SSOSession');
    expect(await get()).toEqual(lasting(5, app));
  });

  test('keeps what it was told while the pool does not track sessions', async () => {
    const { service, pool, app, set, get } = await aClientOfATrackingPool();
    await set(5);
    await tracking(service, pool, 'DISABLED');
    expect(await get()).toEqual(lasting(5, app));
    await tracking(service, pool, 'ENABLED');
    expect(await get()).toEqual(lasting(5, app));
  });

  test('is lost with its client', async () => {
    const { service, app, set, get } = await aClientOfATrackingPool();
    await set(5);
    await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: app.poolId, ClientId: app.id }));
    expect(await refused(get())).toBe(goneClient(app.id));
  });
});

describe('SetUserPoolClientSessionConfiguration refuses', () => {
  const untracked = 'InvalidParameterException: Session tracking is not enabled for the user pool.';

  test('a pool that does not track sessions', async () => {
    const { service, pool, app, set, get } = await aClientOfATrackingPool();
    await tracking(service, pool, 'DISABLED');
    expect(await refused(set(5))).toBe(untracked);
    expect(await get()).toEqual(lasting(60, app));
    const fresh = await service.aClient(await service.aPool());
    expect(await refused(sessionsOf(service, fresh).set(5))).toBe(untracked);
  });

  test('a plan without the feature, whether sessions are tracked or not', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool({ UserPoolTier: 'LITE' }));
    expect(await refused(sessionsOf(service, app).set(5))).toBe(
      'FeatureUnavailableInTierException: SSOSession is not available in the LITE tier.',
    );
  });

  test('a client that nobody made, or of another pool, or of a pool that is gone, before all else', async () => {
    const { service, app } = await aClientOfATrackingPool();
    const { id: other } = await service.aPool({ UserPoolTier: 'LITE' });
    const attempt = (poolId: string, id: string) => refused(sessionsOf(service, { poolId, id }).set(5));
    expect(await attempt(app.poolId, 'nobody')).toBe(goneClient('nobody'));
    expect(await attempt(other, app.id)).toBe(goneClient(app.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: app.poolId }));
    expect(await attempt(app.poolId, app.id)).toBe(
      `ResourceNotFoundException: User pool ${app.poolId} does not exist.`,
    );
  });

  test.each([
    [-1, 'greater than or equal to 0'],
    [129_601, 'less than or equal to 129600'],
  ])('%s minutes', async (minutes, bound) => {
    const { set } = await aClientOfATrackingPool();
    expect(await refused(set(minutes))).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${minutes}' at 'sSOSession.maxValidityMinutes' failed to satisfy constraint: Member must have value ${bound}`,
    );
  });

  test.each([[{}], [{ SSOSession: {} }]])('what leaves something out: %j', async (members) => {
    const { service, app } = await aClientOfATrackingPool();
    const asked = { UserPoolId: app.poolId, ClientId: app.id, ...members };
    const { json } = await service.call('SetUserPoolClientSessionConfiguration', asked);
    expect(json).toMatchObject({
      __type: 'InvalidParameterException',
      message: expect.stringMatching(/^1 validation error detected: Value null at 'sSOSession.* must not be null$/),
    });
  });
});

describe('SetUserPoolClientSessionConfiguration beside other calls', () => {
  test('loses neither what it sets nor what an update does', async () => {
    const { service, app, set, get } = await aClientOfATrackingPool();
    const named = { UserPoolId: app.poolId, ClientId: app.id };
    for (let round = 1; round <= 5; round++) {
      const update = new UpdateUserPoolClientCommand({ ...named, ClientName: `web ${round}` });
      expect(await outcomes([set(round), service.client.send(update)])).toEqual(['done', 'done']);
      expect(await get()).toEqual(lasting(round, app));
      const { UserPoolClient } = await service.client.send(new DescribeUserPoolClientCommand(named));
      expect(UserPoolClient?.ClientName).toBe(`web ${round}`);
    }
  });

  test('says so when others are always faster', async () => {
    const { service, app } = await aClientOfATrackingPool();
    const clients = { ...service.ports.clients, save: async () => 'changed' as const };
    const late: Service = await startService({ ports: { clients } });
    expect(await refused(sessionsOf(late, app).set(5))).toBe(
      'ConcurrentModificationException: The user pool client is being changed by another request.',
    );
  });
});

test('A pool that changes to a lower plan keeps what its clients were told', async () => {
  const { service, pool, app, set, get } = await aClientOfATrackingPool();
  await set(5);
  await tracking(service, pool, 'DISABLED');
  await service.client.send(new UpdateUserPoolCommand({ UserPoolId: pool.id, UserPoolTier: 'LITE' }));
  expect(await get()).toEqual(lasting(5, app));
});
