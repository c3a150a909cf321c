/** Refresh tokens: sealed, bound to their pool, without a row for each sign-in. */
import type { Pool } from '../model/pool.ts';
import type { AuthenticationMethod, RefreshGrant } from '../model/session.ts';
import type { Place, Sealer } from '../ports/sealer.ts';

/** One-letter members keep the token short; it travels with every refresh. */
interface Wire {
  readonly c: string;
  readonly u: string;
  readonly s: string;
  readonly o: string;
  readonly a: number;
  readonly e: string;
  readonly x: number;
  readonly g: number;
  readonly d?: string | undefined;
  readonly m?: readonly AuthenticationMethod[] | undefined;
}

/** URL-safe base64 without padding, as the API's token pattern asks. */
export async function sealRefreshToken(sealer: Sealer, pool: Pool, grant: RefreshGrant): Promise<string> {
  const wire: Wire = {
    c: grant.clientId,
    u: grant.username,
    s: grant.sub,
    o: grant.originJti,
    a: grant.authTime,
    e: grant.eventId,
    x: grant.expiresAt,
    g: grant.generation,
    d: grant.deviceKey,
    m: grant.methods,
  };
  const sealed = await sealer.seal(Buffer.from(JSON.stringify(wire)), placeOf(pool));
  return Buffer.from(sealed).toString('base64url');
}

/** `undefined` for anything that this pool did not issue; the caller compares the client. */
export async function openRefreshToken(sealer: Sealer, pool: Pool, token: string): Promise<RefreshGrant | undefined> {
  const plain = await sealer.open(Buffer.from(token, 'base64url'), placeOf(pool));
  if (!plain) return undefined;
  // Only our own sealing produces a value that opens here, so its members need no second check.
  const wire = JSON.parse(Buffer.from(plain).toString()) as Wire;
  return {
    clientId: wire.c,
    username: wire.u,
    sub: wire.s,
    originJti: wire.o,
    authTime: wire.a,
    eventId: wire.e,
    expiresAt: wire.x,
    generation: wire.g,
    ...(wire.d !== undefined && { deviceKey: wire.d }),
    ...(wire.m !== undefined && { methods: wire.m }),
  };
}

const placeOf = (pool: Pool): Place => ({ purpose: 'refresh-token', poolId: pool.id, item: '' });
