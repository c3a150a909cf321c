/** Everything that a sign-in decides on, read in one query. */
import type { SignInCodes } from './code.ts';
import type { Membership } from './group.ts';
import type { SoftwareToken } from './software-token.ts';
import type { User } from './user.ts';

export interface SignInSet {
  /** The name as folded, under which the guesses are counted. */
  readonly username: string;
  readonly user: User;
  readonly memberships: readonly Membership[];
  /** Absent when the user never began to set up an authenticator app. */
  readonly softwareToken?: SoftwareToken | undefined;
  /** The live ones that were sent to sign in with. */
  readonly codes?: SignInCodes;
  /** Absent when no sign-in has failed for a day. */
  readonly failures?: Failures | undefined;
}

/** No user of this name; guesses at it are counted all the same, so that it behaves like one. */
export interface UnknownUser {
  /** The name as folded, under which the guesses are counted. */
  readonly username: string;
  readonly user?: undefined;
  readonly failures?: Failures | undefined;
}

/** Failed guesses since the counter was last reset (none, where it was reset), and when (ms) the last one was. */
export interface Failures {
  readonly count: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}
