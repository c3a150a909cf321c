/** Counts requests for many instances at once: in a row for each second, which expires. */
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Counted, RateLimits } from '../../core/ports/rate-limits.ts';
import { assign, hasRoom, increase, together } from './expressions.ts';
import { layout, seconds } from './fields.ts';
import { rateKey, ttlAttribute } from './keys.ts';
import type { Expression, Key, Table } from './table.ts';

const newest = 1;
/** DynamoDB writes one row a thousand times in a second, and a refused write counts as one. */
const mostInRow = 500;
/** For as long (ms) as nobody's clock can be behind by. */
const keptFor = 60_000;

export interface RateCountersOptions {
  readonly table: Table;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
}

export function rateCounters({ table, clock, random }: RateCountersOptions): RateLimits {
  const spent = spentInSecond();

  return {
    async take(counted) {
      const now = clock.now();
      const second = Math.floor(now / 1000);
      for (const { share, most } of sharesOf(counted, random)) {
        const key = rateKey(counted.place, counted.of, second, share);
        if (spent.includes(key, second)) continue;
        if ('item' in (await table.update(key, countOne(now), hasRoom('n', most)))) return 'taken';
        spent.note(key, second);
      }
      return 'spent';
    },
  };
}

interface Share {
  readonly share: number;
  readonly most: number;
}

/** High rates are spread over several rows, which together hold exactly as many. A drawn one comes first. */
function sharesOf({ rate }: Counted, random: Pick<Random, 'bytes'>): readonly Share[] {
  const rows = Math.ceil(rate / mostInRow);
  if (rows === 1) return [{ share: 0, most: rate }];
  const [drawn = 0] = random.bytes(1);
  return Array.from({ length: rows }, (_, index) => {
    const share = (index + drawn) % rows;
    return { share, most: Math.floor((rate + share) / rows) };
  });
}

const countOne = (now: number): Expression =>
  together(assign({ ...layout(newest), [ttlAttribute]: seconds(now + keptFor) }), increase('n', 1));

/** Nothing is given back within a second, so a counter that is spent need not be asked again. */
function spentInSecond() {
  let of = 0;
  const rows = new Set<string>();
  const isOf = (second: number): boolean => second === of;
  return {
    includes: ({ PK }: Key, second: number): boolean => isOf(second) && rows.has(PK),
    note({ PK }: Key, second: number): void {
      if (!isOf(second)) rows.clear();
      of = second;
      rows.add(PK);
    },
  };
}
