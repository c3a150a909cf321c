/** What every access-key store promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { AccessKey } from '../../lambdas/core/model/access-key.ts';
import type { AccessKeyStore } from '../../lambdas/core/ports/access-key-store.ts';
import { newAccessKey } from '../../lambdas/core/rules/access-keys.ts';
import { inParallel, tally } from './open-stores.ts';

const aKey = (members: Partial<AccessKey> = {}): AccessKey => ({
  ...newAccessKey(
    systemRandom,
    { principal: randomUUID(), policies: [{ Statement: [] }], tags: { team: 'ädä' } },
    1000,
  ),
  ...members,
});

/** `open` answers the store of one more process on the same table. */
export function accessKeyStoreContract(name: string, open: () => AccessKeyStore): void {
  describe(`${name} as an access-key store`, () => {
    test('gives back a key as it was added, in every process', async () => {
      const key = aKey();
      expect(await open().add(key)).toBe('added');
      expect(await open().find(key.id)).toEqual(key);
      expect(await open().find('AKIAAAAAAAAAAAAAAAAA')).toBeUndefined();
    });

    test('gives a principal one key, however many come at once', async () => {
      const principal = randomUUID();
      const store = open();
      const keys = Array.from({ length: 10 }, () => aKey({ principal }));
      const outcomes = await inParallel(10, (index) => store.add(keys[index] as AccessKey));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 9 });
      const found = (await store.list()).filter((key) => key.principal === principal);
      expect(found).toEqual([keys[outcomes.indexOf('added')]]);
    });

    test('takes no id that another principal has', async () => {
      const store = open();
      const key = aKey();
      await store.add(key);
      expect(await store.add(aKey({ id: key.id }))).toBe('taken');
      expect(await store.find(key.id)).toEqual(key);
    });

    test('changes everything but id and principal', async () => {
      const store = open();
      const key = aKey();
      await store.add(key);
      const changed: AccessKey = { ...key, status: 'disabled', policies: [], tags: {} };
      expect(await store.save(changed)).toBe('saved');
      expect(await open().find(key.id)).toEqual(changed);
      expect(await store.save(aKey())).toBe('gone');
    });

    test('lists all keys by name of their principals, however many', async () => {
      const store = open();
      const group = randomUUID();
      const keys = Array.from({ length: 130 }, (_, index) =>
        aKey({ principal: `${group} ${String(index).padStart(3, '0')}` }),
      );
      await Promise.all(keys.map((key) => store.add(key)));
      const found = (await store.list()).filter(({ principal }) => principal.startsWith(group));
      expect(found).toEqual(keys);
    });
  });
}
