/** Real keys for tests, without the time that it takes to make a new pair for each of them. */
import { masterKeyInMemory } from '../../lambdas/adapters/local/master-key.ts';
import { type KeyPair, type KeyPairs, keyPairs } from '../../lambdas/adapters/system/key-pairs.ts';
import { ringSealer } from '../../lambdas/adapters/system/ring-sealer.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { Sealer } from '../../lambdas/core/ports/sealer.ts';
import { memoryRings } from './memory-keys.ts';
import { seededRandom } from './seeded-random.ts';

const made: Promise<KeyPair>[] = [];
const enough = 4;
let taken = 0;

/** The same few pairs in turn, made once for all tests of a process. */
export const sharedPairs: KeyPairs = {
  take() {
    const index = taken++ % enough;
    made[index] ??= keyPairs().take();
    return made[index];
  },
};

/** A sealer of its own, with its keys in memory. */
export function aSealer(clock: Clock = { now: () => 0 }, random = seededRandom('sealer')): Sealer {
  return ringSealer({ rings: memoryRings(), wrap: masterKeyInMemory(random), clock, random });
}
