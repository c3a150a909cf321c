/** Reads, decides and writes one user, and decides again when somebody else wrote in between. */
import { aliasExists, expiredCode, type Refusal, rateExceeded, userNotFound } from '../contract/errors.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import type { SaveExtra, Taken } from '../ports/user-store.ts';
import { unlessLost } from './unless-lost.ts';

export interface Change {
  /** Called again on the newer user whenever the write was lost; may refuse. */
  readonly decide: (user: User) => User | Promise<User>;
  readonly extra?: SaveExtra;
  /** What to say when an alias belongs to somebody else. */
  readonly taken?: (kind: Taken['taken']) => Refusal;
}

/** The user as saved. */
export async function changeUser(
  { users }: Pick<Ports, 'users'>,
  pool: Pool,
  user: User,
  { decide, extra, taken = aliasExists }: Change,
): Promise<User> {
  let current = user;
  return unlessLost(async () => {
    const after = await decide(current);
    const outcome = await users.save(pool, current, after, extra);
    if (outcome === 'saved') return { ...after, version: current.version + 1 };
    if (outcome !== 'changed') throw taken(outcome.taken);
    const newer = await requireSame({ users }, pool, current);
    // The user is as before, so what was lost is the code that the change would have spent.
    if (extra?.spend && newer.version === current.version) throw expiredCode();
    current = newer;
    return 'lost';
  }, rateExceeded);
}

/** Removes the user and all that is theirs; whoever comes second finds nobody. */
export async function removeUser(
  { users, jobs }: Pick<Ports, 'users' | 'jobs'>,
  pool: Pool,
  user: User,
): Promise<void> {
  let current = user;
  await unlessLost(async () => {
    const outcome = await users.remove(pool, current);
    if (outcome === 'removed') return outcome;
    if (outcome !== 'changed') return jobs.wake(outcome.rest);
    current = await requireSame({ users }, pool, current);
    return 'lost';
  }, rateExceeded);
}

/** As the user is now, unless somebody else has the name by now. */
async function requireSame({ users }: Pick<Ports, 'users'>, pool: Pool, current: User): Promise<User> {
  const newer = await users.find(pool, current.username);
  if (newer?.sub !== current.sub) throw userNotFound();
  return newer;
}
