/** Tags of a pool: which it may have, and how requests change them. */
import { type Refusal, tagKeyReserved, tooManyFor } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { quotaOf } from '../core/rules/quotas.ts';

type Tags = Pool['tags'];
type Given = Readonly<Partial<Tags>>;

/** Refuses more tags than a pool may have, in the words of the operation, and keys that only AWS may set. */
export function requireTags(
  ports: Pick<Ports, 'settings'>,
  given: Given = {},
  tooMany: (what: string, most: number) => Refusal = tooManyFor,
): Tags {
  const entries = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const most = quotaOf(ports, 'tagsPerPool');
  if (entries.length > most) throw tooMany('tags of a user pool', most);
  const reserved = entries.find(([key]) => key.toLowerCase().startsWith('aws:'));
  if (reserved) throw tagKeyReserved(reserved[0]);
  return Object.fromEntries(entries);
}

export const withTags = (tags: Tags, given: Given): Given => ({ ...tags, ...given });

export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key)));
}
