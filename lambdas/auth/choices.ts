/** What somebody may choose from in a choice-based sign-in, and who that is. */
import { levelOutOfReach, noFactorAvailable } from '../core/contract/errors.ts';
import type { Progress } from '../core/model/challenge-session.ts';
import type { Pool } from '../core/model/pool.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import { type SessionState, sealChallengeSession } from '../core/rules/challenge-sessions.ts';
import { hidesUsers } from '../core/rules/client-settings.ts';
import { availableFactors, type UsableFactor } from '../core/rules/first-factors.ts';
import { relyingPartyOf } from '../core/rules/passkeys.ts';
import { simulatedName, simulateUser } from '../core/rules/verifiers.ts';
import { requireParameter } from './parameters.ts';
import { progressOf } from './proof-sessions.ts';
import { nameOfNobody } from './session-subjects.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';
import { simulatedFactors } from './simulated-choices.ts';
import { asNobody, type Subject } from './subjects.ts';
import { requireUsable } from './user-state.ts';
import { leading } from './ways-up.ts';

export type Choice = 'PASSWORD_SRP' | 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

export interface Chooser {
  /** Without a user where nobody has the name, or where whoever has it is answered as if so. */
  readonly subject: Subject;
  readonly sub: string;
  /** `USER_ID_FOR_SRP`. */
  readonly shownName: string;
  /** As `AvailableChallenges` of the API. */
  readonly available: readonly Choice[];
  /** How far the sign-in has come before. */
  readonly start: Progress;
}

/** Nothing is proven yet. */
export const atTheStart: Progress = { kind: 'choice', proven: [] };

/** `PASSWORD_SRP` goes before `PASSWORD`; the rest is in the order of the factors. */
export const choicesOf = (factors: readonly UsableFactor[]): readonly Choice[] =>
  factors.flatMap((factor): Choice[] => (factor === 'PASSWORD' ? ['PASSWORD_SRP', 'PASSWORD'] : [factor]));

/**
 * Refuses a user who can begin with nothing, where the client may know that there is one, and whoever has nothing that leads
 * to a level that was asked for: names that nobody has are refused for that as those of users are.
 */
export async function chooserOf(
  ports: SignInPorts,
  signIn: SignIn,
  subject: Subject,
  start: Progress = atTheStart,
): Promise<Chooser> {
  const { pool, client, parameters } = signIn;
  const { user } = subject;
  if (!user) return nobody(ports, pool, subject, start);
  const factors = availableFactors(pool, user, relyingPartyOf(ports.settings, pool));
  if (factors.length > 0) return someone({ ...subject, user }, factors, start);
  if (hidesUsers(client)) {
    return nobody(ports, pool, asNobody(pool, subject, requireParameter(parameters, 'USERNAME')), start);
  }
  // What stands in the way says more than that there is nothing to choose from.
  requireUsable(ports, subject);
  throw noFactorAvailable();
}

/** Somebody who has proven something, and has to choose what else. */
export const chooserAmong = ({ settings }: Pick<SignInPorts, 'settings'>, pool: Pool, proof: Proof): Chooser => {
  const { user, memberships, softwareToken } = proof;
  const factors = availableFactors(pool, user, relyingPartyOf(settings, pool));
  return someone({ username: user.username, user, memberships, softwareToken }, factors, progressOf(proof));
};

const someone = (subject: SignInSet, factors: readonly UsableFactor[], start: Progress): Chooser => ({
  subject,
  sub: subject.user.sub,
  shownName: subject.user.username,
  available: requireLeading(factors, start),
  start,
});

function requireLeading(factors: readonly UsableFactor[], start: Progress): readonly Choice[] {
  const choices = choicesOf(leading(factors, start));
  if (choices.length === 0) throw levelOutOfReach();
  return choices;
}

type Nobody = Extract<Subject, { readonly user?: undefined }>;

async function nobody(ports: SignInPorts, pool: Pool, subject: Nobody, start: Progress): Promise<Chooser> {
  const username = nameOfNobody(subject.username);
  const { sub } = await simulateUser(ports, pool, username);
  return {
    subject: { ...subject, username },
    sub,
    shownName: simulatedName(pool, username, sub),
    available: requireLeading(await simulatedFactors(ports, pool, username), start),
    start,
  };
}

interface FirstStep extends Pick<SessionState, 'id' | 'about'> {
  readonly expects: Choice | 'SELECT_CHALLENGE';
}

/** The session of a challenge that somebody has chosen, or may choose. */
export const sealFirstSession = (
  ports: SignInPorts,
  { client }: Pick<SignIn, 'client'>,
  { subject, sub, start }: Chooser,
  { expects, ...step }: FirstStep,
): Promise<string> =>
  sealChallengeSession(ports, client, {
    ...step,
    ...start,
    username: subject.user?.username ?? subject.username,
    sub,
    isSimulated: !subject.user,
    expects: [expects],
  });

export const offering = ({ available }: Chooser, answer: Answer): Answer => ({
  ...answer,
  AvailableChallenges: available,
});

export async function poseSelection(ports: SignInPorts, signIn: SignIn, chooser: Chooser): Promise<Answer> {
  const session = await sealFirstSession(ports, signIn, chooser, { expects: 'SELECT_CHALLENGE' });
  return offering(chooser, { ChallengeName: 'SELECT_CHALLENGE', Session: session, ChallengeParameters: {} });
}
