/** Keeps users, and the names that lead to them. */

import type { Alias } from '../model/alias.ts';
import type { CodePurpose, NewCode } from '../model/code.ts';
import type { Family } from '../model/family.ts';
import type { Page, PageRequest } from '../model/page.ts';
import type { Pool } from '../model/pool.ts';
import type { SignInSet, UnknownUser } from '../model/sign-in-set.ts';
import type { ListedUser, User } from '../model/user.ts';
import type { UserQuery } from '../model/user-query.ts';

export interface UserStore {
  /** Strongly consistent. `username` is a username, never an alias; folded as the pool says. */
  find(pool: Pool, username: string): Promise<User | undefined>;
  /** Strongly consistent, in one query; failures are kept for names without a user as well. */
  signIn(pool: Pool, username: string): Promise<SignInSet | UnknownUser>;
  /** The user of a token and the token's family, in one strongly consistent read. */
  withFamily(
    pool: Pool,
    username: string,
    originJti: string | undefined,
  ): Promise<{ user: User | undefined; family: Family | undefined }>;
  /** The username that an alias leads to; strongly consistent. */
  resolve(pool: Pool, alias: Alias): Promise<string | undefined>;
  /**
   * Adds user, aliases and code in one transaction. `force` takes unheld aliases from their holders. `full` when the pool
   * has `most` users already, however many are added side by side.
   */
  add(
    pool: Pool,
    user: User,
    extra?: { readonly code?: NewCode; readonly force?: boolean; readonly most?: number },
  ): Promise<'added' | Taken | 'full' | 'pool gone'>;
  /**
   * Replaces the very version `before` by `after`, moves aliases as the difference demands and spends or stores a
   * code, in one transaction. With `force`, an alias held by another user moves, and that user's flag turns false.
   */
  save(pool: Pool, before: User, after: User, extra?: SaveExtra): Promise<'saved' | 'changed' | Taken>;
  /** User and aliases go at once, and the rest of the collection with them, or, if it is large, by a job. */
  remove(pool: Pool, user: User): Promise<'removed' | 'changed' | { readonly rest: JobId }>;
  list(pool: Pool, query: UserQuery, page: PageRequest): Promise<Page<ListedUser>>;
}

/** Of the job that removes the rest. */
type JobId = string;

export interface SaveExtra {
  readonly force?: boolean;
  /** Stored beside the change, replacing the former code of its purpose. */
  readonly code?: NewCode;
  /** Must still be the live code of its purpose, else `changed`; removed by the save. */
  readonly spend?: { readonly purpose: CodePurpose; readonly digest: Uint8Array };
}

/** The username, or the alias, that another user holds. */
export interface Taken {
  readonly taken: 'username' | Alias['kind'];
}
