/** Proof that a caller knows a client's secret. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type SecretHashPlace, secretHashMissing, secretHashUncalledFor, secretHashWrong } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';

/** Base64 of HMAC-SHA-256, keyed by the secret, over username and client id. */
export const secretHash = (secret: string, username: string, clientId: string): string =>
  createHmac('sha256', secret).update(username).update(clientId).digest('base64');

/**
 * Refuses a missing, wrong or needless hash. Any of the client's secrets may have made it, over any of `usernames`:
 * first the name as this request sends it, then what else the operation accepts.
 */
export function requireSecretHash(
  client: Client,
  usernames: readonly string[],
  given: string | undefined,
  place: SecretHashPlace = 'parameter',
): void {
  if (client.secrets.length === 0) {
    if (given) throw secretHashUncalledFor(client.id, place);
    return;
  }
  if (!given) throw secretHashMissing(client.id, place);
  const right = client.secrets.flatMap(({ value }) => usernames.map((name) => secretHash(value, name, client.id)));
  if (!isAnyOf(right, given)) throw secretHashWrong(client.id);
}

/** For operations that send the secret itself. */
export const isClientSecret = (client: Client, given: string): boolean =>
  isAnyOf(
    client.secrets.map(({ value }) => value),
    given,
  );

/** Compares digests, all of them, so that neither content nor length nor position shows in the time it takes. */
function isAnyOf(secrets: readonly string[], given: string): boolean {
  const candidate = digest(given);
  return secrets.reduce((found, secret) => timingSafeEqual(digest(secret), candidate) || found, false);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
