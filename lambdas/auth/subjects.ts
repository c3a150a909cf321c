/** Whom a sign-in is about: a user, or a simulated one where the client hides who exists. */
import { userNotFound } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { SignInSet, UnknownUser } from '../core/model/sign-in-set.ts';
import { fold } from '../core/rules/aliases.ts';
import { hidesUsers } from '../core/rules/client-settings.ts';
import { findSignInSet } from '../core/rules/names.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';

export type Subject = SignInSet | UnknownUser | Disguised | Rejected;

type UserPorts = Pick<SignInPorts, 'users'>;

/** Somebody who is answered as nobody is, under an address of theirs: what is on record of that name was not read. */
interface Disguised extends UnknownUser {
  readonly isUnread: true;
}

/** The password that came with the name is counted as a wrong guess already. */
interface Rejected extends UnknownUser {
  readonly isRejected: true;
}

/** Looks for somebody whom nobody knows here elsewhere, or refuses them. */
export type Search = (nobody: UnknownUser | Disguised) => Promise<Subject>;

/** Refuses an unknown name only where the client may know that it is unknown. */
export async function findSubject(
  ports: UserPorts,
  { pool, client }: Pick<SignIn, 'pool' | 'client'>,
  name: string,
  searchElsewhere?: Search,
): Promise<Subject> {
  const found = await findSignInSet(ports, pool, name);
  const subject = withoutFederated(found);
  if (subject.user) return subject;
  // The name of a user of another identity provider is taken.
  if (searchElsewhere && !found.user) return searchElsewhere(asNobody(pool, subject, name));
  if (!hidesUsers(client)) throw userNotFound();
  return asNobody(pool, subject, name);
}

/** For flows that lead in by a password alone: where the client hides who exists, whoever has none is unknown as well. */
export async function findPasswordHolder(
  ports: UserPorts,
  signIn: Pick<SignIn, 'pool' | 'client'>,
  name: string,
  searchElsewhere?: Search,
): Promise<Subject> {
  const subject = await findSubject(ports, signIn, name, searchElsewhere);
  const isHidden = hidesUsers(signIn.client) && subject.user && !subject.user.password;
  return isHidden ? asNobody(signIn.pool, subject, name) : subject;
}

/**
 * Under the name as it was given: the one that it leads to would tell that there is somebody, in the answer and by the
 * guesses that count for both.
 */
export function asNobody(pool: Pool, { username: found, failures }: Subject, name: string): UnknownUser | Disguised {
  const username = fold(pool, 'username', name);
  return username === found ? { username, failures } : { username, isUnread: true };
}

/** To be called before a guess; another read for those alone who are answered as nobody is under an address of theirs. */
export async function withFailures<T extends Subject>(
  ports: UserPorts,
  pool: Pool,
  subject: T,
): Promise<T | UnknownUser> {
  if (!('isUnread' in subject)) return subject;
  const { username, failures } = await ports.users.signIn(pool, subject.username);
  return { username, failures };
}

/** The subject under a username that an earlier step of the same sign-in has found. */
export const subjectNamed = async ({ users }: UserPorts, pool: Pool, username: string): Promise<Subject> =>
  withoutFederated(await users.signIn(pool, username));

/** A user of another identity provider has no way in through this API and counts as unknown. */
const withoutFederated = (subject: SignInSet | UnknownUser): SignInSet | UnknownUser =>
  subject.user?.status === 'EXTERNAL_PROVIDER' ? { ...subject, user: undefined } : subject;
