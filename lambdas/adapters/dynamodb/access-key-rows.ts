/** Access keys as rows. All of a key is sealed but the day of its last use, which gives nobody any rights. */
import { isObject } from '../../core/contract/is-object.ts';
import type { AccessKey } from '../../core/model/access-key.ts';
import type { PolicyDocument } from '../../core/model/policy.ts';
import type { SecretSealer } from './client-rows.ts';
import { findText, layout, MalformedItem, numberIn, present, requireLayout } from './fields.ts';
import { accessKeyKey } from './keys.ts';
import { openContent, sealContent } from './sealed-rows.ts';
import type { Item } from './table.ts';

const newest = 2;

export async function encodeAccessKey(sealer: SecretSealer, key: AccessKey): Promise<Item> {
  const { lastUsedOn, ...content } = key;
  const row = accessKeyKey(key.id);
  const sec = await sealContent(sealer, 'access-key', row, content);
  return present({ ...row, ...layout(newest), sec, lu: lastUsedOn });
}

export async function decodeAccessKey(sealer: SecretSealer, item: Item): Promise<AccessKey> {
  requireLayout(item, newest);
  const content = await openContent(sealer, 'access-key', item);
  const lastUsedOn = findText(item, 'lu');
  const used = lastUsedOn === undefined ? {} : { lastUsedOn };
  if (numberIn(item, 'v') > 1) return { ...(content as AccessKey), ...used }; // Only our own sealing opens here.
  const { id, secret, principal, createdAt } = requireOld(item, content);
  // In this layout the status was that of the one who has the key.
  return { id, secret, principal, createdAt, status: 'active', ...used };
}

/** What a key was in layout 1: the one key of somebody, with all that is said of them. */
export interface OldAccessKey extends AccessKey {
  readonly policies: readonly PolicyDocument[];
  readonly tags: Readonly<Record<string, string>>;
}

export async function findOldAccessKey(sealer: SecretSealer, item: Item): Promise<OldAccessKey | undefined> {
  if (numberIn(item, 'v') > 1) return undefined;
  return requireOld(item, await openContent(sealer, 'access-key', item));
}

/** The number of a layout is not sealed: called older than it is, a key that was disabled would be good again. */
function requireOld(item: Item, content: unknown): OldAccessKey {
  if (!isObject(content) || !Object.hasOwn(content, 'policies')) throw new MalformedItem(item, 'its layout is another');
  // Only our own sealing opens here, so the other members need no check.
  return content as unknown as OldAccessKey;
}
