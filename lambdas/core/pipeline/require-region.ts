/** Refuses a pool of another region: a region knows its own alone, and the id of a pool begins with its region. */
import { poolNotFound } from '../contract/errors.ts';
import { regionOfPool } from '../rules/pool-arns.ts';
import type { Step } from './exchange.ts';

export const requireRegion: Step<'operation' | 'call' | 'input'> = {
  before({ internal: { operation, call, input } }) {
    const poolId = input['UserPoolId'];
    // Who is not asked for a signature need not say for which region it is.
    if (operation.caller.kind !== 'iam' || typeof poolId !== 'string') return;
    if (regionOfPool(poolId) !== call.region) throw poolNotFound(poolId);
  },
};
