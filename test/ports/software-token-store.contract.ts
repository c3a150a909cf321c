/** What every store of authenticator apps promises. */
import { describe, expect, test } from 'vitest';
import { inParallel, type OpenAll, storedPool, storedUser, tally } from './open-stores.ts';

const [one, other] = [Uint8Array.of(1, 1, 1), Uint8Array.of(2, 2, 2)];

export function softwareTokenStoreContract(name: string, open: OpenAll): void {
  async function anOwner() {
    const stores = open();
    const pool = await storedPool(stores);
    return { ...stores, pool, ada: await storedUser(stores, pool, 'Ada') };
  }

  describe(`${name} as a store of authenticator apps`, () => {
    test('keeps a secret that waits, then one that has proven itself, with its name and step', async () => {
      const { softwareTokens, pool, ada } = await anOwner();
      expect(await softwareTokens.find(pool, ada)).toBeUndefined();
      await softwareTokens.propose(pool, ada, one);
      expect(await softwareTokens.find(pool, ada)).toEqual({ pending: one, lastStep: 0 });
      expect(await softwareTokens.prove(pool, ada, { pending: one, step: 7, name: 'phone' })).toBe('proven');
      expect(await softwareTokens.find(pool, ada)).toEqual({ secret: one, name: 'phone', lastStep: 7 });
    });

    test('reads it with the rest of a sign-in', async () => {
      const { softwareTokens, users, pool, ada } = await anOwner();
      await softwareTokens.propose(pool, ada, one);
      expect(await users.signIn(pool, 'Ada')).toMatchObject({ softwareToken: { pending: one } });
    });

    test('lets the proven one be while a newer one waits', async () => {
      const { softwareTokens, pool, ada } = await anOwner();
      await softwareTokens.propose(pool, ada, one);
      await softwareTokens.prove(pool, ada, { pending: one, step: 7, name: 'phone' });
      await softwareTokens.propose(pool, ada, other);
      expect(await softwareTokens.find(pool, ada)).toEqual({ secret: one, pending: other, name: 'phone', lastStep: 7 });
      expect(await softwareTokens.prove(pool, ada, { pending: other, step: 8 })).toBe('proven');
      // The name was that of the former device.
      expect(await softwareTokens.find(pool, ada)).toEqual({ secret: other, lastStep: 8 });
    });

    test('proves none but the one that waits, and it once', async () => {
      const { softwareTokens, pool, ada } = await anOwner();
      expect(await softwareTokens.prove(pool, ada, { pending: one, step: 7 })).toBe('changed');
      await softwareTokens.propose(pool, ada, one);
      await softwareTokens.propose(pool, ada, other);
      expect(await softwareTokens.prove(pool, ada, { pending: one, step: 7 })).toBe('changed');
      const outcomes = await inParallel(10, () => softwareTokens.prove(pool, ada, { pending: other, step: 7 }));
      expect(tally(outcomes)).toEqual({ proven: 1, changed: 9 });
    });

    test('takes the code of a step once, and none of an earlier one after it', async () => {
      const { softwareTokens, pool, ada } = await anOwner();
      await softwareTokens.propose(pool, ada, one);
      await softwareTokens.prove(pool, ada, { pending: one, step: 7 });
      expect(await softwareTokens.take(pool, ada, 7)).toBe('used');
      expect(tally(await inParallel(10, () => softwareTokens.take(pool, ada, 9)))).toEqual({ taken: 1, used: 9 });
      expect(await softwareTokens.take(pool, ada, 8)).toBe('used');
      expect(await softwareTokens.take(pool, ada, 10)).toBe('taken');
    });

    test('proves no newer secret by a step that is taken', async () => {
      const { softwareTokens, pool, ada } = await anOwner();
      await softwareTokens.propose(pool, ada, one);
      await softwareTokens.prove(pool, ada, { pending: one, step: 7 });
      await softwareTokens.propose(pool, ada, other);
      expect(await softwareTokens.prove(pool, ada, { pending: other, step: 7 })).toBe('changed');
    });

    test('is of one user: who has the name later has nothing of it, nor does anybody else', async () => {
      const { softwareTokens, users, pool, ada } = await anOwner();
      await softwareTokens.propose(pool, ada, one);
      await softwareTokens.prove(pool, ada, { pending: one, step: 7 });
      const next = { ...ada, sub: '00000000-0000-4000-8000-000000000000' };
      const [bob, elsewhere] = [{ ...ada, username: 'bob' }, await storedPool({ pools: open().pools })];
      for (const owner of [next, bob]) {
        expect(await softwareTokens.find(pool, owner)).toBeUndefined();
        expect(await softwareTokens.take(pool, owner, 9)).toBe('used');
        await softwareTokens.remove(pool, owner);
      }
      expect(await softwareTokens.find(elsewhere, ada)).toBeUndefined();
      expect(await softwareTokens.find(pool, ada)).toEqual({ secret: one, lastStep: 7 });
      await users.remove(pool, ada);
      expect(await softwareTokens.find(pool, ada)).toBeUndefined();
    });

    test('gives the place to who has the name now', async () => {
      const { softwareTokens, pool, ada } = await anOwner();
      await softwareTokens.propose(pool, ada, one);
      await softwareTokens.prove(pool, ada, { pending: one, step: 7 });
      const next = { ...ada, sub: '00000000-0000-4000-8000-000000000000' };
      await softwareTokens.propose(pool, next, other);
      expect(await softwareTokens.find(pool, next)).toEqual({ pending: other, lastStep: 0 });
      expect(await softwareTokens.find(pool, ada)).toBeUndefined();
    });

    test('forgets it, and takes no code of it then', async () => {
      const { softwareTokens, pool, ada } = await anOwner();
      await softwareTokens.propose(pool, ada, one);
      await softwareTokens.prove(pool, ada, { pending: one, step: 7 });
      await softwareTokens.remove(pool, ada);
      expect(await softwareTokens.find(pool, ada)).toBeUndefined();
      expect(await softwareTokens.take(pool, ada, 9)).toBe('used');
      await softwareTokens.remove(pool, ada);
    });
  });
}
