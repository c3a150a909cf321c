/** One sign-in and everything that was issued from it. */

/** How somebody has proven who they are, as `amr` names it (RFC 8176, where that has a name). */
export type AuthenticationMethod = 'pwd' | 'otp' | 'sms' | 'email_otp' | 'swk' | 'hwk';

export interface Session {
  /** UUIDv7: names the family of tokens, and its first 48 bits say when (ms) it began. */
  readonly originJti: string;
  /** When the person proved who they are, in seconds since the epoch; refreshing keeps it. */
  readonly authTime: number;
  /** UUIDv7 of the authentication event, which tells when the family began as well; refreshing keeps it. */
  readonly eventId: string;
  /** Of the device that the sign-in came from, in pools that track devices. */
  readonly deviceKey?: string | undefined;
  /** In the order in which they were proven; refreshing keeps them. Absent of sessions that began before they were kept. */
  readonly methods?: readonly AuthenticationMethod[] | undefined;
}

/** What a refresh token says once it is opened. */
export interface RefreshGrant extends Session {
  readonly clientId: string;
  readonly username: string;
  readonly sub: string;
  /** Moment (ms) after which the token is dead; rotation keeps it. */
  readonly expiresAt: number;
  /** How many rotations this token is away from the first one. */
  readonly generation: number;
}
