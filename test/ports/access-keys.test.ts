/** The contract of access keys, kept by the DynamoDB adapter, and what somebody who writes to the table can make of it. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessKeyStore } from '../../lambdas/adapters/dynamodb/access-key-store.ts';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { accessKeyKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import { haveKeys } from '../../lambdas/adapters/local/principals.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import { isAccessKeyId, newAccessKey } from '../../lambdas/core/rules/access-keys.ts';
import { aSealer } from '../support/key-material.ts';
import { testWire } from '../support/table.ts';
import { accessKeyStoreContract } from './access-key-store.contract.ts';

const sealer = aSealer();
/** All principals of a deployment are one list. */
const tableName = `keys-${randomUUID()}`;
const table = dynamodbTable({ wire: testWire(), tableName });
const store = () => accessKeyStore({ table, sealer });

beforeAll(() => createTable(testWire(), tableName));

accessKeyStoreContract('accessKeyStore', store);

const added = async (principal: string = randomUUID()) => {
  const key = newAccessKey(systemRandom, { principal, policies: [], tags: {} }, 1000);
  await store().add(key);
  return key;
};

describe('The row of an access key', () => {
  test('shows neither secret nor rights nor whose it is', async () => {
    const key = await added();
    const row = await table.get(accessKeyKey(key.id));
    expect(Object.keys(row ?? {}).toSorted()).toEqual(['PK', 'SK', 'sec', 'v']);
    expect(Buffer.from(row?.['sec'] as Uint8Array).toString('latin1')).not.toContain(key.secret);
  });

  test('does not open in the place of another, nor changed', async () => {
    const [one, other] = [await added(), await added()];
    const row = await table.get(accessKeyKey(one.id));
    await table.put({ ...row, ...accessKeyKey(other.id) });
    await expect(store().find(other.id)).rejects.toThrow('does not open');
    const sealed = Buffer.from(row?.['sec'] as Uint8Array);
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    await table.put({ ...row, ...accessKeyKey(one.id), sec: sealed });
    await expect(store().find(one.id)).rejects.toThrow('does not open');
    // What this test damaged, others would list.
    await table.removeMany([accessKeyKey(one.id), accessKeyKey(other.id)]);
  });
});

test('Processes that start at once agree on one key for each principal', async () => {
  const ports = { clock: { now: () => 1000 }, random: systemRandom };
  const principals = [{ name: `${randomUUID()}`, policy: { Statement: [] } }];
  const starts = Array.from({ length: 5 }, () => haveKeys({ ...ports, keys: store() }, principals));
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
