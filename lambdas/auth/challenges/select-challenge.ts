/** SELECT_CHALLENGE: somebody says how they want to sign in, and may send along what that takes. */
import { challengeNotOffered } from '../../core/contract/errors.ts';
import { chooserOf } from '../choices.ts';
import { choose } from '../choosing.ts';
import { progressIn } from '../proof-sessions.ts';
import { sessionSubject } from '../session-subjects.ts';
import type { ChallengeAnswer, Outcome, SignInPorts } from '../sign-in.ts';

export async function answerSelection(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, subject } = await sessionSubject(ports, given);
  const chooser = await chooserOf(ports, given, subject, progressIn(session));
  const choice = chooser.available.find((name) => name === given.parameters['ANSWER']);
  if (!choice) throw challengeNotOffered();
  return choose(ports, given, chooser, choice);
}
