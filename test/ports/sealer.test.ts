import { beforeEach, describe, expect, test } from 'vitest';
import { masterKeyInMemory } from '../../lambdas/adapters/local/master-key.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { ringSealer } from '../../lambdas/adapters/system/ring-sealer.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { RingStore } from '../../lambdas/core/ports/ring-store.ts';
import type { Place } from '../../lambdas/core/ports/sealer.ts';
import { memoryRings } from '../support/memory-keys.ts';
import { someMoment } from '../support/model.ts';
import { sealerContract } from './sealer.contract.ts';

const hour = 3_600_000;
const day = 24 * hour;
const place: Place = { purpose: 'session', poolId: 'us-east-1_aBcDeF123', item: 'ada' };
const secret = Buffer.from('what nobody else may read');
const versionOf = (sealed: Uint8Array) => Buffer.from(sealed).readUInt32BE(1);

const deployment = () => ({
  rings: memoryRings(),
  wrap: masterKeyInMemory(),
  clock: stillClock(someMoment),
  random: systemRandom,
});

sealerContract('ringSealer', () => ringSealer(deployment()));

describe('ringSealer', () => {
  let ports: ReturnType<typeof deployment>;

  beforeEach(() => {
    ports = deployment();
  });

  test('opens what another instance of the deployment sealed, and digests as that one does', async () => {
    const [one, other] = [ringSealer(ports), ringSealer(ports)];
    expect(await other.open(await one.seal(secret, place), place)).toEqual(secret);
    expect(await other.digest('123456', place)).toEqual(await one.digest('123456', place));
  });

  test('makes one first key, however many instances need it at once', async () => {
    const sealers = Array.from({ length: 5 }, () => ringSealer(ports));
    const sealed = await Promise.all(sealers.map((sealer) => sealer.seal(secret, place)));
    expect(sealed.map(versionOf)).toEqual([1, 1, 1, 1, 1]);
    for (const value of sealed) expect(await ringSealer(ports).open(value, place)).toEqual(secret);
  });

  test('asks the store nothing while its key is kept, and again after an hour', async () => {
    const sealer = ringSealer(ports);
    await sealer.seal(secret, place);
    const before = ports.rings.calls();
    ports.clock.advance(hour - 1);
    const sealed = await sealer.seal(secret, place);
    await sealer.open(sealed, place);
    await sealer.digest('123456', place);
    expect(ports.rings.calls()).toBe(before);
    ports.clock.advance(1);
    expect(await sealer.open(await sealer.seal(secret, place), place)).toEqual(secret);
    expect(ports.rings.calls()).toBeGreaterThan(before);
  });

  test('seals with a new key after a month, and still opens what every older one sealed', async () => {
    const sealer = ringSealer(ports);
    const kept: Uint8Array[] = [];
    for (let month = 0; month < 4; month++) {
      kept.push(await sealer.seal(secret, place));
      ports.clock.advance(30 * day);
    }
    expect(kept.map(versionOf)).toEqual([1, 2, 3, 4]);
    for (const sealed of kept) expect(await ringSealer(ports).open(sealed, place)).toEqual(secret);
  });

  test('digests as before after its key was renewed', async () => {
    const digest = await ringSealer(ports).digest('123456', place);
    ports.clock.advance(31 * day);
    const sealer = ringSealer(ports);
    expect(versionOf(await sealer.seal(secret, place))).toBe(2);
    expect(await sealer.digest('123456', place)).toEqual(digest);
  });

  test('opens a value of a key that was added after it last looked', async () => {
    const early = ringSealer(ports);
    await early.seal(secret, place);
    ports.clock.advance(30 * day - 1);
    await early.seal(secret, place);
    ports.clock.advance(1);
    const late = await ringSealer(ports).seal(secret, place);
    expect(versionOf(late)).toBe(2);
    expect(await early.open(late, place)).toEqual(secret);
  });

  test('asks again after the store failed', async () => {
    let isDown = true;
    const rings: RingStore = {
      ...ports.rings,
      newest: () => (isDown ? Promise.reject(new Error('no answer')) : ports.rings.newest()),
    };
    const sealer = ringSealer({ ...ports, rings });
    await expect(sealer.seal(secret, place)).rejects.toThrow('no answer');
    isDown = false;
    expect(await sealer.open(await sealer.seal(secret, place), place)).toEqual(secret);
  });

  test('fails aloud under another master key, instead of taking its values for forged', async () => {
    const sealed = await ringSealer(ports).seal(secret, place);
    const stranger = ringSealer({ ...ports, wrap: masterKeyInMemory() });
    await expect(stranger.open(sealed, place)).rejects.toThrow('another master key');
    await expect(stranger.seal(secret, place)).rejects.toThrow('another master key');
  });
});
