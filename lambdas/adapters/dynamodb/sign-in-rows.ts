/** Makes one answer of the rows that a sign-in reads together: user, groups and failed guesses. */
import type { SignInSet, UnknownUser } from '../../core/model/sign-in-set.ts';
import { decodeFailures } from './failure-rows.ts';
import { isFailuresKey, isUserKey } from './keys.ts';
import { decodeMembership, isMembershipOf } from './membership-rows.ts';
import type { Item } from './table.ts';
import { decodeUser } from './user-rows.ts';

export function readSignIn(poolId: string, username: string, items: readonly Item[]): SignInSet | UnknownUser {
  const row = items.find(isUserKey);
  const counted = items.find(isFailuresKey);
  const failures = counted && decodeFailures(counted);
  if (!row) return { username, failures };
  const user = decodeUser(poolId, row);
  const memberships = items.filter((item) => isMembershipOf(item, user.sub)).map(decodeMembership);
  return { username, user, memberships, failures };
}
