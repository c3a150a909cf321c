/** Somebody whose access token has been checked, with the pool and client it was issued for. */
import type { Client } from './client.ts';
import type { Pool } from './pool.ts';
import type { User } from './user.ts';

export interface Person {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly claims: AccessClaims;
}

/** The claims of an access token that the service itself reads. Times in seconds since the epoch. */
export interface AccessClaims {
  readonly sub: string;
  readonly username: string;
  readonly client_id: string;
  readonly iss: string;
  readonly token_use: 'access';
  readonly scope: string;
  readonly event_id: string;
  readonly auth_time: number;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  /** Absent when the client has token revocation off. */
  readonly origin_jti?: string;
  readonly device_key?: string;
  /** Absent below the tier that has it, and of sessions that began before methods were kept. */
  readonly amr?: readonly string[];
}
