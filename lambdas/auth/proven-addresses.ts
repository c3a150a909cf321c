/** Marks an address as verified once somebody has shown a code that went there. */
import { invalidSession, rateExceeded } from '../core/contract/errors.ts';
import type { StoredCode } from '../core/model/code.ts';
import type { Pool } from '../core/model/pool.ts';
import type { User } from '../core/model/user.ts';
import { flagOf } from '../core/rules/addresses.ts';
import { unlessLost } from '../core/rules/unless-lost.ts';
import type { SignInPorts } from './sign-in.ts';

type Writing = Pick<SignInPorts, 'users' | 'clock'>;

/** Of answers side by side, the first one writes. */
export async function withProvenAddress(ports: Writing, pool: Pool, user: User, code: StoredCode): Promise<User> {
  let current = user;
  return unlessLost(async () => {
    const after = verified(ports, current, code);
    const outcome = after === current ? 'as it is' : await ports.users.save(pool, current, after);
    if (outcome === 'saved') return { ...after, version: current.version + 1 };
    // As a name to sign in with it may be somebody else's: then it stays unproven, and is a second factor all the same.
    if (outcome !== 'changed') return current;
    current = await requireSame(ports, pool, current);
    return 'lost';
  }, rateExceeded);
}

/** The very same user where there is nothing to change: verified by now, or given up. */
function verified({ clock }: Writing, user: User, { attribute, target }: StoredCode): User {
  const flag = flagOf(attribute);
  if (user.attributes[flag] === 'true' || user.attributes[attribute] !== target) return user;
  return { ...user, attributes: { ...user.attributes, [flag]: 'true' }, modifiedAt: clock.now() };
}

async function requireSame({ users }: Writing, pool: Pool, { username, sub }: User): Promise<User> {
  const newer = await users.find(pool, username);
  if (newer?.sub !== sub) throw invalidSession();
  return newer;
}
