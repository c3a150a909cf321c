/** What the session of an access token has proven, where a sign-in goes on from it. */
import { accessTokenOfAnother } from '../core/contract/errors.ts';
import type { Factor } from '../core/model/challenge-session.ts';
import type { AccessClaims } from '../core/model/person.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import type { User } from '../core/model/user.ts';
import { requirePerson } from '../core/rules/access-tokens.ts';
import { factorsNamed } from '../core/rules/authentication-levels.ts';
import { startOf } from '../core/rules/identifiers.ts';
import { answersTo } from '../core/rules/names.ts';
import { requireParameter } from './parameters.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';
import type { StepUp } from './step-up.ts';
import { subjectNamed } from './subjects.ts';

export interface Earlier {
  readonly subject: SignInSet;
  readonly proven: readonly Factor[];
}

/**
 * Refuses a token that is not live, or not of this client and user, whoever else has the name. Absent where what it says
 * is too old, or no longer proves anything: then everything is asked for.
 */
export async function earlierProofs(
  ports: SignInPorts,
  { pool, client, parameters, since }: SignIn,
  { token, maxAge = Number.POSITIVE_INFINITY }: StepUp,
): Promise<Earlier | undefined> {
  if (token === undefined) return undefined;
  const person = await requirePerson(ports, token);
  const isOfClient = person.pool.id === pool.id && person.client.id === client.id;
  if (!isOfClient || !answersTo(pool, person.user, requireParameter(parameters, 'USERNAME'))) {
    throw accessTokenOfAnother();
  }
  const subject = await subjectNamed(ports, pool, person.user.username);
  if (!subject.user || subject.user.sub !== person.user.sub) throw accessTokenOfAnother();
  const isRecent = since / 1000 - person.claims.auth_time <= maxAge;
  const proven = isRecent ? stillProven(subject.user, person.claims) : [];
  return proven.length > 0 ? { subject, proven } : undefined;
}

/**
 * Whoever has another password by now has proven none, whatever they proved beside it. Of a mailbox or a telephone, all that
 * is known is whether the user is still as they were.
 */
function stillProven(user: User, { amr = [], origin_jti, event_id }: AccessClaims): readonly Factor[] {
  const began = startOf(origin_jti ?? event_id);
  const factors = factorsNamed(amr);
  const hasPassword = user.password !== undefined && (user.password.setAt ?? 0) <= began;
  if (user.status !== 'CONFIRMED' || (factors.includes('password') && !hasPassword)) return [];
  return user.modifiedAt <= began ? factors : factors.filter((factor) => !isCode(factor));
}

const isCode = (factor: Factor): boolean => factor === 'email code' || factor === 'text code';
