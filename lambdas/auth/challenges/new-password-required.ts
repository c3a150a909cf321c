/** NEW_PASSWORD_REQUIRED: somebody with a temporary password chooses their own, and adds what the pool requires. */
import { invalidSession, sessionSpent } from '../../core/contract/errors.ts';
import type { Client } from '../../core/model/client.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { Attributes, User, UserStatus } from '../../core/model/user.ts';
import { readableAttributes } from '../../core/rules/attribute-permissions.ts';
import { missingRequired, suppliedAttributes } from '../../core/rules/attributes.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { answersTo } from '../../core/rules/names.ts';
import { passwordPolicy, requirePassword } from '../../core/rules/password-policy.ts';
import { requireSecretHash } from '../../core/rules/secret-hash.ts';
import { permanentPassword } from '../../core/rules/stored-passwords.ts';
import { requireNextState } from '../../core/rules/user-states.ts';
import { type ChallengeSession, requireChallengeSession, sealChallengeSession } from '../challenge-sessions.ts';
import { requireParameter } from '../parameters.ts';
import type { Answer, ChallengeAnswer, Parameters, Proof, SignIn, SignInPorts } from '../sign-in.ts';
import { subjectNamed } from '../subjects.ts';
import { requireUsable } from '../user-state.ts';

const prefix = 'userAttributes.';

export async function newPasswordRequired(ports: SignInPorts, { pool, client }: SignIn, proof: Proof): Promise<Answer> {
  const { user } = proof;
  const session = await sealChallengeSession(ports, client, {
    username: user.username,
    sub: user.sub,
    expects: 'NEW_PASSWORD_REQUIRED',
    proven: proof.by,
    about: fingerprint(user),
  });
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missingRequired(pool, user.attributes).map((name) => prefix + name)),
      userAttributes: JSON.stringify(readableAttributes(pool, client, user.attributes)),
    },
  };
}

/** Writing the user is what spends the session, so a refusal leaves it good for another try. */
export async function answerNewPassword(ports: SignInPorts, given: ChallengeAnswer): Promise<Proof> {
  const session = await requireChallengeSession(ports, given.client, given.session, 'NEW_PASSWORD_REQUIRED');
  const name = requireParameter(given.parameters, 'USERNAME');
  requireSecretHash(given.client, [name, session.username], given.parameters['SECRET_HASH']);
  const { user, memberships } = await requireSessionUser(ports, given, session, name);
  return { user: await choosePassword(ports, given, session, user), memberships, by: session.proven };
}

async function requireSessionUser(
  ports: SignInPorts,
  { pool }: SignIn,
  session: ChallengeSession,
  name: string,
): Promise<Omit<Proof, 'by'>> {
  const set = await subjectNamed(ports, pool, session.username);
  if (set.user?.sub !== session.sub || !answersTo(pool, set.user, name)) throw invalidSession();
  requireOpen(session, set.user);
  return requireUsable(ports, set);
}

/** One temporary password is replaced by one answer, however many sessions it opened. */
function requireOpen(session: ChallengeSession, user: User): UserStatus {
  const next = requireNextState(user, 'replace temporary password');
  if (fingerprint(user) !== session.about) throw sessionSpent();
  return next;
}

async function choosePassword(
  ports: SignInPorts,
  { pool, client, parameters }: SignIn,
  session: ChallengeSession,
  user: User,
): Promise<User> {
  const password = requireParameter(parameters, 'NEW_PASSWORD');
  requirePassword(passwordPolicy(pool), password, 'changing');
  const attributes = givenAttributes(parameters);
  const chosen = await permanentPassword(ports, pool, user, password);
  return changeUser(ports, pool, user, {
    decide(current) {
      const status = requireOpen(session, current);
      return {
        ...current,
        ...chosen,
        ...supplied(pool, client, current, attributes),
        status,
        modifiedAt: ports.clock.now(),
      };
    },
  });
}

const givenAttributes = (parameters: Parameters): Attributes =>
  Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value ?? '']),
  );

function supplied(pool: Pool, client: Client, user: User, given: Attributes): Pick<User, 'attributes' | 'pending'> {
  const { attributes, pending } = suppliedAttributes(pool, client, user, given);
  return { attributes, pending };
}

/** Sealing is randomised, so every password that was ever set has its own sealed form. */
const fingerprint = (user: User): string =>
  Buffer.from(user.password?.sealed ?? [])
    .toString('base64url')
    .slice(0, 44);
