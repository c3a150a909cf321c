/** Which names lead to a user, which of them nobody else may hold, and how names are compared. */
import type { Alias } from '../model/alias.ts';
import type { Pool } from '../model/pool.ts';
import type { User, VerifiableAttribute } from '../model/user.ts';
import { addressAttributes, flagOf } from './addresses.ts';
import { identityAliases } from './identities.ts';

type Names = Pick<User, 'username' | 'sub' | 'attributes'>;
type Naming = Pick<Pool, 'settings'>;

/** The form in which names of a kind are compared: two names are the same when their folded forms are. */
export function fold(pool: Naming, kind: Alias['kind'] | 'username', value: string): string {
  const exact = kind === 'phone_number' || kind === 'sub' || kind === 'identity' || isCaseSensitive(pool);
  return exact ? value : lowerCased(value);
}

/** A pool compares names exactly unless it was told otherwise at its creation. */
export function isCaseSensitive(pool: Naming): boolean {
  return pool.settings.UsernameConfiguration?.CaseSensitive !== false;
}

/** Every alias that the user holds while their attributes and identities are these. */
export const aliasesOf = (pool: Pool, user: Names & Pick<User, 'identities'>): Alias[] => [
  ...namingAliasesOf(pool, user),
  ...identityAliases(user),
];

/** Those by which the user may be called: nobody is called by an account at an identity provider. */
export const namingAliasesOf = (pool: Pool, user: Names): Alias[] => [
  ...subAlias(pool, user),
  ...addresses(pool, user),
  ...preferredUsername(pool, user),
];

/**
 * May the alias be taken from a user who holds it? Only one that rests on a verified address: losing the flag, the
 * former holder loses the alias too. In a pool whose usernames are addresses it is the way in, verified or not.
 */
export function isTransferable(pool: Naming, alias: Alias): boolean {
  if (alias.kind !== 'email' && alias.kind !== 'phone_number') return false;
  return !isUsernameAttribute(pool, alias.kind);
}

/** Where usernames are the sub itself, the username leads there already. */
function subAlias(pool: Naming, user: Names): Alias[] {
  return fold(pool, 'username', user.username) === user.sub ? [] : [{ kind: 'sub', value: user.sub }];
}

function addresses(pool: Naming, user: Names): Alias[] {
  return addressAttributes.filter((kind) => isHeld(pool, user, kind)).flatMap((kind) => aliasFrom(pool, user, kind));
}

function isHeld(pool: Naming, user: Names, kind: VerifiableAttribute): boolean {
  if (isUsernameAttribute(pool, kind)) return true;
  return isAliasAttribute(pool, kind) && user.attributes[flagOf(kind)] === 'true';
}

function preferredUsername(pool: Naming, user: Names): Alias[] {
  return isAliasAttribute(pool, 'preferred_username') ? aliasFrom(pool, user, 'preferred_username') : [];
}

function aliasFrom(pool: Naming, user: Names, kind: Alias['kind']): Alias[] {
  const value = user.attributes[kind];
  return value === undefined || value === '' ? [] : [{ kind, value: fold(pool, kind, value) }];
}

const isUsernameAttribute = (pool: Naming, kind: VerifiableAttribute): boolean =>
  pool.settings.UsernameAttributes?.includes(kind) ?? false;

const isAliasAttribute = (pool: Naming, kind: VerifiableAttribute | 'preferred_username'): boolean =>
  pool.settings.AliasAttributes?.includes(kind) ?? false;

/** Character by character, so that a letter folds alike wherever it stands (a final sigma is one that would not). */
export function lowerCased(value: string): string {
  let folded = '';
  for (const character of value) folded += character.toLowerCase();
  return folded;
}
