/** The challenges that can be answered: what each asks for, and how its answer is taken. */
import type { Answer, ChallengeAnswer, SignInPorts } from '../sign-in.ts';
import { answerNewPassword } from './new-password-required.ts';
import { answerVerifier } from './password-verifier.ts';

export interface Challenge {
  readonly requires: readonly string[];
  answer(ports: SignInPorts, given: ChallengeAnswer): Promise<Answer>;
}

/** A challenge without an entry is not built yet. */
export const challenges: Readonly<Record<string, Challenge>> = {
  PASSWORD_VERIFIER: {
    requires: ['USERNAME', 'PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP'],
    answer: answerVerifier,
  },
  NEW_PASSWORD_REQUIRED: { requires: ['USERNAME', 'NEW_PASSWORD'], answer: answerNewPassword },
};
