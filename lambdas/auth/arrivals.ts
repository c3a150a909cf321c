/** Who begins to sign in: found, or brought over from elsewhere, and let in by the pool's function, before any secret counts. */
import { userNotFound } from '../core/contract/errors.ts';
import { hidesUsers } from '../core/rules/client-settings.ts';
import { approveSignIn } from '../core/triggers/pre-authentication.ts';
import { functionAt } from '../core/triggers/trigger-points.ts';
import { candidateOf } from './candidates.ts';
import { searchByMigration } from './migration.ts';
import { requireParameter } from './parameters.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';
import { asNobody, findPasswordHolder, findSubject, type Subject, subjectNamed } from './subjects.ts';

/** By the name of the request; `password` is one that came with it. */
export async function arriving(ports: SignInPorts, signIn: SignIn, password?: string): Promise<Subject> {
  const name = requireParameter(signIn.parameters, 'USERNAME');
  return letIn(ports, signIn, await findSubject(ports, signIn, name, searchByMigration(ports, signIn, password)));
}

/** For flows that lead in by a password alone. */
export async function arrivingWithPassword(ports: SignInPorts, signIn: SignIn, password?: string): Promise<Subject> {
  const name = requireParameter(signIn.parameters, 'USERNAME');
  const search = searchByMigration(ports, signIn, password);
  return letIn(ports, signIn, await findPasswordHolder(ports, signIn, name, search));
}

/**
 * Where the client hides who exists, the function runs for names that nobody has as well, or its refusals would tell. It may
 * change users, or sign them out, so they are read once more: what follows comes after all of that.
 */
export async function letIn(ports: SignInPorts, signIn: SignIn, subject: Subject): Promise<Subject> {
  const { pool, client, validationData } = signIn;
  if (!functionAt(pool, 'PreAuthentication')) return subject;
  const { clientMetadata, ...candidate } = await candidateOf(ports, signIn, subject);
  await approveSignIn(ports, { ...candidate, validationData });
  if (!subject.user) return subject;
  const now = await subjectNamed(ports, pool, subject.username);
  if (now.user?.sub === subject.user.sub) return now;
  if (!hidesUsers(client)) throw userNotFound();
  return asNobody(pool, now, requireParameter(signIn.parameters, 'USERNAME'));
}
