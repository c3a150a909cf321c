/** How many passkeys a user has, on the user's row: all together, to bound them, and by relying party. */
import type { User } from '../../core/model/user.ts';
import { add, hasRoom } from './expressions.ts';
import { numberIn } from './fields.ts';
import type { Expression, Item } from './table.ts';

const total = 'wc';
const prefix = 'wc:';

/** One passkey more (1) or less (-1), and one write of the user. */
export const countPasskey = (relyingPartyId: string, by: 1 | -1): Expression =>
  add({ n: 1, [total]: by, [prefix + relyingPartyId]: by });

export const hasRoomForPasskey = (most: number): Expression => hasRoom(total, most);

/** Nothing is left of a relying party that has none any more. */
export function passkeyCountsOf({ passkeyCounts = {} }: Pick<User, 'passkeyCounts'>): Readonly<Record<string, number>> {
  const counts = Object.entries(passkeyCounts).filter(([, count]) => count > 0);
  const sum = counts.reduce((before, [, count]) => before + count, 0);
  const byParty = Object.fromEntries(counts.map(([relyingPartyId, count]) => [prefix + relyingPartyId, count]));
  return sum === 0 ? {} : { [total]: sum, ...byParty };
}

export function passkeyCountsIn(item: Item): User['passkeyCounts'] {
  const names = Object.keys(item).filter((name) => name.startsWith(prefix));
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name.slice(prefix.length), numberIn(item, name)]));
}
