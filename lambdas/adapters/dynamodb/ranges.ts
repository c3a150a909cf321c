/** Conditions on sort keys, as a query states them. */
import type { Query } from './table.ts';

interface KeyCondition {
  readonly expression: string;
  readonly values: Readonly<Record<string, string>>;
}

/** `undefined`: no key can fulfil it. `partition` and `sort` are names of attributes. */
export function keyCondition(
  names: { readonly partition: string; readonly sort: string },
  { partition, sort }: Pick<Query, 'partition' | 'sort'>,
): KeyCondition | undefined {
  const whole = { expression: `${names.partition} = :partition`, values: { ':partition': partition } };
  if (sort === undefined) return whole;
  if ('equals' in sort) return also(whole, `${names.sort} = :from`, { ':from': sort.equals });
  const { from, to } = 'prefix' in sort ? { from: sort.prefix, to: lastWithPrefix(sort.prefix) } : sort;
  // An empty text is not a key, not even to compare with.
  if (to === '' || Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0) return undefined;
  if (from === '') return also(whole, `${names.sort} <= :to`, { ':to': to });
  return also(whole, `${names.sort} BETWEEN :from AND :to`, { ':from': from, ':to': to });
}

const also = (whole: KeyCondition, expression: string, values: KeyCondition['values']): KeyCondition => ({
  expression: `${whole.expression} AND ${expression}`,
  values: { ...whole.values, ...values },
});

const longestSortKey = 1024;
const lastCharacter = '\u{10FFFF}';

/**
 * The highest key that starts so. Keys compare by the bytes of their UTF-8, in which U+10FFFF is the highest character;
 * one alone would leave out keys that continue with it, so it fills up what a key can hold.
 */
function lastWithPrefix(prefix: string): string {
  const room = Math.max(0, longestSortKey - Buffer.byteLength(prefix));
  return prefix + lastCharacter.repeat(Math.floor(room / 4));
}
