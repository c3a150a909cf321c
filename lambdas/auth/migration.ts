/** People whom nobody knows here sign in as if they were users, where the pool has a function that knows them. */
import { passwordAttemptsExceeded, Refusal } from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { UnknownUser } from '../core/model/sign-in-set.ts';
import type { User } from '../core/model/user.ts';
import type { Attempt } from '../core/ports/attempt-store.ts';
import { hidesUsers } from '../core/rules/client-settings.ts';
import { bringOver } from '../core/rules/migrated-users.ts';
import { functionAt } from '../core/triggers/trigger-points.ts';
import { requireParameter } from './parameters.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';
import { type Search, type Subject, subjectNamed, withFailures } from './subjects.ts';

/** What came with the name that nobody has. */
interface Claim {
  readonly name: string;
  readonly password: string;
}

/** For a sign-in that has shown a password. */
export function searchByMigration(
  ports: SignInPorts,
  signIn: SignIn,
  password: string | undefined,
  name = requireParameter(signIn.parameters, 'USERNAME'),
): Search | undefined {
  if (!password || !functionAt(signIn.pool, 'UserMigration')) return undefined;
  return async (nobody) => search(ports, signIn, await withFailures(ports, signIn.pool, nobody), { name, password });
}

/** The same for somebody who began to sign in as nobody, and shows a password now. */
export async function searched(
  ports: SignInPorts,
  signIn: SignIn,
  { username, sub }: ChallengeSession,
  { nobody, password }: { readonly nobody: Subject; readonly password: string },
): Promise<Subject> {
  const given = requireParameter(signIn.parameters, 'USERNAME');
  // They were told a made-up name, and may answer under it.
  const find = searchByMigration(ports, signIn, password, given === sub ? username : given);
  return find && !nobody.user ? find(nobody) : nobody;
}

/** The function hears a guess only as a comparison does: counted, one after another, and not while the name is locked. */
async function search(ports: SignInPorts, signIn: SignIn, nobody: UnknownUser, claim: Claim): Promise<Subject> {
  const { pool, client } = signIn;
  const attempt = await ports.attempts.begin(pool, nobody.username, 'password', nobody.failures);
  if (attempt === 'locked') return lockedOut(signIn, nobody);
  const found = await asked(ports, signIn, attempt, claim);
  if (!(found instanceof Refusal)) {
    // The password is compared as everybody's is, and that ends the count.
    await attempt.abandoned();
    return subjectNamed(ports, pool, found.username);
  }
  await attempt.failed();
  if (hidesUsers(client)) return { ...nobody, isRejected: true };
  await signIn.inStep();
  throw found;
}

/** Where nobody may know that there is no such user, the comparison says that there were too many. */
async function lockedOut({ client, inStep }: SignIn, nobody: UnknownUser): Promise<Subject> {
  if (hidesUsers(client)) return nobody;
  await inStep();
  throw passwordAttemptsExceeded();
}

async function asked(
  ports: SignInPorts,
  { pool, client, validationData, clientMetadata }: SignIn,
  attempt: Attempt,
  { name, password }: Claim,
): Promise<User | Refusal> {
  const stranger = { pool, client, userName: name, password, validationData, clientMetadata };
  try {
    return await bringOver(ports, { ...stranger, by: 'Authentication' });
  } catch (cause) {
    await attempt.abandoned();
    throw cause;
  }
}
