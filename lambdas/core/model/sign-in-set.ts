/** Everything that a sign-in decides on, read in one query. */
import type { Membership } from './group.ts';
import type { User } from './user.ts';

export interface SignInSet {
  readonly user: User;
  readonly memberships: readonly Membership[];
  /** Absent when no sign-in has failed since the last reset. */
  readonly failures?: Failures | undefined;
}

/** Failed guesses since the counter was last reset. */
export interface Failures {
  readonly count: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}
