/** The check of a client secret that the request carries itself. */
import { clientSecretWrong } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import { isClientSecret } from './secret-hash.ts';

/** Refuses a missing or wrong secret, and one for a client that has none. */
export function requireClientSecret(
  client: Client,
  given: string | undefined,
  name: 'NotAuthorizedException' | 'UnauthorizedException',
): void {
  const isRight = client.secrets.length === 0 ? !given : given !== undefined && isClientSecret(client, given);
  if (!isRight) throw clientSecretWrong(name);
}
