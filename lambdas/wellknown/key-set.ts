/** The public keys of a pool as a JWK set (RFC 7517, section 5). */
import type { Jwk } from '../core/model/signing-key.ts';

/** Member by member, so that whatever else a record may hold stays inside. */
export const describeKeys = (keys: readonly Jwk[]): Readonly<Record<string, unknown>> => ({
  keys: keys.map(({ alg, e, kid, kty, n, use }) => ({ alg, e, kid, kty, n, use })),
});
