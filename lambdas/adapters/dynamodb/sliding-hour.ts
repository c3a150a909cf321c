/** Counts events of the last hour in a row, exactly, however many arrive side by side. */
import { assign, has, increase, lacks, together } from './expressions.ts';
import { findNumber, layout, numbersIn, seconds } from './fields.ts';
import { ttlAttribute } from './keys.ts';
import type { Expression, Item, Key, Table } from './table.ts';

const newest = 1;
const hour = 3_600_000;
/** Longer than any code lives that shares its row with the count, and than the hour itself. */
const keptFor = 48 * hour;
/** Each round that is lost is one that somebody else has won. */
const rounds = 20;

/** The row once the event is counted, or `spent` when as many as the limit were within the last hour. */
export async function countWithinHour(
  table: Table,
  key: Key,
  { limit, now }: { readonly limit: number; readonly now: number },
): Promise<Item | 'spent'> {
  const appended = await table.update(key, append(now), hasRoom(limit));
  if ('item' in appended) return appended.item;
  let { current } = appended;
  for (let round = 0; round < rounds; round++) {
    const recent = current ? numbersIn(current, 'g').filter((at) => at > now - hour) : [];
    if (recent.length >= limit) return 'spent';
    const replaced = await table.update(key, replace([...recent, now], now), isUnchanged(current));
    if ('item' in replaced) return replaced.item;
    current = replaced.current;
  }
  // Whoever crowds a counter so is not a person with a code in hand.
  return 'spent';
}

/** `g` holds the moments, `gn` counts the changes of that list. */
const append = (now: number): Expression => ({
  expression: 'SET #g = list_append(if_not_exists(#g, :none), :event), #v = :v, #ttl = :ttl ADD #gn :one',
  names: { '#g': 'g', '#v': 'v', '#ttl': ttlAttribute, '#gn': 'gn' },
  values: { ':none': [], ':event': [now], ':v': newest, ':ttl': seconds(now + keptFor), ':one': 1 },
});

const replace = (times: readonly number[], now: number): Expression =>
  together(assign({ ...layout(newest), g: times, [ttlAttribute]: seconds(now + keptFor) }), increase('gn', 1));

const hasRoom = (limit: number): Expression => ({
  expression: 'attribute_not_exists(#if_g) OR size(#if_g) < :if_g',
  names: { '#if_g': 'g' },
  values: { ':if_g': limit },
});

/** A list that was changed since it was read is not replaced. */
function isUnchanged(current: Item | undefined): Expression {
  const changes = current && findNumber(current, 'gn');
  return changes === undefined ? lacks('gn') : has('gn', changes);
}
