/** PASSWORD and PASSWORD_SRP: somebody who may choose has chosen the password, and shows it, or begins to prove it. */
import { incorrectPassword } from '../../core/contract/errors.ts';
import { requirePublicValue } from '../../core/rules/srp.ts';
import { isPasswordOf } from '../../core/rules/verifiers.ts';
import { letIn } from '../arrivals.ts';
import { type Chooser, chooserOf, offering, sealFirstSession } from '../choices.ts';
import { requireRightGuess } from '../guesses.ts';
import { searched } from '../migration.ts';
import { requireParameter } from '../parameters.ts';
import { progressIn } from '../proof-sessions.ts';
import { type SessionSubject, sessionSubject } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { type Subject, withFailures } from '../subjects.ts';
import { requireUsable, type Usable } from '../user-state.ts';
import { poseVerifier } from './password-verifier.ts';

type PasswordChallenge = 'PASSWORD' | 'PASSWORD_SRP';

export const posePassword = (ports: SignInPorts, signIn: SignIn, chooser: Chooser): Promise<Answer> =>
  pose(ports, signIn, chooser, 'PASSWORD');

export const posePasswordSrp = (ports: SignInPorts, signIn: SignIn, chooser: Chooser): Promise<Answer> =>
  pose(ports, signIn, chooser, 'PASSWORD_SRP');

const pose = async (
  ports: SignInPorts,
  signIn: SignIn,
  chooser: Chooser,
  name: PasswordChallenge,
): Promise<Answer> => ({
  ChallengeName: name,
  Session: await sealFirstSession(ports, signIn, chooser, { expects: name }),
  ChallengeParameters: { USER_ID_FOR_SRP: chooser.shownName },
});

/** Refuses a wrong one, and whoever may not sign in with the right one. */
export async function provePassword(
  ports: SignInPorts,
  signIn: SignIn,
  subject: Subject,
  password: string,
): Promise<Usable> {
  if ('isRejected' in subject) {
    await signIn.inStep();
    throw incorrectPassword();
  }
  const guessed = await withFailures(ports, signIn.pool, subject);
  await requireRightGuess(ports, signIn, guessed, () => isPasswordOf(ports, signIn.pool, guessed, password));
  return requireUsable(ports, guessed);
}

export async function answerPassword(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, subject: known } = await sessionSubject(ports, given);
  const password = requireParameter(given.parameters, 'PASSWORD');
  const subject = session.isSimulated ? await arriving(ports, given, { session, subject: known }, password) : known;
  const usable = await provePassword(ports, given, subject, password);
  return { proof: { ...usable, kind: session.kind, proven: [...session.proven, 'password'] } };
}

/** The function that lets people in was asked about nobody, when whoever is brought over only now began. */
async function arriving(
  ports: SignInPorts,
  given: ChallengeAnswer,
  { session, subject: nobody }: SessionSubject,
  password: string,
): Promise<Subject> {
  const subject = await searched(ports, given, session, { nobody, password });
  return subject.user ? letIn(ports, given, subject) : subject;
}

export async function answerPasswordSrp(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const clientPublic = requirePublicValue(requireParameter(given.parameters, 'SRP_A'));
  const { session, subject } = await sessionSubject(ports, given);
  const chooser = await chooserOf(ports, given, subject, progressIn(session));
  return {
    pose: async () => offering(chooser, await poseVerifier(ports, given, chooser.subject, clientPublic, chooser.start)),
  };
}
