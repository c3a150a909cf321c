/** Counts the users of a pool, and how often they became more or fewer, on rows that stand as long as the pool does. */
import type { Random } from '../../core/ports/random.ts';
import { add, and, isBelow, isPresent } from './expressions.ts';
import { numberIn } from './fields.ts';
import { counterKey, counterShards, countersOfPool, shardIn } from './keys.ts';
import { everyItem } from './paging.ts';
import type { Item, Table, Write } from './table.ts';

type Dice = Pick<Random, 'bytes'>;

/** Refused once the pool is gone. */
export const countOneLess = (random: Dice, poolId: string): Write => ({
  update: counterKey(poolId, draw(random, counterShards)),
  change: add({ n: -1, ch: 1 }),
  condition: isPresent,
});

/** Refused once the pool is gone, so nobody is added to a pool that is not there any more; and where the counter is full. */
export const countOneMore = (poolId: string, shard: number, most: number): Write => ({
  update: counterKey(poolId, shard),
  change: add({ n: 1, ch: 1 }),
  condition: most === Infinity ? isPresent : and(isPresent, isBelow('n', shareOf(shard, most))),
});

/** A counter that can hold one of `most` users at all: of fewer users than counters, the first ones have one each. */
export const drawCounter = (random: Dice, most: number): number => draw(random, Math.min(counterShards, most));

/**
 * What the counters hold together is never more than `most`, as each holds its share at most; users may leave from any of
 * them. While there are fewer, one has room. Only where the bound was lowered may some hold more than their share: then
 * the others fill up to theirs.
 */
export async function findCounterWithRoom(
  table: Table,
  random: Dice,
  poolId: string,
  most: number,
): Promise<number | 'full' | 'pool gone'> {
  const counters = await everyItem(table, { ...countersOfPool(poolId), consistent: true });
  if (counters.length === 0) return 'pool gone';
  const open = counters.filter(hasRoomFor(most)).map(shardIn);
  return open[draw(random, open.length)] ?? 'full';
}

const hasRoomFor =
  (most: number) =>
  (counter: Item): boolean =>
    numberIn(counter, 'n') < shareOf(shardIn(counter), most);

/** The shares of all counters add up to `most`. */
const shareOf = (shard: number, most: number): number => Math.floor((most + counterShards - 1 - shard) / counterShards);

function draw(random: Dice, from: number): number {
  const [byte = 0] = random.bytes(1);
  return byte % Math.max(from, 1);
}
