/** Second secrets of a client: one that is to be retired goes when every application has its successor. */
import {
  clientSecretNotFound,
  lastClientSecret,
  limitExceeded,
  publicClientHasNoSecrets,
} from '../core/contract/errors.ts';
import type { Client, ClientSecret } from '../core/model/client.ts';
import { clientSecretId } from '../core/rules/identifiers.ts';

/** The client with a secret more, which stands last; refused when it has `most`, or is a public client. */
export function withSecret(client: Client, value: string, now: number, most: number): Client {
  if (client.secrets.length === 0) throw publicClientHasNoSecrets(client.id);
  if (client.secrets.length >= most) throw limitExceeded('secrets of an app client', most);
  const secret = { id: freeSecretId(client, now), createdAt: now, value };
  return { ...client, secrets: [...client.secrets, secret], modifiedAt: now };
}

/** The client without that secret, which must not be its last one: that would make it a public client. */
export function withoutSecret(client: Client, secretId: string, now: number): Client {
  if (client.secrets.length === 0) throw publicClientHasNoSecrets(client.id);
  const left = client.secrets.filter(({ id }) => id !== secretId);
  if (left.length === client.secrets.length) throw clientSecretNotFound(secretId);
  if (left.length === 0) throw lastClientSecret();
  return { ...client, secrets: left, modifiedAt: now };
}

/** What a list shows of a secret. */
export const describeSecret = ({ id, createdAt }: ClientSecret) => ({
  ClientSecretId: id,
  ClientSecretCreateDate: createdAt,
});

/** Ids tell milliseconds: of two secrets within one, the second has the id of the next. */
function freeSecretId(client: Client, now: number): string {
  const wanted = clientSecretId(client.id, now);
  return client.secrets.some(({ id }) => id === wanted) ? freeSecretId(client, now + 1) : wanted;
}
