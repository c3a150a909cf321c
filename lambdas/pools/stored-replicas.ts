/** Copies of a pool as the table has them: changed one at a time, and swept once they are gone. */
import { poolHasReplica, rateExceeded, replicaNotFound } from '../core/contract/errors.ts';
import type { Cursor } from '../core/model/page.ts';
import type { Replica } from '../core/model/replica.ts';
import type { Ports } from '../core/ports/index.ts';
import { unlessLost } from '../core/rules/unless-lost.ts';
import { describeSecondary, findState, type ReplicaState } from './replicas.ts';
import { requireStoredPool } from './stored-pool.ts';

type Change = Partial<Pick<Replica, 'status' | 'endedAt'>>;

/** Decides anew when somebody else came first; answers the copy as it is then. */
export async function changeReplica(
  ports: Pick<Ports, 'pools' | 'replicas' | 'clock'>,
  poolId: string,
  region: string,
  decide: (state: ReplicaState, now: number) => Change,
): Promise<ReturnType<typeof describeSecondary>> {
  return unlessLost(async () => {
    const pool = await requireStoredPool(ports, poolId);
    const now = ports.clock.now();
    const replica = await ports.replicas.find(poolId, region);
    const state = replica && findState(replica, now);
    if (replica === undefined || state === undefined) throw replicaNotFound(poolId, region);
    const after = { ...replica, ...decide(state, now) };
    if ((await ports.replicas.save(replica, after)) !== 'saved') return 'lost';
    return describeSecondary(pool, region, after.endedAt === undefined ? after.status : 'DELETING');
  }, rateExceeded);
}

type Reading = Pick<Ports, 'replicas' | 'clock'>;

/** The regions of those that are not gone. */
export const findReplicaRegions = async (ports: Reading, poolId: string): Promise<readonly string[]> =>
  (await everyReplica(ports, poolId)).filter(isThere(ports)).map(({ region }) => region);

/** A pool whose copies are all gone has none, not even records of them, which would keep it. */
export async function requireNoReplica(ports: Reading, poolId: string): Promise<void> {
  const all = await everyReplica(ports, poolId);
  if (all.some(isThere(ports))) throw poolHasReplica();
  await removeAll(ports, all);
}

/** Removes the records of those that are gone, which count as long as they are there. Whether there were any. */
export async function sweepReplicas(ports: Reading, poolId: string): Promise<boolean> {
  const all = await everyReplica(ports, poolId);
  const gone = all.filter((replica) => !isThere(ports)(replica));
  await removeAll(ports, gone);
  return gone.length > 0;
}

const isThere =
  ({ clock }: Reading) =>
  (replica: Replica): boolean =>
    findState(replica, clock.now()) !== undefined;

/** Whoever else removes one at the same time does the same. */
const removeAll = ({ replicas }: Reading, gone: readonly Replica[]): Promise<unknown> =>
  Promise.all(gone.map((replica) => replicas.remove(replica)));

/** A pool has few of them. */
async function everyReplica({ replicas }: Reading, poolId: string): Promise<readonly Replica[]> {
  const all: Replica[] = [];
  let after: Cursor | undefined;
  do {
    const page = await replicas.list(poolId, { limit: 60, after });
    all.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return all;
}
