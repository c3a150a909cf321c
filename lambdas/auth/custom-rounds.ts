/** What the pool's own functions ask for next, of a custom sign-in. */
import { incorrectPassword, triggerAnswerUnrecognizable } from '../core/contract/errors.ts';
import type { Factor, Progress } from '../core/model/challenge-session.ts';
import type { CustomStep } from '../core/model/custom-step.ts';
import { createChallenge, defineChallenge } from '../core/triggers/custom-auth.ts';
import { candidateOf, type NamedCandidate } from './candidates.ts';
import { poseVerifier } from './challenges/password-verifier.ts';
import { requireBounded, sealCustomState } from './custom-states.ts';
import { progressOf } from './proof-sessions.ts';
import type { Answer, Outcome, Proof, SignIn, SignInPorts } from './sign-in.ts';
import type { Subject } from './subjects.ts';
import { requireUsable } from './user-state.ts';

/** A custom sign-in as its functions are asked to decide on it. */
export interface Standing {
  readonly subject: Subject;
  readonly progress: Progress;
  readonly steps: readonly CustomStep[];
  /** A of an SRP exchange that was begun: then a password may be asked for. */
  readonly clientPublic?: Uint8Array | undefined;
}

export const passed = (challengeName: string): CustomStep => ({
  challengeName,
  challengeResult: true,
  challengeMetadata: null,
});

/** The next challenge, or, when the functions want tokens to be issued, the proof that they took for enough. */
export async function playRound(ports: SignInPorts, signIn: SignIn, standing: Standing): Promise<Outcome> {
  const answer = await nextRound(ports, signIn, standing);
  if (answer) return { answer };
  const { subject, progress } = standing;
  // Whatever the functions say: nobody gets no tokens.
  const usable = requireUsable(ports, subject);
  return { proof: { ...usable, ...progress, proven: [...progress.proven, 'custom challenge'] } };
}

/** After the password, what else it asked for, or a new one. Absent when the functions want tokens to be issued. */
export function poseCustomRound(ports: SignInPorts, signIn: SignIn, proof: Proof): Promise<Answer | undefined> {
  const { user, memberships, proven } = proof;
  const subject = { username: user.username, user, memberships };
  const steps = [passed('SRP_A'), ...proven.flatMap((factor) => namesOf[factor].map(passed))];
  return nextRound(ports, signIn, { subject, progress: progressOf(proof), steps });
}

/** What functions know each proof by. */
const namesOf: Readonly<Record<Factor, readonly string[]>> = {
  password: ['PASSWORD_VERIFIER'],
  'text code': ['SMS_MFA'],
  'email code': ['EMAIL_OTP'],
  'app code': ['SOFTWARE_TOKEN_MFA'],
  device: ['DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER'],
  passkey: [],
  'roaming passkey': [],
  'custom challenge': [],
};

async function nextRound(ports: SignInPorts, signIn: SignIn, standing: Standing): Promise<Answer | undefined> {
  const { subject, progress, steps, clientPublic } = standing;
  const candidate = await candidateOf(ports, signIn, subject);
  const decision = await defineChallenge(ports, candidate, steps);
  switch (decision) {
    case 'issue tokens':
      return undefined;
    case 'fail':
      await signIn.inStep();
      throw incorrectPassword();
    case 'ask for the password':
      if (!clientPublic) throw triggerAnswerUnrecognizable();
      return poseVerifier(ports, signIn, subject, clientPublic, progress);
    case 'ask':
      return poseChallenge(ports, signIn, standing, candidate);
    default:
      return decision satisfies never;
  }
}

async function poseChallenge(
  ports: SignInPorts,
  signIn: SignIn,
  { subject, progress, steps }: Standing,
  candidate: NamedCandidate,
): Promise<Answer> {
  const { publicParameters, ...secret } = await createChallenge(ports, candidate, steps);
  requireBounded(JSON.stringify(publicParameters));
  const who = { username: subject.user?.username ?? subject.username, sub: candidate.sub, isSimulated: !subject.user };
  const session = { ...progress, ...who, expects: ['CUSTOM_CHALLENGE'] };
  return {
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session: await sealCustomState(ports, signIn, session, { steps, ...secret }),
    ChallengeParameters: { ...publicParameters, USERNAME: candidate.userName },
  };
}
