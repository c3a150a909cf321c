/** Counts the users of a pool, and how often they became more or fewer, on rows that stand as long as the pool does. */
import type { Random } from '../../core/ports/random.ts';
import { add, isPresent } from './expressions.ts';
import { counterKey, counterShards } from './keys.ts';
import type { Write } from './table.ts';

/** Refused once the pool is gone: so nobody is added to a pool that is not there any more. */
export function countUsers(random: Random, poolId: string, by: 1 | -1): Write {
  const [chosen = 0] = random.bytes(1);
  return {
    update: counterKey(poolId, chosen % counterShards),
    change: add({ n: by, ch: 1 }),
    condition: isPresent,
  };
}
