/** Whom a sign-in is about: a user, or a simulated one where the client hides who exists. */
import { userNotFound } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { SignInSet, UnknownUser } from '../core/model/sign-in-set.ts';
import { hidesUsers } from '../core/rules/client-settings.ts';
import { findSignInSet } from '../core/rules/names.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';

export type Subject = SignInSet | UnknownUser;

/** Refuses an unknown name only where the client may know that it is unknown. */
export async function findSubject(
  ports: Pick<SignInPorts, 'users'>,
  { pool, client }: SignIn,
  name: string,
): Promise<Subject> {
  const subject = withoutFederated(await findSignInSet(ports, pool, name));
  if (!subject.user && !hidesUsers(client)) throw userNotFound();
  return subject;
}

/** The subject under a username that an earlier step of the same sign-in has found. */
export const subjectNamed = async (
  { users }: Pick<SignInPorts, 'users'>,
  pool: Pool,
  username: string,
): Promise<Subject> => withoutFederated(await users.signIn(pool, username));

/** A user of another identity provider has no way in through this API and counts as unknown. */
const withoutFederated = (subject: Subject): Subject =>
  subject.user?.status === 'EXTERNAL_PROVIDER' ? { ...subject, user: undefined } : subject;
