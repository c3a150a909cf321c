/** Whom a sign-in is about: a user, or a simulated one where the client hides who exists. */
import { userNotFound } from '../core/contract/errors.ts';
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
  const subject = await findSignInSet(ports, pool, name);
  if (!isKnown(subject) && !hidesUsers(client)) throw userNotFound();
  return subject;
}

/** A user of another identity provider has no way in through this API and counts as unknown. */
export const isKnown = (subject: Subject): subject is SignInSet =>
  subject.user !== undefined && subject.user.status !== 'EXTERNAL_PROVIDER';
