/** Which attributes a client may read and write. */
import { attributeUnauthorized } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { Attributes } from '../model/user.ts';
import { identitiesAttribute } from './identities.ts';
import { isDeveloperOnly, isVerifiedFlag } from './standard-attributes.ts';

/** Without a list of its own, a client may write everything that a client may write at all. */
export function isWritable({ settings }: Client, name: string): boolean {
  if (name === 'sub' || isVerifiedFlag(name) || isDeveloperOnly(name)) return false;
  return settings.WriteAttributes?.includes(name) ?? true;
}

/**
 * Without a list of its own, a client may read all but developers' attributes. What no list can name, or leave out, it may
 * always read: `sub`, and where the user comes from.
 */
export function isReadable({ settings }: Client, name: string): boolean {
  if (isDeveloperOnly(name)) return false;
  if (name === 'sub' || name === identitiesAttribute) return true;
  return settings.ReadAttributes?.includes(name) ?? true;
}

export function requireWritable(client: Client, names: readonly string[]): void {
  if (!names.every((name) => isWritable(client, name))) throw attributeUnauthorized();
}

/** In the words of the other refusal: the API has none of its own for what a client may not see. */
export function requireReadable(client: Client, names: readonly string[]): void {
  if (!names.every((name) => isReadable(client, name))) throw attributeUnauthorized();
}

/** What an application sees of a user, in the schema's order. */
export function readableAttributes(pool: Pool, client: Client, attributes: Attributes): Attributes {
  const names = pool.schema.map(({ Name }) => Name).filter((name) => isReadable(client, name));
  return Object.fromEntries(names.flatMap((name) => entryOf(attributes, name)));
}

function entryOf(attributes: Attributes, name: string): [string, string][] {
  const value = attributes[name];
  return value === undefined ? [] : [[name, value]];
}
