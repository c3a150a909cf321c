/** Copies of a pool as rows among those of the pool; its line in the directory counts them for lists of pools. */
import type { Replica } from '../../core/model/replica.ts';
import { increase, isPresent } from './expressions.ts';
import {
  document,
  documentIn,
  findNumber,
  layout,
  MalformedItem,
  numberIn,
  present,
  requireLayout,
  textIn,
} from './fields.ts';
import { directoryKey, replicaKey, replicasOfPool } from './keys.ts';
import { replicaCount } from './pool-rows.ts';
import type { RecordKind } from './record-store.ts';
import type { Item, Write } from './table.ts';

const newest = 1;

export const replicaKind: RecordKind<Replica> = {
  counted: 'replicas',
  key: replicaKey,
  all: replicasOfPool,

  encode: (replica) => ({
    ...replicaKey(replica.poolId, replica.region),
    ...layout(newest),
    ...present({
      p: replica.poolId,
      rg: replica.region,
      st: replica.status,
      tg: document(replica.tags),
      ca: replica.createdAt,
      ea: replica.endedAt,
      pr: replica.pool.region,
      pc: replica.pool.createdAt,
    }),
  }),

  decode(item) {
    requireLayout(item, newest);
    return {
      poolId: textIn(item, 'p'),
      region: textIn(item, 'rg'),
      status: statusIn(item),
      // Only `encode` writes this document.
      tags: documentIn(item, 'tg') as Replica['tags'],
      createdAt: numberIn(item, 'ca'),
      endedAt: findNumber(item, 'ea'),
      pool: { region: textIn(item, 'pr'), createdAt: numberIn(item, 'pc') },
      version: numberIn(item, 'n'),
    };
  },

  beside(before, after) {
    const added = Number(after !== undefined) - Number(before !== undefined);
    const replica = after ?? before;
    return replica === undefined || added === 0 ? [] : [countOne(replica, added)];
  },
};

const countOne = ({ poolId, pool }: Replica, by: number): Write => ({
  update: directoryKey(pool.region, pool.createdAt, poolId),
  change: increase(replicaCount, by),
  condition: isPresent,
});

function statusIn(item: Item): Replica['status'] {
  const status = textIn(item, 'st');
  if (status !== 'ACTIVE' && status !== 'INACTIVE') throw new MalformedItem(item, 'st is unknown');
  return status;
}
