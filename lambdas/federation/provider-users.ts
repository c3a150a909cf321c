/** Reads how requests name an account: of the pool itself, or at one of its identity providers. */
import {
  destinationIncomplete,
  linkAttributeNotMapped,
  providerUserIncomplete,
  providerUserTooLong,
  sourceUserNative,
  subjectExpected,
  userNotFound,
} from '../core/contract/errors.ts';
import type { IdentityProvider } from '../core/model/identity-provider.ts';
import type { Pool } from '../core/model/pool.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import { type IdentityKey, identityAlias, subject } from '../core/rules/identities.ts';
import { isSocial, requireProvider } from '../core/rules/identity-providers.ts';
import { findUser } from '../core/rules/names.ts';

/** As the API takes it. */
export interface ProviderUser {
  readonly ProviderName?: string | undefined;
  readonly ProviderAttributeName?: string | undefined;
  readonly ProviderAttributeValue?: string | undefined;
}

interface Named {
  readonly provider: string;
  readonly attribute: string;
  readonly value: string;
}

/** Stands for the pool itself where a provider is named. */
export const native = 'Cognito';

/** As many as an attribute of a user may have. */
const longest = 2048;

/** `of` is the member of the request. */
export function requireNamed(of: string, given: ProviderUser): Named {
  const { ProviderName: provider, ProviderAttributeName: attribute, ProviderAttributeValue: value } = given;
  if (!provider || !attribute || !value) throw providerUserIncomplete(of);
  return { provider, attribute, value: requireShort(value) };
}

function requireShort(value: string): string {
  if (value.length > longest) throw providerUserTooLong(longest);
  return value;
}

export interface Account {
  readonly provider: IdentityProvider;
  readonly key: IdentityKey;
}

/** An account that a user can be linked to, or has been. */
export async function requireAccount(
  ports: Pick<Ports, 'identityProviders'>,
  pool: Pool,
  { provider: name, attribute, value }: Named,
): Promise<Account> {
  if (name === native) throw sourceUserNative();
  const provider = await requireProvider(ports, pool.id, name);
  if (attribute !== subject && isSocial(provider.type)) throw subjectExpected();
  const key = { providerName: provider.name, userId: value };
  return { provider, key: attribute === subject ? key : { ...key, attribute } };
}

/** A link by an attribute is looked for at each sign-in in what the provider says of it, so there must be such a claim. */
export function requireMapped({ provider, key: { attribute } }: Account): void {
  if (attribute !== undefined && !Object.hasOwn(provider.mapping, attribute)) throw linkAttributeNotMapped(attribute);
}

/** The user whom a link leads to: of the pool itself, by any name, or one who came from a provider, by the subject there. */
export async function requireDestination(
  ports: Pick<Ports, 'users' | 'identityProviders'>,
  pool: Pool,
  { ProviderName: name, ProviderAttributeValue: value }: ProviderUser,
): Promise<User> {
  if (!name || !value) throw destinationIncomplete();
  requireShort(value);
  const user = name === native ? await findNative(ports, pool, value) : await findForeign(ports, pool, name, value);
  if (!user) throw userNotFound();
  return user;
}

async function findForeign(
  ports: Pick<Ports, 'users' | 'identityProviders'>,
  pool: Pool,
  name: string,
  value: string,
): Promise<User | undefined> {
  const { name: providerName } = await requireProvider(ports, pool.id, name);
  return findLinked(ports, pool, { providerName, userId: value });
}

export async function findNative(ports: Pick<Ports, 'users'>, pool: Pool, name: string): Promise<User | undefined> {
  const user = await findUser(ports, pool, name);
  return user?.status === 'EXTERNAL_PROVIDER' ? undefined : user;
}

/** Whom an account leads to. */
export async function findLinked(
  { users }: Pick<Ports, 'users'>,
  pool: Pool,
  key: IdentityKey,
): Promise<User | undefined> {
  const username = await users.resolve(pool, identityAlias(key));
  return username === undefined ? undefined : users.find(pool, username);
}
