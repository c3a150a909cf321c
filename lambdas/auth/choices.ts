/** What somebody may choose from in a choice-based sign-in, and who that is. */
import { noFactorAvailable } from '../core/contract/errors.ts';
import type { Progress } from '../core/model/challenge-session.ts';
import type { Pool } from '../core/model/pool.ts';
import { type SessionState, sealChallengeSession } from '../core/rules/challenge-sessions.ts';
import { hidesUsers } from '../core/rules/client-settings.ts';
import { availableFactors, type UsableFactor } from '../core/rules/first-factors.ts';
import { relyingPartyOf } from '../core/rules/passkeys.ts';
import { simulatedName, simulateUser } from '../core/rules/verifiers.ts';
import { requireParameter } from './parameters.ts';
import { nameOfNobody } from './session-subjects.ts';
import type { Answer, SignIn, SignInPorts } from './sign-in.ts';
import { simulatedFactors } from './simulated-choices.ts';
import { asNobody, type Subject } from './subjects.ts';
import { requireUsable } from './user-state.ts';

export type Choice = 'PASSWORD_SRP' | 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

export interface Chooser {
  /** Without a user where nobody has the name, or where whoever has it is answered as if so. */
  readonly subject: Subject;
  readonly sub: string;
  /** `USER_ID_FOR_SRP`. */
  readonly shownName: string;
  /** As `AvailableChallenges` of the API. */
  readonly available: readonly Choice[];
}

/** Nothing is proven yet. */
export const atTheStart: Progress = { kind: 'choice', proven: [] };

/** `PASSWORD_SRP` goes before `PASSWORD`; the rest is in the order of the factors. */
export const choicesOf = (factors: readonly UsableFactor[]): readonly Choice[] =>
  factors.flatMap((factor): Choice[] => (factor === 'PASSWORD' ? ['PASSWORD_SRP', 'PASSWORD'] : [factor]));

/** Refuses a user who can begin with nothing, where the client may know that there is one. */
export async function chooserOf(ports: SignInPorts, signIn: SignIn, subject: Subject): Promise<Chooser> {
  const { pool, client, parameters } = signIn;
  const { user } = subject;
  if (!user) return nobody(ports, pool, subject);
  const available = choicesOf(availableFactors(pool, user, relyingPartyOf(ports.settings, pool)));
  if (available.length > 0) return { subject, sub: user.sub, shownName: user.username, available };
  if (hidesUsers(client)) return nobody(ports, pool, asNobody(pool, subject, requireParameter(parameters, 'USERNAME')));
  // What stands in the way says more than that there is nothing to choose from.
  requireUsable(ports, subject);
  throw noFactorAvailable();
}

type Nobody = Extract<Subject, { readonly user?: undefined }>;

async function nobody(ports: SignInPorts, pool: Pool, subject: Nobody): Promise<Chooser> {
  const username = nameOfNobody(subject.username);
  const { sub } = await simulateUser(ports, pool, username);
  return {
    subject: { ...subject, username },
    sub,
    shownName: simulatedName(pool, username, sub),
    available: choicesOf(await simulatedFactors(ports, pool, username)),
  };
}

interface FirstStep extends Pick<SessionState, 'id' | 'about'> {
  readonly expects: Choice | 'SELECT_CHALLENGE';
}

/** The session of a challenge that is posed before anything is proven. */
export const sealFirstSession = (
  ports: SignInPorts,
  { client }: Pick<SignIn, 'client'>,
  { subject, sub }: Chooser,
  { expects, ...step }: FirstStep,
): Promise<string> =>
  sealChallengeSession(ports, client, {
    ...step,
    ...atTheStart,
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
