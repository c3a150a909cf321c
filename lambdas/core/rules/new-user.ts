/** Makes new users: what they are called, and the state they begin in. */
import {
  accountExists,
  accountOfAddressExists,
  type Refusal,
  usernameNeitherEmailNorPhoneNumber,
  usernameNotEmail,
  usernameNotPhoneNumber,
  usernameOfEmailFormat,
  usernameOfPhoneNumberFormat,
  verifiedAliasExists,
} from '../contract/errors.ts';
import type { Pool } from '../model/pool.ts';
import type { Attributes, StoredPassword, User, VerifiableAttribute } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import type { Taken } from '../ports/user-store.ts';
import { addressAttributes, flagOf, isAddress } from './addresses.ts';
import { fold } from './aliases.ts';
import { isUuid, uuid } from './identifiers.ts';
import type { firstStates } from './user-states.ts';

/** What a new user is called. */
export interface NewName {
  /** As every answer and token will show it. */
  readonly username: string;
  readonly sub: string;
  /** What the name says about the attributes: where it is an address, it is one of them. */
  readonly implied: Attributes;
}

/** Refuses a name of a form that the pool does not take. */
export function requireNewName({ random }: Pick<Ports, 'random'>, pool: Pool, typed: string): NewName {
  const sub = uuid(random);
  const { UsernameAttributes = [], AliasAttributes = [] } = pool.settings;
  if (UsernameAttributes.length > 0) {
    return { username: sub, sub, implied: { [requireAddressKind(UsernameAttributes, typed)]: typed } };
  }
  if (AliasAttributes.includes('email') && isAddress('email', typed)) throw usernameOfEmailFormat();
  if (AliasAttributes.includes('phone_number') && isAddress('phone_number', typed)) throw usernameOfPhoneNumberFormat();
  return { username: fold(pool, 'username', typed), sub, implied: {} };
}

function requireAddressKind(allowed: readonly VerifiableAttribute[], typed: string): VerifiableAttribute {
  const kind = allowed.find((attribute) => isAddress(attribute, typed));
  if (kind) return kind;
  if (allowed.length > 1) throw usernameNeitherEmailNorPhoneNumber();
  throw allowed[0] === 'email' ? usernameNotEmail() : usernameNotPhoneNumber();
}

/**
 * A username goes before a `sub` where both are looked for, so whoever took another user's `sub` for a name would stand
 * in their place wherever an application looks people up by it.
 */
export async function isSubOfAnother(
  { users }: Pick<Ports, 'users'>,
  pool: Pool,
  { username, sub }: NewName,
): Promise<boolean> {
  if (username === sub || !isUuid(username)) return false;
  return (await users.resolve(pool, { kind: 'sub', value: username })) !== undefined;
}

/** Whether the username of somebody new would go before a name that leads to somebody else. */
export const isNameOfAnother = async (ports: Pick<Ports, 'users'>, pool: Pool, name: NewName): Promise<boolean> =>
  (await Promise.all([isSubOfAnother(ports, pool, name), isPreferredByAnother(ports, pool, name)])).includes(true);

async function isPreferredByAnother(
  { users }: Pick<Ports, 'users'>,
  pool: Pool,
  { username }: NewName,
): Promise<boolean> {
  if (!pool.settings.AliasAttributes?.includes('preferred_username')) return false;
  const alias = { kind: 'preferred_username', value: fold(pool, 'preferred_username', username) } as const;
  return (await users.resolve(pool, alias)) !== undefined;
}

export interface Beginning {
  readonly attributes: Attributes;
  readonly status: (typeof firstStates)[keyof typeof firstStates];
  /** Absent for a user without a password. */
  readonly password?: StoredPassword | undefined;
}

export function newUser(
  { clock }: Pick<Ports, 'clock'>,
  pool: Pool,
  { username, sub }: NewName,
  begun: Beginning,
): User {
  const now = clock.now();
  return {
    poolId: pool.id,
    username,
    sub,
    attributes: begun.attributes,
    status: begun.status,
    enabled: true,
    createdAt: now,
    modifiedAt: now,
    password: begun.password,
    version: 0,
  };
}

/** Who registers has proven none of their addresses yet; those that the pool's function takes for proven are. */
export function withFlags(attributes: Attributes, verified: readonly VerifiableAttribute[]): Attributes {
  const given = addressAttributes.filter((attribute) => attributes[attribute]);
  return {
    ...Object.fromEntries(given.map((attribute) => [flagOf(attribute), 'false'])),
    ...attributes,
    ...Object.fromEntries(verified.map((attribute) => [flagOf(attribute), 'true'])),
  };
}

/** What AdminCreateUser says: an address is a username in some pools, an alias in the others. */
export function adminCreateTaken({ settings }: Pool, taken: Taken['taken']): Refusal {
  if (taken === 'username' || taken === 'sub') return accountExists();
  const isUsername = settings.UsernameAttributes?.some((attribute) => attribute === taken) ?? false;
  return isUsername ? accountOfAddressExists(taken) : verifiedAliasExists(taken);
}
