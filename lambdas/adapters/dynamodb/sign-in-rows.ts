/** Makes one answer of the rows that a sign-in reads together: user, groups, app, code and failed guesses. */
import type { SignInCodes, SignInPurpose } from '../../core/model/code.ts';
import type { SignInSet, UnknownUser } from '../../core/model/sign-in-set.ts';
import type { User } from '../../core/model/user.ts';
import { findCode } from './code-rows.ts';
import { decodeFailures } from './failure-rows.ts';
import { isFailuresKey, isSignInCodeKey, isSoftwareTokenKey, isUserKey } from './keys.ts';
import { decodeMembership, isMembershipOf } from './membership-rows.ts';
import { decodeSoftwareToken } from './software-token-rows.ts';
import type { Item } from './table.ts';
import { decodeUser } from './user-rows.ts';

export function readSignIn(
  poolId: string,
  username: string,
  items: readonly Item[],
  now: number,
): SignInSet | UnknownUser {
  const row = items.find(isUserKey);
  const counted = items.find(isFailuresKey);
  const failures = counted && decodeFailures(counted);
  if (!row) return { username, failures };
  const user = decodeUser(poolId, row);
  const memberships = items.filter((item) => isMembershipOf(item, user.sub)).map(decodeMembership);
  const token = items.find((item) => isSoftwareTokenKey(item) && item['sub'] === user.sub);
  return {
    username,
    user,
    memberships,
    failures,
    softwareToken: token && decodeSoftwareToken(token),
    codes: codesIn(items, user, now),
  };
}

function codesIn(items: readonly Item[], user: User, now: number): SignInCodes {
  const codeFor = (purpose: SignInPurpose) => {
    const code = items.find((item) => isSignInCodeKey(item, purpose));
    return code && findCode(code, user, now);
  };
  return { 'first-factor': codeFor('first-factor'), 'second-factor': codeFor('second-factor') };
}
