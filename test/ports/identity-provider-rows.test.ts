/** Identity providers as they stand in the table: what is said of one opens in its own row alone. */
import { describe, expect, test } from 'vitest';
import { providerKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { testTable } from '../support/table.ts';
import { openDynamodbStores } from './dynamodb-stores.ts';
import { storedPool } from './open-stores.ts';

const details = {
  client_id: 'shop',
  client_secret: 'what only the shop knows',
  private_key: 'what only Apple may see',
  oidc_issuer: 'https://idp.example.com',
};

async function twoProviders() {
  const stores = openDynamodbStores();
  const { id: poolId } = await storedPool(stores);
  const members = { poolId, type: 'OIDC', details, mapping: {}, identifiers: [], createdAt: 1, modifiedAt: 1 } as const;
  for (const name of ['One', 'Two']) await stores.identityProviders.add({ ...members, name, version: 0 }, 300);
  const row = await testTable().get(providerKey(poolId, 'One'), { consistent: true });
  if (!row) throw new Error('there is no row');
  return { stores, poolId, row };
}

describe('A row of an identity provider', () => {
  test('shows neither secrets nor where people are sent', async () => {
    const { row } = await twoProviders();
    const shown = Object.values(row).map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value),
    );
    for (const text of Object.values(details)) expect(shown.join()).not.toContain(text);
  });

  test('does not open in the place of another, in its own pool or elsewhere', async () => {
    const { stores, poolId, row } = await twoProviders();
    for (const nm of ['Two', 'One']) {
      await testTable().put({ ...row, ...providerKey(poolId, 'Two'), nm });
      await expect(stores.identityProviders.find(poolId, 'Two')).rejects.toThrow('its details do not open');
    }
    const { id: other } = await storedPool(stores);
    await testTable().put({ ...row, ...providerKey(other, 'One'), p: other });
    await expect(stores.identityProviders.find(other, 'One')).rejects.toThrow('its details do not open');
  });

  test('is not read when it is of a later layout or of no known type', async () => {
    const { stores, poolId, row } = await twoProviders();
    const reading = () => stores.identityProviders.find(poolId, 'One');
    await testTable().put({ ...row, ty: 'LDAP' });
    await expect(reading()).rejects.toThrow('ty is not a type');
    await testTable().put({ ...row, v: 2 });
    await expect(reading()).rejects.toThrow('layout 2 is newer than 1');
  });
});
