/** What a new passkey has to be about, and what it is called. */
import {
  passkeyChallengeNotFound,
  passkeyClientMismatch,
  passkeyOriginNotAllowed,
  passkeyUnreadable,
} from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { PasskeyRegistration, PendingPasskey } from '../core/model/passkey.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ceremony } from '../core/ports/passkey-verifier.ts';
import { isOriginOf } from '../core/rules/passkey-origins.ts';
import { requiresVerification } from '../core/rules/passkeys.ts';

/** The registration that was begun, if this one answers it from where it may. */
export function requireExpected(
  pool: Pool,
  client: Client,
  { clientData }: PasskeyRegistration,
  pending: PendingPasskey | undefined,
): Ceremony {
  if (!pending) throw passkeyChallengeNotFound();
  if (pending.clientId !== client.id) throw passkeyClientMismatch();
  if (clientData.type !== 'webauthn.create') throw passkeyUnreadable();
  if (clientData.challenge !== pending.challenge) throw passkeyChallengeNotFound();
  const { challenge, relyingPartyId } = pending;
  const { origin, crossOrigin } = clientData;
  if (crossOrigin || !isOriginOf(relyingPartyId, origin)) throw passkeyOriginNotAllowed();
  return { challenge, origin, relyingPartyId, requiresVerification: requiresVerification(pool) };
}

/** Where the browser does not say, one that is reached inside of the device is built into it. */
export function passkeyName({ attachment, transports }: PasskeyRegistration): string {
  const isBuiltIn = attachment === undefined ? transports.includes('internal') : attachment === 'platform';
  return isBuiltIn ? 'Platform passkey' : 'Roaming passkey';
}
