/** What every store of policies promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../lambdas/core/model/policy.ts';
import { aPrincipal, policy } from '../support/strict-service.ts';
import type { OpenAccess } from './access-stores.ts';
import { inParallel, tally } from './open-stores.ts';

const aPolicy = (members: Partial<Policy> = {}): Policy => ({
  name: randomUUID(),
  document: policy({ Effect: 'Allow', Action: 'cognito-idp:List*', Resource: '*', Sid: 'ädä' }),
  status: 'active',
  createdAt: 1000,
  ...members,
});

export function policyStoreContract(name: string, open: OpenAccess): void {
  describe(`${name} as a store of policies`, () => {
    test('gives back a policy as it was added, and gives its name away once', async () => {
      const one = aPolicy();
      const outcomes = await inParallel(8, () => open().policies.add(one));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 7 });
      expect(await open().policies.find(one.name)).toEqual(one);
      expect(await open().policies.find(randomUUID())).toBeUndefined();
    });

    test('changes the status', async () => {
      const { policies } = open();
      const one = aPolicy();
      await policies.add(one);
      expect(await policies.save({ ...one, status: 'disabled' })).toBe('saved');
      expect(await open().policies.find(one.name)).toEqual({ ...one, status: 'disabled' });
      expect(await policies.save(aPolicy())).toBe('gone');
    });

    test('changes one that is built in, which has no row before', async () => {
      const { policies } = open();
      const builtIn = aPolicy({ name: 'MillpondReadOnlyAccess', status: 'disabled' });
      expect(await policies.save(builtIn)).toBe('saved');
      expect(await policies.find(builtIn.name)).toEqual(builtIn);
    });

    test('removes none that a principal names', async () => {
      const { policies, principals } = open();
      const one = aPolicy();
      await policies.add(one);
      const principal = aPrincipal({ name: randomUUID(), policies: [one.name] });
      await principals.add(principal);
      expect(await policies.remove(one.name)).toBe('attached');
      await principals.save({ ...principal, version: 1 }, { ...principal, policies: [] });
      expect(await policies.remove(one.name)).toBe('removed');
      expect(await policies.remove(one.name)).toBe('gone');
    });

    test('is either named or removed where both are wanted at once', async () => {
      for (let round = 0; round < 10; round++) {
        const one = aPolicy();
        await open().policies.add(one);
        const principal = aPrincipal({ name: randomUUID(), policies: [one.name] });
        const [named, removed] = await Promise.all([
          open().principals.add(principal),
          open().policies.remove(one.name),
        ]);
        expect([`${named} ${removed}`]).toEqual([expect.stringMatching(/^(added attached|unknown removed)$/)]);
        expect((await open().policies.find(one.name)) !== undefined).toBe(named === 'added');
      }
    });

    test('lists all of them by name', async () => {
      const group = randomUUID();
      const all = Array.from({ length: 30 }, (_, index) =>
        aPolicy({ name: `${group}${String(index).padStart(2, '0')}` }),
      );
      await Promise.all(all.toReversed().map((each) => open().policies.add(each)));
      const found = (await open().policies.list()).filter((each) => each.name.startsWith(group));
      expect(found).toEqual(all);
    });
  });
}
