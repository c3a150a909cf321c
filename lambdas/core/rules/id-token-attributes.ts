/** How a user's attributes appear in ID tokens: what the client may read, in the types that OpenID Connect gives them. */
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import { readableAttributes } from './attribute-permissions.ts';

/** OpenID Connect Core 5.1: flags are booleans, `address` is an object, `updated_at` a number; all else are strings. */
export function idTokenAttributes(pool: Pool, client: Client, user: User): Readonly<Record<string, unknown>> {
  const readable = Object.entries(readableAttributes(pool, client, user.attributes));
  return Object.fromEntries(
    readable.filter(([, value]) => value !== '').map(([name, value]) => [name, claim(name, value)]),
  );
}

function claim(name: string, value: string): unknown {
  switch (name) {
    case 'email_verified':
    case 'phone_number_verified':
      return value === 'true';
    case 'address':
      return { formatted: value };
    case 'updated_at':
      return Number(value);
    default:
      return value;
  }
}
