/** Work that outlasts a request: done in steps, by whoever is free, until nothing of it is left. */
import type { Cursor } from './page.ts';
import type { Pool } from './pool.ts';

/** What there is to do, and how far it is done: the steps of each kind read and write their own. */
export interface WorkKinds {
  /** Deletes what a removed pool left behind. */
  readonly 'purge-pool': {
    readonly kind: 'purge-pool';
    /** As it was removed: its settings tell which aliases its users held. */
    readonly pool: Pool;
    readonly removedAt: number;
  };
  /** Deletes what a removed user left behind. */
  readonly 'purge-user': {
    readonly kind: 'purge-user';
    readonly poolId: string;
    /** The folded username, which may be somebody else's by now. */
    readonly un: string;
    readonly sub: string;
    readonly removedAt: number;
    /** Where the next step goes on. */
    readonly after?: Cursor | undefined;
  };
  /** Deletes the memberships that a removed group left behind. */
  readonly 'purge-group': {
    readonly kind: 'purge-group';
    readonly poolId: string;
    readonly groupId: string;
    readonly removedAt: number;
    /** Where the next step goes on. */
    readonly after?: Cursor | undefined;
  };
  /** Deletes images that no style has any more, or never had because whoever sent them gave up. */
  readonly 'sweep-assets': {
    readonly kind: 'sweep-assets';
    readonly poolId: string;
    readonly styleId: string;
    /** Among what came with these writes. */
    readonly uploads: readonly string[];
  };
  /** Counts the users of every pool anew. */
  readonly recount: {
    readonly kind: 'recount';
    /** The pool before the next one to be counted. */
    readonly after?: Cursor | undefined;
    readonly counting?: Counting | undefined;
  };
  /** Moves the signing keys of every pool along. */
  readonly 'rotate-keys': {
    readonly kind: 'rotate-keys';
    readonly after?: Cursor | undefined;
  };
}

export type WorkKind = keyof WorkKinds;
export type Work = WorkKinds[WorkKind];

/** A pool in the middle of being counted. */
export interface Counting {
  readonly poolId: string;
  /** Where the next pool is; absent after the last one. */
  readonly next?: Cursor | undefined;
  /** What the counters said before the first user was counted. */
  readonly before: Tally;
  readonly counted: number;
  /** The user who was counted last. */
  readonly after?: Cursor | undefined;
  /** Whether everything that happened before `before` had reached the index when counting began. */
  readonly isSettled: boolean;
}

/** The counters of a pool, summed up. */
export interface Tally {
  readonly users: number;
  /** How often a user was added or removed, ever. */
  readonly changes: number;
}

export interface Job {
  /** Says nothing about anybody: it goes into messages and logs. */
  readonly id: string;
  readonly work: Work;
  /** Nobody takes it up before (ms). */
  readonly notBefore: number;
}

/** A job that somebody is at. */
export interface LeasedJob {
  readonly id: string;
  readonly work: Work;
  /** Proves that the lease is one's own. */
  readonly token: string;
  /** How often it was taken up, this time included, since it last got a step further. */
  readonly attempts: number;
}
