/** What every signing-key store promises. */
import { describe, expect, test } from 'vitest';
import type { SigningKey } from '../../lambdas/core/model/signing-key.ts';
import { inParallel, newPool, type OpenAll, storedPool, tally } from './open-stores.ts';

const aKey = (poolId: string, kid: string, members: Partial<Pick<SigningKey, 'use' | 'state'>> = {}): SigningKey => ({
  kid,
  poolId,
  use: 'id',
  state: 'active',
  since: 1000,
  jwk: { kid, kty: 'RSA', alg: 'RS256', use: 'sig', n: 'bW9kdWx1cw', e: 'AQAB' },
  provider: 'sealed',
  sealedPrivateKey: Uint8Array.from([1, 2, 3]),
  ...members,
});

const aKmsKey = (poolId: string, kid: string): SigningKey => {
  const { use, since, jwk } = aKey(poolId, kid);
  const ref = 'arn:aws:kms:eu-west-1:123456789012:key/1b2c';
  return { kid, poolId, use, state: 'next', since, jwk, provider: 'kms', ref };
};

const byKid = (one: SigningKey, other: SigningKey): number => (one.kid < other.kid ? -1 : 1);

export function signingKeyStoreContract(name: string, open: OpenAll): void {
  const aPool = async () => {
    const stores = open();
    const { id } = await storedPool(stores);
    const states = async () =>
      Object.fromEntries((await stores.signingKeys.list(id)).map(({ kid, state, since }) => [kid, [state, since]]));
    return { ...stores, keys: stores.signingKeys, id, states };
  };

  describe(`${name} as a signing-key store`, () => {
    test('gives back keys as they were added, of this pool alone', async () => {
      const { keys, id } = await aPool();
      const { id: other } = await storedPool(open());
      const added = [aKey(id, 'a/+='), aKey(id, 'b', { use: 'access', state: 'next' }), aKmsKey(id, 'c')] as const;
      await keys.addFirst(added[0]);
      expect(await keys.add(added[1])).toBe('added');
      expect(await keys.add(added[2])).toBe('added');
      await keys.addFirst(aKey(other, 'c'));
      expect((await keys.list(id)).toSorted(byKid)).toEqual(added);
    });

    test('takes one first key for each use, however many come at once', async () => {
      const { keys, id } = await aPool();
      const outcomes = await inParallel(20, (index) => keys.addFirst(aKey(id, `kid ${index}`)));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 19 });
      expect(await keys.addFirst(aKey(id, 'other use', { use: 'access' }))).toBe('added');
      const kids = (await keys.list(id)).map(({ kid }) => kid);
      expect(kids.toSorted()).toEqual([`kid ${outcomes.indexOf('added')}`, 'other use']);
    });

    test('adds a key once, however many instances make the same one', async () => {
      const { keys, id } = await aPool();
      expect(tally(await inParallel(10, () => keys.add(aKmsKey(id, 'one'))))).toEqual({ added: 1, taken: 9 });
      expect(await keys.list(id)).toEqual([aKmsKey(id, 'one')]);
    });

    test('moves keys to new states together', async () => {
      const { keys, id, states } = await aPool();
      await keys.addFirst(aKey(id, 'one'));
      await keys.add(aKey(id, 'two', { state: 'next' }));
      const changes = [
        { kid: 'one', from: 'active', to: 'retired', at: 2000 },
        { kid: 'two', from: 'next', to: 'active', at: 2000 },
      ] as const;
      expect(await keys.rotate(id, 'id', changes)).toBe('rotated');
      expect(await states()).toEqual({ one: ['retired', 2000], two: ['active', 2000] });
      expect(await keys.rotate(id, 'id', changes)).toBe('changed');
    });

    test('lets one of several rotations at once happen, and all of it', async () => {
      const { keys, id, states } = await aPool();
      await keys.addFirst(aKey(id, 'one'));
      const successors = Array.from({ length: 10 }, (_, index) => `next ${index}`);
      for (const kid of successors) await keys.add(aKey(id, kid, { state: 'next' }));
      const outcomes = await Promise.all(
        successors.map((kid) =>
          keys.rotate(id, 'id', [
            { kid: 'one', from: 'active', to: 'retired', at: 2000 },
            { kid, from: 'next', to: 'active', at: 2000 },
          ]),
        ),
      );
      expect(tally(outcomes)).toEqual({ rotated: 1, changed: 9 });
      const active = Object.entries(await states()).filter(([, [state]]) => state === 'active');
      expect(active.map(([kid]) => kid)).toEqual([successors[outcomes.indexOf('rotated')]]);
    });

    test('does not move a key of the other use', async () => {
      const { keys, id, states } = await aPool();
      await keys.addFirst(aKey(id, 'one', { use: 'access' }));
      const change = { kid: 'one', from: 'active', to: 'retired', at: 2000 } as const;
      expect(await keys.rotate(id, 'id', [change])).toBe('changed');
      expect(await states()).toEqual({ one: ['active', 1000] });
    });

    test('takes no other first key after the first one was rotated out', async () => {
      const { keys, id } = await aPool();
      await keys.addFirst(aKey(id, 'one'));
      await keys.add(aKey(id, 'two', { state: 'next' }));
      await keys.rotate(id, 'id', [
        { kid: 'one', from: 'active', to: 'retired', at: 2000 },
        { kid: 'two', from: 'next', to: 'active', at: 2000 },
      ]);
      await keys.remove(id, 'one');
      expect(await keys.addFirst(aKey(id, 'three'))).toBe('taken');
    });

    test('removes a retired key, also one that is not there', async () => {
      const { keys, id } = await aPool();
      await keys.add(aKey(id, 'one', { state: 'retired' }));
      await keys.remove(id, 'one');
      await keys.remove(id, 'one');
      expect(await keys.list(id)).toEqual([]);
    });

    test('does not remove a key that is in use again', async () => {
      const { keys, id, states } = await aPool();
      await keys.add(aKey(id, 'one', { state: 'retired' }));
      await keys.rotate(id, 'id', [{ kid: 'one', from: 'retired', to: 'next', at: 2000 }]);
      await keys.remove(id, 'one');
      expect(await states()).toEqual({ one: ['next', 2000] });
    });

    test('adds no key to a pool that is not there', async () => {
      const { signingKeys } = open();
      const { id } = newPool();
      await expect(signingKeys.addFirst(aKey(id, 'one'))).rejects.toThrow(id);
      await expect(signingKeys.add(aKey(id, 'one'))).rejects.toThrow(id);
      expect(await signingKeys.list(id)).toEqual([]);
    });
  });
}
