/** What every store of principals promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import { newAccessKey } from '../../lambdas/core/rules/access-keys.ts';
import { aPrincipal, policy } from '../support/strict-service.ts';
import type { OpenAccess } from './access-stores.ts';
import { inParallel, tally } from './open-stores.ts';

export function principalStoreContract(name: string, open: OpenAccess): void {
  const added = async (members: Parameters<typeof aPrincipal>[0] = {}) => {
    const { principals } = open();
    const principal = aPrincipal({ name: randomUUID(), ...members });
    expect(await principals.add(principal)).toBe('added');
    return { principals, principal: { ...principal, version: 1 } };
  };

  const aPolicyName = async () => {
    const named = { name: randomUUID(), document: policy(), status: 'active', createdAt: 1 } as const;
    await open().policies.add(named);
    return named.name;
  };

  describe(`${name} as a store of principals`, () => {
    test('gives back a principal as it was added, in every process', async () => {
      const { principal } = await added({
        arn: 'arn:aws:iam::111122223333:role/*',
        inline: [policy({ Effect: 'Deny', Action: '*', Resource: '*' })],
        tags: { team: 'ädä' },
        policies: ['MillpondFullAccess'],
      });
      expect(await open().principals.find(principal.name)).toEqual(principal);
      expect(await open().principals.find(randomUUID())).toBeUndefined();
    });

    test('gives a name to one of many who want it at once, and its key with it', async () => {
      const wanted = randomUUID();
      const keys = Array.from({ length: 8 }, () => newAccessKey(systemRandom, wanted, 1000));
      const outcomes = await inParallel(8, (at) => open().principals.add(aPrincipal({ name: wanted }), keys[at]));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 7 });
      expect(await open().accessKeys.list(wanted)).toEqual([keys[outcomes.indexOf('added')]]);
    });

    test('changes one as it was read, and tells who comes too late', async () => {
      const { principals, principal } = await added();
      const outcomes = await inParallel(5, (at) =>
        open().principals.save(principal, { ...principal, status: 'disabled', tags: { at: String(at) } }),
      );
      expect(tally(outcomes)).toEqual({ saved: 1, lost: 4 });
      const after = await principals.find(principal.name);
      expect(after).toEqual({
        ...principal,
        status: 'disabled',
        tags: { at: String(outcomes.indexOf('saved')) },
        version: 2,
      });
      expect(await principals.save(aPrincipal({ name: randomUUID() }), principal)).toBe('lost');
    });

    test('keeps name, pattern and creation whatever a change says', async () => {
      const { principals, principal } = await added({ arn: 'arn:aws:iam::111122223333:role/a' });
      const wild = { ...principal, name: 'other', arn: 'arn:*:*:*:*:*', createdAt: 7, tags: { a: 'b' } };
      expect(await principals.save(principal, wild)).toBe('saved');
      expect(await principals.find(principal.name)).toEqual({ ...principal, tags: { a: 'b' }, version: 2 });
    });

    test('names no policy that is not there', async () => {
      const { principals, principal } = await added();
      const missing = [randomUUID()];
      expect(await principals.add(aPrincipal({ name: randomUUID(), policies: missing }))).toBe('unknown');
      expect(await principals.save(principal, { ...principal, policies: missing })).toBe('unknown');
      const policies = [await aPolicyName(), 'MillpondReadOnlyAccess'];
      expect(await principals.save(principal, { ...principal, policies })).toBe('saved');
      expect(await principals.find(principal.name)).toMatchObject({ policies });
    });

    test('keeps the keys of one that is changed, and removes them with it', async () => {
      const { principals, principal } = await added();
      const { accessKeys } = open();
      const key = newAccessKey(systemRandom, principal.name, 1000);
      await accessKeys.add(key);
      const withKey = await principals.find(principal.name);
      expect(await principals.remove(principal)).toBe('lost');
      await principals.save(withKey ?? principal, { ...principal, status: 'disabled' });
      expect(await accessKeys.list(principal.name)).toEqual([key]);
      expect(await principals.remove((await principals.find(principal.name)) ?? principal)).toBe('removed');
      expect(await accessKeys.find(key.id)).toBeUndefined();
      expect(await principals.find(principal.name)).toBeUndefined();
      expect(await accessKeys.add(newAccessKey(systemRandom, principal.name, 1000))).toBe('unknown');
    });

    test('lists all of them by name', async () => {
      const group = randomUUID();
      const names = Array.from({ length: 60 }, (_, index) => `${group} ${String(index).padStart(3, '0')}`);
      await Promise.all(names.toReversed().map((each) => open().principals.add(aPrincipal({ name: each }))));
      const found = (await open().principals.list()).map((each) => each.name).filter((each) => each.startsWith(group));
      expect(found).toEqual(names);
    });
  });
}
