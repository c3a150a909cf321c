/** All tokens that stem from one sign-in share an `origin_jti`; a row exists only after revocation or rotation. */

export interface Family {
  readonly revoked: boolean;
  /** How often the refresh token has been rotated. */
  readonly generation: number;
  readonly rotatedAt: number;
}
