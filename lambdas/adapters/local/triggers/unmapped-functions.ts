/** Tells, at a start, of functions that pools name and the trigger map has not. */

import type { Cursor } from '../../../core/model/page.ts';
import type { LambdaConfig } from '../../../core/model/pool.ts';
import type { PoolDirectory } from '../../../core/ports/pool-directory.ts';
import type { PoolStore } from '../../../core/ports/pool-store.ts';
import { findFunction, type TriggerMap } from './trigger-map.ts';

export interface PoolsHere {
  readonly poolDirectory: PoolDirectory;
  readonly pools: Pick<PoolStore, 'find'>;
}

/** One line for each pool and function. */
export async function* unmappedFunctions(map: TriggerMap, here: PoolsHere): AsyncGenerator<string> {
  for await (const id of everyPool(here.poolDirectory)) {
    const pool = await here.pools.find(id);
    for (const arn of functionsIn(pool?.settings.LambdaConfig)) {
      if (!findFunction(map, arn)) yield `Pool ${id} names the function ${arn}, which is not in the trigger map.`;
    }
  }
}

async function* everyPool(directory: PoolDirectory): AsyncGenerator<string> {
  let after: Cursor | undefined;
  do {
    const page = await directory.list({ limit: 60, ...(after && { after }) });
    yield* page.items;
    after = page.next;
  } while (after);
}

function functionsIn({ KMSKeyID: _key, ...functions }: LambdaConfig = {}): ReadonlySet<string> {
  const given = Object.values(functions).filter((each) => each !== undefined);
  return new Set(given.map((each) => (typeof each === 'string' ? each : each.LambdaArn)));
}
