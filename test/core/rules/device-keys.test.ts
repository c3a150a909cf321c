import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceGroupKey, isDeviceKeyOf, makeDeviceKey } from '../../../lambdas/core/rules/device-keys.ts';
import { poolId } from '../../../lambdas/core/rules/identifiers.ts';
import { aSealer } from '../../support/key-material.ts';
import { aPool } from '../../support/model.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom('device keys');
const sealer = aSealer();
const ada = { sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77' };
const bob = { sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a78' };
const pool = aPool();

describe('A device key', () => {
  test('is a region and a UUID of version 4, and never the same twice', async () => {
    const keys = await Promise.all(Array.from({ length: 100 }, () => makeDeviceKey(sealer, random, pool, ada)));
    for (const key of keys) {
      expect(key).toMatch(/^us-east-1_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(new Set(keys).size).toBe(100);
  });

  test('has no more than 55 characters, however long the region is', async () => {
    const key = await makeDeviceKey(sealer, random, aPool({ region: 'a-region-of-no-cloud-at-all-1' }), ada);
    expect(key.length).toBe(55);
  });

  test('is known to be of its user and pool, and of nobody else', async () => {
    const key = await makeDeviceKey(sealer, random, pool, ada);
    expect(await isDeviceKeyOf(sealer, pool, ada, key)).toBe(true);
    expect(await isDeviceKeyOf(sealer, pool, bob, key)).toBe(false);
    expect(await isDeviceKeyOf(sealer, aPool({ id: poolId(random, 'us-east-1') }), ada, key)).toBe(false);
  });

  test('is none with any character changed, left out or put in', async () => {
    const key = await makeDeviceKey(sealer, random, pool, ada);
    const at = fc.nat(key.length - 1);
    await fc.assert(
      fc.asyncProperty(at, fc.nat(1), fc.string({ maxLength: 2 }), async (position, cut, put) => {
        const changed = key.slice(0, position) + put + key.slice(position + cut);
        expect(await isDeviceKeyOf(sealer, pool, ada, changed)).toBe(changed === key);
      }),
    );
  });

  test('is no text that callers come up with', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.uuid().map((id) => `us-east-1_${id}`),
        ),
        async (text) => {
          expect(await isDeviceKeyOf(sealer, pool, ada, text)).toBe(false);
        },
      ),
    );
  });
});

describe('The group of the devices of a pool', () => {
  test('is a hyphen and eight characters, the same each time, another one in another pool', async () => {
    const group = await deviceGroupKey(sealer, pool);
    expect(group).toMatch(/^-[A-Za-z0-9]{8}$/);
    expect(await deviceGroupKey(sealer, pool)).toBe(group);
    expect(await deviceGroupKey(sealer, aPool({ id: poolId(random, 'us-east-1') }))).not.toBe(group);
  });
});
