/** A session as people see and end it, in pools that track them. */

export interface UserSession {
  /** 28 lower-case letters and digits that begin with `tkn`. */
  readonly id: string;
  /** Of the user whose session it is: a later one of the same name has none of them. */
  readonly sub: string;
  readonly clientId: string;
  /** Names the family of tokens that the session is. */
  readonly originJti: string;
  readonly createdAt: number;
  /** The last sign-in or refresh. */
  readonly activeAt: number;
  /** When the last token of it dies, unless it is refreshed. */
  readonly expiresAt: number;
  readonly lastAddress?: string | undefined;
}
