/** Tags of a pool. */
import { tagKeyReserved, tooManyTags } from '../core/contract/errors.ts';

type Tags = Readonly<Record<string, string>>;

const limit = 50;

/** Refuses more tags than a pool may have, and keys that only AWS may set. */
export function requireTags(given: Readonly<Partial<Tags>> = {}): Tags {
  const entries = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  if (entries.length > limit) throw tooManyTags(limit);
  const reserved = entries.find(([key]) => key.toLowerCase().startsWith('aws:'));
  if (reserved) throw tagKeyReserved(reserved[0]);
  return Object.fromEntries(entries);
}
