/** Decides whether an access token still speaks for its user. Faults are named in the order in which the API checks. */
import {
  accessTokenExpired,
  accessTokenInvalid,
  accessTokenOutOfScope,
  accessTokenRevoked,
  passwordResetRequired,
  userDisabled,
  userNotConfirmed,
  userNotFound,
} from '../contract/errors.ts';
import type { AccessClaims, Person } from '../model/person.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { isRevoked } from './revocation.ts';
import { apiScope, issuerOf } from './tokens.ts';

export type TokenCheckPorts = Pick<Ports, 'clients' | 'users' | 'signer' | 'settings' | 'clock'>;

/** Whom an access token speaks for, with the pool and client it was issued for; beside cached configuration one read. */
export async function requirePerson(ports: TokenCheckPorts, accessToken: string): Promise<Person> {
  const { pool, client, claims } = await requireGenuine(ports, accessToken);
  if (claims.exp * 1000 <= ports.clock.now()) throw accessTokenExpired();
  // What a client got in its own name speaks for nobody.
  if (!isOfUser(claims)) throw accessTokenOutOfScope();
  const { user: found, family } = await ports.users.withFamily(pool, claims.username, claims.origin_jti);
  // A name that was deleted and taken again belongs to somebody else.
  const user = found?.sub === claims.sub ? found : undefined;
  if (isRevoked(user, family, { originJti: claims.origin_jti, eventId: claims.event_id })) throw accessTokenRevoked();
  if (!claims.scope.split(' ').includes(apiScope)) throw accessTokenOutOfScope();
  return { pool, client, claims, user: requireActive(user) };
}

type SignedClaims = Omit<AccessClaims, 'username'> & Partial<Pick<AccessClaims, 'username'>>;

interface Genuine extends Pick<Person, 'pool' | 'client'> {
  readonly claims: SignedClaims;
}

/** Signed by a key for access tokens of the pool whose client the token names. */
async function requireGenuine(ports: TokenCheckPorts, accessToken: string): Promise<Genuine> {
  const clientId = clientNamedIn(accessToken);
  const issuedFor = clientId === undefined ? undefined : await ports.clients.find(clientId);
  if (!issuedFor) throw accessTokenInvalid();
  const signed = await ports.signer.verify(issuedFor.pool.id, 'access', accessToken);
  // Only this service signs with these keys, and every access token of it has these claims.
  const claims = signed as SignedClaims | undefined;
  if (claims?.iss !== issuerOf(ports.settings, issuedFor.pool) || claims.token_use !== 'access') {
    throw accessTokenInvalid();
  }
  return { ...issuedFor, claims };
}

/** The `client_id` that a token claims, before anything about it is known to be true. */
export function clientNamedIn(jws: string): string | undefined {
  const [, payload = '', ...rest] = jws.split('.');
  if (rest.length !== 1) return undefined;
  try {
    const claimed: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const id =
      typeof claimed === 'object' && claimed !== null && 'client_id' in claimed ? claimed.client_id : undefined;
    return typeof id === 'string' && clientIdForm.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

const clientIdForm = /^[\w+]{1,128}$/;

const isOfUser = (claims: SignedClaims): claims is AccessClaims => claims.username !== undefined;

function requireActive(user: User | undefined): User {
  if (!user) throw userNotFound();
  if (!user.enabled) throw userDisabled();
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired();
  if (user.status === 'UNCONFIRMED') throw userNotConfirmed();
  return user;
}
