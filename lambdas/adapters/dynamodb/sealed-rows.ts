/** Rows whose content is sealed as one value for their place: who can write to the table gives nobody rights by it. */
import type { Place, Purpose } from '../../core/ports/sealer.ts';
import type { SecretSealer } from './client-rows.ts';
import { bytesIn, MalformedItem } from './fields.ts';
import type { Item, Key } from './table.ts';

export type SealedPurpose = Extract<Purpose, 'access-key' | 'principal' | 'policy'>;

/** Members that are `undefined` are left out. */
export const sealContent = (
  sealer: SecretSealer,
  purpose: SealedPurpose,
  key: Key,
  content: object,
): Promise<Uint8Array> => sealer.seal(Buffer.from(JSON.stringify(content)), placeOf(purpose, key));

export async function openContent(sealer: SecretSealer, purpose: SealedPurpose, item: Item): Promise<unknown> {
  const plain = await sealer.open(bytesIn(item, 'sec'), placeOf(purpose, item));
  if (!plain) throw new MalformedItem(item, 'it does not open');
  return JSON.parse(Buffer.from(plain).toString());
}

/** They belong to the deployment, not to a pool. Access keys have partitions of their own, the others share one. */
const placeOf = (purpose: SealedPurpose, { PK, SK }: Key): Place => ({
  purpose,
  poolId: '',
  item: purpose === 'access-key' ? PK : `${PK} ${SK}`,
});
