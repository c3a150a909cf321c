import {
  GetUserPoolClientSessionConfigurationCommand,
  SetUserPoolClientSessionConfigurationCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { aServedPool, onePool } from '../../support/one-pool.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const tracked = (MaxPerUser = 5) => ({ UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser } }) as const;
const untracked = { UserSessionTracking: 'DISABLED', TokenSession: { MaxPerUser: 20 } } as const;
const tierHeld =
  'TierChangeNotAllowedException: The tier cannot be changed to LITE while UserSessionTracking is in use.';
const notInTier = 'FeatureUnavailableInTierException: UserSessionTracking is not available in the LITE tier.';

describe('GetUserPoolSessionConfiguration', () => {
  test.each(['LITE', 'ESSENTIALS', 'PLUS'] as const)(
    'says of a new pool of the plan %s that it tracks none (auth-flows 51)',
    async (tier) => {
      const { id, sessions } = await aServedPool({ UserPoolTier: tier });
      expect(await sessions()).toEqual({ UserPoolId: id, ...untracked });
    },
  );

  test('does not know a pool that nobody made, or that is in another region', async () => {
    const { id, service } = await aServedPool();
    expect(await refused(onePool(service, { id: 'us-east-1_000000000' }).sessions())).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(onePool({ client: service.clientFor('eu-west-1') }, { id }).sessions())).toBe(
      `ResourceNotFoundException: User pool ${id} does not exist.`,
    );
  });
});

describe('SetUserPoolSessionConfiguration', () => {
  test('answers with what it was given, and the pool has it from then on', async () => {
    const { id, setSessions, sessions } = await aServedPool();
    for (const changes of [tracked(1), tracked(100), { ...untracked, TokenSession: { MaxPerUser: 7 } }]) {
      expect(await setSessions(changes)).toEqual({ UserPoolId: id, ...changes });
      expect(await sessions()).toEqual({ UserPoolId: id, ...changes });
    }
  });

  test('is not seen in the pool itself, which keeps it through updates of its own', async () => {
    const { id, setSessions, sessions, look, update, add, setMfa, service } = await aServedPool();
    const before = await look();
    service.clock.advance(5_000);
    await setSessions(tracked());
    expect(await look()).toEqual(before);
    await update({ PoolName: 'renamed' });
    await setMfa({});
    await add({ Name: 'plan', AttributeDataType: 'String' });
    expect(await sessions()).toEqual({ UserPoolId: id, ...tracked() });
    expect(await look()).not.toHaveProperty('UserSessionTracking');
    expect(await look()).not.toHaveProperty('TokenSession');
  });

  test('is what app clients need before they say more, and keep when it is off again', async () => {
    const { id: UserPoolId, setSessions, service } = await aServedPool();
    const { id: ClientId } = await service.aClient({ id: UserPoolId });
    const ask = { UserPoolId, ClientId };
    const SSOSession = { MaxValidityMinutes: 5 };
    const set = () =>
      refused(service.client.send(new SetUserPoolClientSessionConfigurationCommand({ ...ask, SSOSession })));
    expect(await set()).toMatch(/^InvalidParameterException: /);
    await setSessions(tracked());
    expect(await set()).toBe('nothing is refused');
    await setSessions(untracked);
    expect(await set()).toMatch(/^InvalidParameterException: /);
    const kept = await service.client.send(new GetUserPoolClientSessionConfigurationCommand(ask));
    expect(kept.SSOSession).toEqual(SSOSession);
  });

  test('is not offered by the lowest plan, whatever it says', async () => {
    const { id, setSessions, sessions, update } = await aServedPool({ UserPoolTier: 'LITE' });
    for (const changes of [tracked(), untracked]) expect(await refused(setSessions(changes))).toBe(notInTier);
    expect(await sessions()).toEqual({ UserPoolId: id, ...untracked });
    await update({ UserPoolTier: 'ESSENTIALS' });
    expect(await refused(setSessions(tracked()))).toBe('nothing is refused');
  });

  test('keeps the plan from being lowered as long as sessions are tracked', async () => {
    const { setSessions, update } = await aServedPool({ UserPoolTier: 'PLUS' });
    await setSessions(tracked());
    expect(await refused(update({ UserPoolTier: 'LITE' }))).toBe(tierHeld);
    expect(await refused(update({ UserPoolTier: 'ESSENTIALS' }))).toBe('nothing is refused');
    await setSessions(untracked);
    expect(await refused(update({ UserPoolTier: 'LITE' }))).toBe('nothing is refused');
  });
});

describe('SetUserPoolSessionConfiguration refuses', () => {
  test.each<[string, object, string]>([
    [
      'no session at all',
      tracked(0),
      "Value '0' at 'tokenSession.maxPerUser' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      '101 sessions',
      tracked(101),
      "Value '101' at 'tokenSession.maxPerUser' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      'to be told half of it',
      { UserSessionTracking: 'ENABLED' },
      "Value null at 'tokenSession' failed to satisfy constraint: Member must not be null",
    ],
    [
      'to be told the other half',
      { TokenSession: { MaxPerUser: 5 } },
      "Value null at 'userSessionTracking' failed to satisfy constraint: Member must not be null",
    ],
    [
      'sessions without a number',
      { UserSessionTracking: 'ENABLED', TokenSession: {} },
      "Value null at 'tokenSession.maxPerUser' failed to satisfy constraint: Member must not be null",
    ],
  ])('%s', async (_what, input, message) => {
    const { id, sessions, service } = await aServedPool();
    const { json } = await service.call('SetUserPoolSessionConfiguration', { UserPoolId: id, ...input });
    expect(json).toEqual({
      __type: 'InvalidParameterException',
      message: `1 validation error detected: ${message}`,
    });
    expect(await sessions()).toEqual({ UserPoolId: id, ...untracked });
  });

  test('a pool that nobody made, or that is in another region', async () => {
    const { id, sessions, service } = await aServedPool();
    expect(await refused(onePool(service, { id: 'us-east-1_000000000' }).setSessions(tracked()))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    const abroad = onePool({ client: service.clientFor('eu-west-1') }, { id });
    expect(await refused(abroad.setSessions(tracked()))).toBe(
      `ResourceNotFoundException: User pool ${id} does not exist.`,
    );
    expect(await sessions()).toEqual({ UserPoolId: id, ...untracked });
  });
});

describe('Calls of SetUserPoolSessionConfiguration at once', () => {
  test('and updates of the pool lose neither, and no plan is left with what it lacks', async () => {
    const { id, setSessions, sessions, update, look } = await aServedPool();
    for (let round = 0; round < 10; round++) {
      const told = await outcomes([setSessions(tracked()), update({ UserPoolTier: 'LITE' })]);
      expect([
        ['done', tierHeld],
        [notInTier, 'done'],
      ]).toContainEqual(told);
      const isLite = (await look()).UserPoolTier === 'LITE';
      expect(isLite).toBe(told[1] === 'done');
      expect(await sessions()).toEqual({ UserPoolId: id, ...(isLite ? untracked : tracked()) });
      await update({ UserPoolTier: 'ESSENTIALS' });
      await setSessions(untracked);
    }
  });

  test('are seen by the next operation of another process', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    const [mine, theirs] = [onePool(here, pool), onePool(there, pool)];
    expect(await theirs.sessions()).toEqual({ UserPoolId: pool.id, ...untracked });
    await mine.setSessions(tracked());
    expect(await theirs.sessions()).toEqual({ UserPoolId: pool.id, ...tracked() });
  });
});

test('SetUserPoolSessionConfiguration gives up when others are always faster', async () => {
  const { ports, aPool } = await startService();
  const pool = await aPool();
  const pools = { ...ports.pools, save: async () => 'changed' as const };
  const { setSessions } = onePool(await startService({ ports: { pools } }), pool);
  expect(await refused(setSessions(tracked()))).toBe(
    'ConcurrentModificationException: The user pool is being changed by another request.',
  );
});
