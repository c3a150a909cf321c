/** Access keys as rows. All of a key is sealed for its row: who can write to the table gives nobody rights by it. */
import type { AccessKey } from '../../core/model/access-key.ts';
import type { Place } from '../../core/ports/sealer.ts';
import type { SecretSealer } from './client-rows.ts';
import { bytesIn, layout, MalformedItem, requireLayout } from './fields.ts';
import { accessKeyKey, principalKey } from './keys.ts';
import type { Item, Key } from './table.ts';

const newest = 1;

export async function encodeAccessKey(sealer: SecretSealer, key: AccessKey): Promise<Item> {
  const row = accessKeyKey(key.id);
  return { ...row, ...layout(newest), sec: await sealer.seal(Buffer.from(JSON.stringify(key)), placeOf(row)) };
}

export async function decodeAccessKey(sealer: SecretSealer, item: Item): Promise<AccessKey> {
  requireLayout(item, newest);
  const plain = await sealer.open(bytesIn(item, 'sec'), placeOf(item));
  if (!plain) throw new MalformedItem(item, 'it does not open');
  // Only our own sealing opens here, so its members need no second check.
  return JSON.parse(Buffer.from(plain).toString()) as AccessKey;
}

export const encodePrincipal = ({ principal, id }: AccessKey): Item => ({
  ...principalKey(principal),
  ...layout(newest),
  id,
});

/** Keys belong to the deployment, not to a pool. */
const placeOf = ({ PK }: Key): Place => ({ purpose: 'access-key', poolId: '', item: PK });
