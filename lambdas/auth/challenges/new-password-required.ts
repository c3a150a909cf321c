/** NEW_PASSWORD_REQUIRED: somebody with a temporary password chooses their own, and adds what the pool requires. */
import { invalidSession, sessionSpent } from '../../core/contract/errors.ts';
import type { ChallengeSession } from '../../core/model/challenge-session.ts';
import type { Client } from '../../core/model/client.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { Attributes, User, UserStatus } from '../../core/model/user.ts';
import { readableAttributes } from '../../core/rules/attribute-permissions.ts';
import { missingRequired, suppliedAttributes } from '../../core/rules/attributes.ts';
import { sealChallengeSession } from '../../core/rules/challenge-sessions.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { passwordPolicy, requirePassword } from '../../core/rules/password-policy.ts';
import { permanentPassword } from '../../core/rules/stored-passwords.ts';
import { requireNextState } from '../../core/rules/user-states.ts';
import { requireParameter } from '../parameters.ts';
import { passwordMark } from '../proof-marks.ts';
import { sessionSubject } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, Parameters, Proof, SignIn, SignInPorts } from '../sign-in.ts';
import { requireUsable } from '../user-state.ts';

const prefix = 'userAttributes.';

export async function poseNewPassword(ports: SignInPorts, { pool, client }: SignIn, proof: Proof): Promise<Answer> {
  const { user, kind, proven, deviceKey, levels } = proof;
  const session = await sealChallengeSession(ports, client, {
    username: user.username,
    sub: user.sub,
    kind,
    proven,
    deviceKey,
    levels,
    expects: ['NEW_PASSWORD_REQUIRED'],
    about: passwordMark(user),
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

/** Writing the user spends the session as well, so a refusal leaves it good for another try. */
export async function answerNewPassword(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, subject } = await sessionSubject(ports, given);
  if (!subject.user) throw invalidSession();
  requireOpen(session, subject.user);
  const { user, memberships, softwareToken } = requireUsable(ports, subject);
  const { kind, proven } = session;
  return {
    proof: { user: await choosePassword(ports, given, session, user), memberships, softwareToken, kind, proven },
  };
}

/** One temporary password is replaced by one answer, however many sessions it opened. */
function requireOpen(session: ChallengeSession, user: User): UserStatus {
  const next = requireNextState(user, 'replace temporary password');
  if (passwordMark(user) !== session.about) throw sessionSpent();
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
