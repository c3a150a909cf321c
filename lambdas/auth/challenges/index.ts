/** The challenges that can be answered: what each asks for, and what its answer proves. None calls another. */
import type { ChallengeAnswer, Outcome, SignInPorts } from '../sign-in.ts';
import { answerNewPassword } from './new-password-required.ts';
import { answerVerifier } from './password-verifier.ts';

export interface Challenge {
  readonly requires: readonly string[];
  /** Refuses what is wrong; what it writes must stand the same answer once more. */
  answer(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome>;
}

/** A challenge without an entry is not built yet. */
export const challenges: Readonly<Record<string, Challenge>> = {
  PASSWORD_VERIFIER: {
    requires: ['USERNAME', 'PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP'],
    answer: answerVerifier,
  },
  NEW_PASSWORD_REQUIRED: { requires: ['USERNAME', 'NEW_PASSWORD'], answer: answerNewPassword },
};
