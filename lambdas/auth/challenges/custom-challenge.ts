/** CUSTOM_CHALLENGE: the pool's own functions say whether the answer is right, and what follows from it. */
import { verifyAnswer } from '../../core/triggers/custom-auth.ts';
import { candidateOf } from '../candidates.ts';
import { playRound } from '../custom-rounds.ts';
import { type CustomState, requireCustomState } from '../custom-states.ts';
import { deviceKeyAfter } from '../devices.ts';
import { requireParameter } from '../parameters.ts';
import { progressIn } from '../proof-sessions.ts';
import { type SessionSubject, sessionSubject } from '../session-subjects.ts';
import type { ChallengeAnswer, Deferred, Outcome, SignInPorts } from '../sign-in.ts';

/** One challenge takes one answer: how often a guess may be wrong, or a function fail, is for the functions to count. */
export async function answerCustomChallenge(ports: SignInPorts, given: ChallengeAnswer): Promise<Deferred> {
  const found = await sessionSubject(ports, given);
  const state = await requireCustomState(ports, given.pool, found.session);
  return { onceSpent: () => judge(ports, given, found, state) };
}

async function judge(
  ports: SignInPorts,
  given: ChallengeAnswer,
  { session, subject }: SessionSubject,
  { steps, metadata, privateParameters }: CustomState,
): Promise<Outcome> {
  const candidate = await candidateOf(ports, given, subject);
  const answer = requireParameter(given.parameters, 'ANSWER');
  const isRight = await verifyAnswer(ports, candidate, privateParameters, answer);
  const step = { challengeName: 'CUSTOM_CHALLENGE', challengeResult: isRight, challengeMetadata: metadata };
  const progress = { ...progressIn(session), deviceKey: deviceKeyAfter(given.parameters, session) };
  return playRound(ports, given, { subject, progress, steps: [...steps, step] });
}
