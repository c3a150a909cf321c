/** The contracts of policies, principals and keys, kept by the DynamoDB adapter; what writers to the table can make of it. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessStores } from '../../lambdas/adapters/dynamodb/access-stores.ts';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { accessKeyKey, policyKey, principalKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Key } from '../../lambdas/adapters/dynamodb/table.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import { havePrincipals } from '../../lambdas/adapters/local/principals.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { Principal } from '../../lambdas/core/model/principal.ts';
import { isAccessKeyId, newAccessKey } from '../../lambdas/core/rules/access-keys.ts';
import { aSealer } from '../support/key-material.ts';
import { aPrincipal, policy } from '../support/strict-service.ts';
import { testWire } from '../support/table.ts';
import { accessKeyStoreContract } from './access-key-store.contract.ts';
import { policyStoreContract } from './policy-store.contract.ts';
import { principalStoreContract } from './principal-store.contract.ts';

const sealer = aSealer();
/** All principals of a deployment are one list. */
const tableName = `keys-${randomUUID()}`;
const table = dynamodbTable({ wire: testWire(), tableName });
const open = () => accessStores({ table, sealer });

beforeAll(() => createTable(testWire(), tableName));

accessKeyStoreContract('accessStores', open);
principalStoreContract('accessStores', open);
policyStoreContract('accessStores', open);

const added = async (members: Partial<Principal> = {}) => {
  const name = randomUUID();
  const key = newAccessKey(systemRandom, name, 1000);
  await open().principals.add(aPrincipal({ name, ...members }), key);
  return key;
};

/** Changes one bit of what is sealed. */
async function damage(key: Key): Promise<void> {
  const row = await table.get(key);
  const sealed = Buffer.from(row?.['sec'] as Uint8Array);
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  await table.put({ ...row, ...key, sec: sealed });
}

describe('A row', () => {
  test('of a key shows neither secret nor whose it is', async () => {
    const key = await added();
    const row = await table.get(accessKeyKey(key.id));
    expect(Object.keys(row ?? {}).toSorted()).toEqual(['PK', 'SK', 'sec', 'v']);
    expect(Buffer.from(row?.['sec'] as Uint8Array).toString('latin1')).not.toContain(key.secret);
  });

  test('of a principal shows its keys and nothing of its rights', async () => {
    const { principal } = await added({ tags: { team: 'secret-team' } });
    const row = await table.get(principalKey(principal));
    expect(Object.keys(row ?? {}).toSorted()).toEqual(['PK', 'SK', 'ks', 'n', 'sec', 'v']);
    expect(Buffer.from(row?.['sec'] as Uint8Array).toString('latin1')).not.toContain('secret-team');
  });

  test('does not open in the place of another, nor changed: a key', async () => {
    const [one, other] = [await added(), await added()];
    const row = await table.get(accessKeyKey(one.id));
    await table.put({ ...row, ...accessKeyKey(other.id) });
    await expect(open().accessKeys.find(other.id)).rejects.toThrow('does not open');
    await damage(accessKeyKey(one.id));
    await expect(open().accessKeys.find(one.id)).rejects.toThrow('does not open');
    // What this test damaged, others would list.
    await table.removeMany([one, other].flatMap((each) => [accessKeyKey(each.id), principalKey(each.principal)]));
  });

  test('does not open in the place of another, nor changed: a principal', async () => {
    const [one, other] = [await added({ policies: ['MillpondFullAccess'] }), await added()];
    const row = await table.get(principalKey(one.principal));
    await table.put({ ...row, ...principalKey(other.principal) });
    await expect(open().principals.find(other.principal)).rejects.toThrow('does not open');
    await damage(principalKey(one.principal));
    await expect(open().principals.find(one.principal)).rejects.toThrow('does not open');
    await table.removeMany([one, other].flatMap((each) => [accessKeyKey(each.id), principalKey(each.principal)]));
  });

  test('does not open in the place of another, nor changed: a policy', async () => {
    const { policies } = open();
    const [one, other] = [randomUUID(), randomUUID()];
    for (const name of [one, other]) {
      await policies.add({ name, document: policy(), status: 'active', createdAt: 1 });
    }
    const row = await table.get(policyKey(one));
    await table.put({ ...row, ...policyKey(other) });
    await expect(policies.find(other)).rejects.toThrow('does not open');
    await damage(policyKey(one));
    await expect(policies.find(one)).rejects.toThrow('does not open');
    await table.removeMany([policyKey(one), policyKey(other)]);
  });

  test('of one kind does not open as one of another', async () => {
    const { principal } = await added();
    const row = await table.get(principalKey(principal));
    await table.put({ ...row, ...policyKey(principal), v: 1 });
    await expect(open().policies.find(principal)).rejects.toThrow('does not open');
    await table.removeMany([policyKey(principal)]);
  });
});

describe('A row of layout 1', () => {
  /** As it was written then: the key held everything, and the principal led to it. */
  async function oldPrincipal(status: 'active' | 'disabled' = 'active', pointer?: string) {
    const name = pointer ?? randomUUID();
    const { id, secret } = newAccessKey(systemRandom, name, 1000);
    const policies = [policy({ Effect: 'Allow', Action: 'cognito-idp:List*', Resource: '*' })];
    const content = { id, secret, principal: name, policies, tags: { team: 'red' }, status, createdAt: 1000 };
    const place = { purpose: 'access-key', poolId: '', item: accessKeyKey(id).PK } as const;
    const sec = await sealer.seal(Buffer.from(JSON.stringify(content)), place);
    await table.put({ ...accessKeyKey(id), v: 1, sec });
    await table.put({ ...principalKey(name), v: 1, id });
    return { name, id, secret, policies };
  }

  test('is read as the key and the principal that it was', async () => {
    const { name, id, secret, policies } = await oldPrincipal();
    const principal = await open().principals.find(name);
    expect(principal).toEqual(aPrincipal({ name, inline: policies, tags: { team: 'red' }, origin: 'file' }));
    const key = { id, secret, principal: name, status: 'active', createdAt: 1000 };
    expect(await open().accessKeys.find(id)).toEqual(key);
    expect(await open().accessKeys.list(name)).toEqual([key]);
  });

  test('that was disabled is a principal that is', async () => {
    const { name } = await oldPrincipal('disabled');
    expect(await open().principals.find(name)).toMatchObject({ status: 'disabled' });
  });

  test('becomes one of the present layout with the first change, and keeps its key', async () => {
    const { name, id, secret, policies } = await oldPrincipal();
    const { principals, accessKeys } = open();
    const before = (await principals.find(name)) ?? aPrincipal();
    expect(await principals.save(before, { ...before, status: 'disabled' })).toBe('saved');
    expect(await principals.save(before, before)).toBe('lost');
    expect(await principals.find(name)).toMatchObject({ inline: policies, status: 'disabled', version: 1 });
    expect(await accessKeys.find(id)).toMatchObject({ secret, status: 'active' });
    const second = newAccessKey(systemRandom, name, 2000);
    expect(await accessKeys.add(second)).toBe('added');
    expect((await accessKeys.list(name)).map((each) => each.id)).toEqual([id, second.id]);
  });

  test('may be changed by whoever gives it a second key', async () => {
    const { name, id } = await oldPrincipal();
    expect(await open().accessKeys.add(newAccessKey(systemRandom, name, 2000))).toBe('added');
    expect(await open().principals.find(name)).toMatchObject({ tags: { team: 'red' }, version: 1 });
    expect((await open().accessKeys.find(id))?.principal).toBe(name);
  });

  test('goes on working after a start with the same file, and is disabled by one without it', async () => {
    const { name, id, secret } = await oldPrincipal();
    const left = await oldPrincipal();
    const ports = { clock: { now: () => 5000 }, random: systemRandom, ...open() };
    const keys = await havePrincipals(ports, [{ name, policy: policy(), tags: { team: 'blue' } }]);
    expect(keys).toContainEqual({ id, secret, principal: name, status: 'active', createdAt: 1000 });
    expect(await table.get(principalKey(name))).toMatchObject({ v: 2, n: 1, ks: [id] });
    expect(await open().principals.find(name)).toMatchObject({
      inline: [policy()],
      tags: { team: 'blue' },
      version: 1,
    });
    expect(await open().principals.find(left.name)).toMatchObject({ status: 'disabled', version: 1 });
  });

  test('does not make somebody of another name', async () => {
    const { id } = await oldPrincipal();
    const thief = randomUUID();
    await table.put({ ...principalKey(thief), v: 1, id });
    await expect(open().principals.find(thief)).rejects.toThrow('its key is not there');
    await table.removeMany([principalKey(thief)]);
  });
});

test('Processes that start at once agree on one key for each principal', async () => {
  const ports = { clock: { now: () => 1000 }, random: systemRandom };
  const principals = [{ name: `${randomUUID()}`, policy: policy() }];
  const starts = Array.from({ length: 5 }, () => havePrincipals({ ...ports, ...open() }, principals));
  const [first, ...others] = await Promise.all(starts);
  expect(first?.map(({ principal }) => principal)).toEqual(['millpond', principals[0]?.name]);
  for (const other of others) expect(other).toEqual(first);
});

test('An access key has the form that clients know', async () => {
  const { id, secret } = await added();
  expect(isAccessKeyId(id)).toBe(true);
  expect(secret).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect((await added()).id).not.toBe(id);
});
