/** How far a sign-in has come, as it is carried between a challenge and its answer. */

/** What somebody has proven. A passkey that goes from device to device is told apart from one that is built in. */
export type Factor =
  | 'password'
  | 'email code'
  | 'text code'
  | 'app code'
  | 'passkey'
  | 'roaming passkey'
  | 'device'
  | 'custom challenge';

/** How strong a sign-in is, by the numbers of `AcrConfiguration`. */
export type Level = 1 | 2 | 3 | 4;

/**
 * How a sign-in began. One by `choice` is complete with a single factor unless that is the password; a `custom` one when the
 * pool's functions say so. One that an `administrator` began with the password comes from no device of the user's.
 */
export type SignInKind = 'password' | 'administrator' | 'choice' | 'custom';

/** Of the secrets that were proven: a sign-in outlives none of them. */
export interface Marks {
  readonly password?: string | undefined;
  readonly app?: string | undefined;
}

export interface Progress extends Marks {
  readonly kind: SignInKind;
  /** In the order in which it was proven. */
  readonly proven: readonly Factor[];
  /** The last one that the client named, until one is proven. */
  readonly deviceKey?: string | undefined;
  /** One of them has to be reached, the first that can be; absent where the client asked for none. */
  readonly levels?: readonly Level[] | undefined;
}

export interface ChallengeSession extends Progress {
  /** Spent with the first answer that is accepted. */
  readonly id: string;
  readonly username: string;
  readonly sub: string;
  /** Nobody has the name: no answer is ever right. */
  readonly isSimulated?: boolean | undefined;
  /** The challenges that it may be answered for. */
  readonly expects: readonly string[];
  readonly expiresAt: number;
  /** What the step has to know again, in a form of its own: where a code went to, which passkey was asked for. */
  readonly about?: string | undefined;
}
