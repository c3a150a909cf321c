/** What every store of challenge states promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OpenAll } from './open-stores.ts';

export function challengeStateStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of challenge states`, () => {
    test('finds what was put for a session, in every process', async () => {
      const { challengeStates, nonces, clock } = open();
      const [one, other] = [randomUUID(), randomUUID()];
      const state = new Uint8Array(100 * 1024 + 64).fill(7);
      await challengeStates.put(one, state, clock.now() + 1);
      expect(await open().challengeStates.find(one)).toEqual(state);
      expect(await challengeStates.find(other)).toBeUndefined();
      // The session is still good, and stays findable when it is spent.
      expect(await nonces.consume(one, clock.now() + 1)).toBe('consumed');
      expect(await challengeStates.find(one)).toEqual(state);
    });
  });
}
