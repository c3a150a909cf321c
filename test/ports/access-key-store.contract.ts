/** What every access-key store promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { AccessKey } from '../../lambdas/core/model/access-key.ts';
import { newAccessKey } from '../../lambdas/core/rules/access-keys.ts';
import { aPrincipal } from '../support/strict-service.ts';
import type { OpenAccess } from './access-stores.ts';
import { inParallel, tally } from './open-stores.ts';

const aKey = (principal: string, members: Partial<AccessKey> = {}): AccessKey => ({
  ...newAccessKey(systemRandom, principal, 1000),
  ...members,
});

/** `open` answers the stores of one more process on the same table. */
export function accessKeyStoreContract(name: string, open: OpenAccess): void {
  async function given() {
    const principal = randomUUID();
    await open().principals.add(aPrincipal({ name: principal }));
    return { principal, keys: open().accessKeys };
  }

  describe(`${name} as an access-key store`, () => {
    test('gives back a key as it was added, in every process', async () => {
      const { principal, keys } = await given();
      const key = aKey(principal);
      expect(await keys.add(key)).toBe('added');
      expect(await open().accessKeys.find(key.id)).toEqual(key);
      expect(await keys.find('AKIAAAAAAAAAAAAAAAAA')).toBeUndefined();
    });

    test('gives a principal two keys, however many come at once', async () => {
      const { principal, keys } = await given();
      const many = Array.from({ length: 6 }, () => aKey(principal));
      const outcomes = await inParallel(6, (index) => open().accessKeys.add(many[index] as AccessKey));
      expect(tally(outcomes)).toEqual({ added: 2, full: 4 });
      const added = many.filter((_, index) => outcomes[index] === 'added').map(({ id }) => id);
      expect((await keys.list(principal)).map(({ id }) => id)).toEqual(added.toSorted());
    });

    test('takes no id that there is, and no key of nobody', async () => {
      const [one, other] = [await given(), await given()];
      const key = aKey(one.principal);
      await one.keys.add(key);
      expect(await other.keys.add(aKey(other.principal, { id: key.id }))).toBe('taken');
      expect(await other.keys.list(other.principal)).toEqual([]);
      expect(await one.keys.find(key.id)).toEqual(key);
      expect(await one.keys.add(aKey(randomUUID()))).toBe('unknown');
    });

    test('changes the status', async () => {
      const { principal, keys } = await given();
      const key = aKey(principal);
      await keys.add(key);
      const changed: AccessKey = { ...key, status: 'disabled' };
      expect(await keys.save(changed)).toBe('saved');
      expect(await open().accessKeys.find(key.id)).toEqual(changed);
      expect(await keys.save(aKey(principal))).toBe('gone');
    });

    test('notes the last day of a use, and no earlier one', async () => {
      const { principal, keys } = await given();
      const key = aKey(principal);
      await keys.add(key);
      for (const day of ['2026-09-02', '2026-09-01', '2026-09-02']) await keys.used(key.id, day);
      expect(await keys.find(key.id)).toEqual({ ...key, lastUsedOn: '2026-09-02' });
      await keys.save({ ...key, status: 'disabled' });
      expect(await keys.find(key.id)).toEqual({ ...key, status: 'disabled', lastUsedOn: '2026-09-02' });
      await keys.used('AKIAAAAAAAAAAAAAAAAA', '2026-09-02');
      expect(await keys.find('AKIAAAAAAAAAAAAAAAAA')).toBeUndefined();
    });

    test('removes a key, after which there is place for another one', async () => {
      const { principal, keys } = await given();
      const [one, two, three] = [aKey(principal), aKey(principal), aKey(principal)] as const;
      await keys.add(one);
      await keys.add(two);
      const outcomes = await inParallel(3, () => open().accessKeys.remove(one));
      expect(tally(outcomes)).toEqual({ removed: 1, gone: 2 });
      expect(await keys.find(one.id)).toBeUndefined();
      expect(await keys.add(three)).toBe('added');
      expect((await keys.list(principal)).map(({ id }) => id)).toEqual([two.id, three.id].toSorted());
    });

    test('lists all keys by name of their principals, however many', async () => {
      const { accessKeys, principals } = open();
      const group = randomUUID();
      const names = Array.from({ length: 130 }, (_, index) => `${group} ${String(index).padStart(3, '0')}`);
      const keys = names.map((each) => aKey(each));
      await Promise.all(keys.map((key) => principals.add(aPrincipal({ name: key.principal }), key)));
      const found = (await accessKeys.list()).filter(({ principal }) => principal.startsWith(group));
      expect(found).toEqual(keys);
      expect(await accessKeys.list(randomUUID())).toEqual([]);
    });
  });
}
