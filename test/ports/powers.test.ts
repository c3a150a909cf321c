import { afterEach, describe, expect, test } from 'vitest';
import { inlinePowers } from '../../lambdas/adapters/system/inline-powers.ts';
import { type ThreadedPowers, threadedPowers } from '../../lambdas/adapters/system/threaded-powers.ts';
import { powersContract } from './powers.contract.ts';

const opened: ThreadedPowers[] = [];

const open = (threads: number): ThreadedPowers => {
  const powers = threadedPowers(threads);
  opened.push(powers);
  return powers;
};

afterEach(async () => {
  await Promise.all(opened.splice(0).map((powers) => powers.close()));
});

powersContract('inlinePowers', inlinePowers);
powersContract('threadedPowers', () => open(2));

describe('threadedPowers', () => {
  test('rejects what it has not answered when it is closed, and what comes afterwards', async () => {
    const powers = open(1);
    const running = Array.from({ length: 20 }, () => powers.ofGenerator(new Uint8Array(384).fill(255)));
    const outcomes = Promise.allSettled(running);
    await powers.close();
    expect((await outcomes).map(({ status }) => status)).toContain('rejected');
    await expect(powers.ofGenerator(Uint8Array.of(3))).rejects.toThrow('closed');
  });

  test('closes without ever having been asked', async () => {
    await expect(open(2).close()).resolves.toBeUndefined();
  });
});
