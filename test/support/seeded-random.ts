/** Bytes that look like chance and come out the same in every run. */
import { createHash } from 'node:crypto';
import type { Random } from '../../lambdas/core/ports/random.ts';

export function seededRandom(seed = 'millpond'): Random {
  let block = 0;
  const nextBlock = () => createHash('sha256').update(`${seed} ${block++}`).digest();
  return {
    bytes(length) {
      const blocks = Array.from({ length: Math.ceil(length / 32) }, nextBlock);
      return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
    },
  };
}
