/** Rows of signing keys as they stand in tables that were written before keys could be in KMS. */
import { describe, expect, test } from 'vitest';
import { has, isPresent } from '../../lambdas/adapters/dynamodb/expressions.ts';
import { signingKeyKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { testTable } from '../support/table.ts';
import { openDynamodbStores } from './dynamodb-stores.ts';
import { storedPool } from './open-stores.ts';

const aPoolWithKey = async () => {
  const stores = openDynamodbStores();
  const { id } = await storedPool(stores);
  const jwk = { kid: 'one', kty: 'RSA', alg: 'RS256', use: 'sig', n: 'bW9kdWx1cw', e: 'AQAB' } as const;
  const key = { kid: 'one', poolId: id, use: 'id', state: 'active', since: 1000, jwk } as const;
  await stores.signingKeys.addFirst({ ...key, provider: 'sealed', sealedPrivateKey: Uint8Array.of(1, 2, 3) });
  return { id, keys: stores.signingKeys };
};

describe('A row of a signing key', () => {
  test('that does not name its kind is one of a sealed key', async () => {
    const { id, keys } = await aPoolWithKey();
    const [before] = await keys.list(id);
    const row = signingKeyKey(id, 'one');
    const removal = { expression: 'REMOVE #pr', names: { '#pr': 'pr' } };
    expect(await testTable().update(row, removal, isPresent)).not.toHaveProperty('item.pr');
    expect(await keys.list(id)).toEqual([before]);
  });

  test('of a kind that this software does not know is not read as another', async () => {
    const { id, keys } = await aPoolWithKey();
    const change = { expression: 'SET #pr = :pr', names: { '#pr': 'pr' }, values: { ':pr': 'vault' } };
    await testTable().update(signingKeyKey(id, 'one'), change, has('kid', 'one'));
    await expect(keys.list(id)).rejects.toThrow('pr is none of sealed, kms');
  });
});
