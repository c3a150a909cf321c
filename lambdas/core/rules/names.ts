/** Finds users by whatever name they are called: username, alias or `sub`. */
import { userNotFound } from '../contract/errors.ts';
import type { Alias } from '../model/alias.ts';
import type { Pool } from '../model/pool.ts';
import type { SignInSet, UnknownUser } from '../model/sign-in-set.ts';
import type { User, VerifiableAttribute } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { isEmail, isPhoneNumber } from './addresses.ts';
import { fold, namingAliasesOf } from './aliases.ts';
import { isUuid } from './identifiers.ts';

type UserPorts = Pick<Ports, 'users'>;

/** Everything that a sign-in under this name decides on. */
export const findSignInSet = (ports: UserPorts, pool: Pool, name: string): Promise<SignInSet | UnknownUser> =>
  lookUp(ports, pool, name, {
    read: (username) => ports.users.signIn(pool, username),
    isFound: ({ user }) => user !== undefined,
  });

export const findUser = (ports: UserPorts, pool: Pool, name: string): Promise<User | undefined> =>
  lookUp(ports, pool, name, {
    read: (username) => ports.users.find(pool, username),
    isFound: (user) => user !== undefined,
  });

export async function requireUser(ports: UserPorts, pool: Pool, name: string): Promise<User> {
  const user = await findUser(ports, pool, name);
  if (!user) throw userNotFound();
  return user;
}

/** Whether the name is one that leads to this user. */
export function answersTo(pool: Pool, user: User, name: string): boolean {
  if (fold(pool, 'username', name) === fold(pool, 'username', user.username)) return true;
  return name === user.sub || namingAliasesOf(pool, user).some(({ kind, value }) => fold(pool, kind, name) === value);
}

/** Every name that leads to this user, in the letters that it was given in. */
export const namesOf = (pool: Pool, user: User): readonly string[] => [
  user.username,
  ...namingAliasesOf(pool, user).map(({ kind, value }) => (kind === 'sub' ? value : (user.attributes[kind] ?? value))),
];

interface Reading<T> {
  read(username: string): Promise<T>;
  isFound(found: T): boolean;
}

/**
 * A username goes before an alias, so nobody keeps another out by taking their name as an alias. Names that nobody
 * has are read as often as those that lead somewhere: the time taken does not tell them apart.
 */
async function lookUp<T>({ users }: UserPorts, pool: Pool, name: string, { read, isFound }: Reading<T>): Promise<T> {
  const username = fold(pool, 'username', name);
  const aliases = aliasesThatMayBe(pool, name);
  if (aliases.length === 0) return read(username);
  const [holder] = (await Promise.all(aliases.map((alias) => users.resolve(pool, alias)))).filter(isText);
  if (!mayBeUsername(pool, name)) return read(holder ?? username);
  const [direct, through] = await Promise.all([read(username), holder === undefined ? undefined : read(holder)]);
  return isFound(direct) || through === undefined ? direct : through;
}

function aliasesThatMayBe(pool: Pool, name: string): Alias[] {
  const { AliasAttributes = [], UsernameAttributes = [] } = pool.settings;
  const address = addressKind(name);
  const kinds: Alias['kind'][] = [];
  // First, so that nobody stands in another's place by taking their `sub` as a preferred username.
  if (isUuid(name) && UsernameAttributes.length === 0) kinds.push('sub');
  if (address && (AliasAttributes.includes(address) || UsernameAttributes.includes(address))) kinds.push(address);
  else if (AliasAttributes.includes('preferred_username')) kinds.push('preferred_username');
  return kinds.map((kind) => ({ kind, value: fold(pool, kind, name) }));
}

/** A pool whose aliases are addresses takes no username of that form. */
export function mayBeUsername({ settings }: Pool, name: string): boolean {
  const address = addressKind(name);
  if (!address) return true;
  return !settings.AliasAttributes?.includes(address) && !settings.UsernameAttributes?.includes(address);
}

function addressKind(name: string): VerifiableAttribute | undefined {
  if (isEmail(name)) return 'email';
  return isPhoneNumber(name) ? 'phone_number' : undefined;
}

const isText = (value: string | undefined): value is string => value !== undefined;
