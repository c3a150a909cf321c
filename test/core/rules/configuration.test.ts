import { describe, expect, test } from 'vitest';
import type { ClientStore } from '../../../lambdas/core/ports/client-store.ts';
import type { PoolStore } from '../../../lambdas/core/ports/pool-store.ts';
import { requireClientSecret } from '../../../lambdas/core/rules/client-secrets.ts';
import { hidesUsers, isRevocable, retryGracePeriod } from '../../../lambdas/core/rules/client-settings.ts';
import { requireClient, requireClientOf, requirePool } from '../../../lambdas/core/rules/configuration.ts';
import { aClient, aPool, someMoment } from '../../support/model.ts';
import { refusalFrom, refusalOf } from '../../support/refusals.ts';

const pool = aPool();
const otherPool = aPool({ id: 'us-east-1_other' });
const client = aClient();
const known = [pool, otherPool];
// The rules ask the stores for nothing else.
const ports = {
  pools: { find: async (id: string) => known.find((one) => one.id === id) } as PoolStore,
  clients: { find: async (id: string) => (id === client.id ? { client, pool } : undefined) } as ClientStore,
};

describe('The configuration that a request names', () => {
  test('is found', async () => {
    expect(await requirePool(ports, pool.id)).toBe(pool);
    expect(await requireClient(ports, client.id)).toEqual({ client, pool });
    expect(await requireClientOf(ports, pool.id, client.id)).toEqual({ client, pool });
  });

  test('is refused by the name that nobody has', async () => {
    const noPool = 'ResourceNotFoundException: User pool us-east-1_none does not exist.';
    expect(await refusalFrom(requirePool(ports, 'us-east-1_none'))).toBe(noPool);
    expect(await refusalFrom(requireClientOf(ports, 'us-east-1_none', 'none'))).toBe(noPool);
    const noClient = 'ResourceNotFoundException: User pool client none does not exist.';
    expect(await refusalFrom(requireClient(ports, 'none'))).toBe(noClient);
    expect(await refusalFrom(requireClientOf(ports, pool.id, 'none'))).toBe(noClient);
  });

  test('has no client of another pool', async () => {
    expect(await refusalFrom(requireClientOf(ports, otherPool.id, client.id))).toBe(
      `ResourceNotFoundException: User pool client ${client.id} does not exist.`,
    );
  });
});

describe('A client without a word about it', () => {
  test('tells who exists, can revoke, and leaves no time after rotation', () => {
    expect([hidesUsers(client), isRevocable(client), retryGracePeriod(client)]).toEqual([false, true, 0]);
  });

  test('does otherwise when told', () => {
    const told = aClient({
      settings: {
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: false,
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      },
    });
    expect([hidesUsers(told), isRevocable(told), retryGracePeriod(told)]).toEqual([true, false, 60_000]);
    expect(hidesUsers(aClient({ settings: { PreventUserExistenceErrors: 'LEGACY' } }))).toBe(false);
  });
});

describe('A secret that a request carries itself', () => {
  const closed = aClient({ secrets: [{ id: 'x', createdAt: someMoment, value: 'secret' }] });
  const refused = (of: typeof client, given: string | undefined) =>
    refusalOf(() => requireClientSecret(of, given, 'UnauthorizedException'));

  test('is the client’s, where it has one', () => {
    expect(refused(closed, 'secret')).toBe('nothing is refused');
    for (const given of [undefined, '', 'other']) expect(refused(closed, given)).toMatch(/^UnauthorizedException: /);
  });

  test('is none, where it has none', () => {
    expect(refused(client, undefined)).toBe('nothing is refused');
    expect(refused(client, 'secret')).toMatch(/^UnauthorizedException: /);
  });
});
