/** What every nonce store promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { inParallel, type OpenAll, tally } from './open-stores.ts';

export function nonceStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a nonce store`, () => {
    test('lets a nonce be consumed once, however many ask at once', async () => {
      const { nonces, clock } = open();
      const nonce = randomUUID();
      const outcomes = await inParallel(50, () => nonces.consume(nonce, clock.now() + 180_000));
      expect(tally(outcomes)).toEqual({ consumed: 1, used: 49 });
    });

    test('tells nonces apart, and knows them in every process', async () => {
      const { nonces, clock } = open();
      const [one, other] = [randomUUID(), randomUUID()];
      expect(await nonces.consume(one, clock.now() + 1)).toBe('consumed');
      expect(await nonces.consume(other, clock.now() + 1)).toBe('consumed');
      expect(await open().nonces.consume(one, clock.now() + 1)).toBe('used');
    });
  });
}
