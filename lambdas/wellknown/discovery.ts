/** What a pool tells OpenID Connect clients about itself (OpenID Connect Discovery 1.0, section 3). */
import type { Pool } from '../core/model/pool.ts';
import type { Settings } from '../core/ports/settings.ts';
import { issuerOf } from '../core/rules/tokens.ts';

/** The endpoints of a domain are left out, as the service leaves them out for a pool without one. */
export function describeIssuer(settings: Settings, pool: Pool): Readonly<Record<string, unknown>> {
  const issuer = issuerOf(settings, pool);
  return {
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}
