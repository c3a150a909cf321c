/** EMAIL_OTP: one challenge for two purposes. After a password the code is a second factor, else it is the first. */
import type { ChallengeAnswer, Outcome, SignInPorts } from '../sign-in.ts';
import { answerFirstCode } from './one-time-codes.ts';
import { answerEmailMfa } from './second-factor-codes.ts';

export const answerEmailOtp = (ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> =>
  given.session?.proven.includes('password') ? answerEmailMfa(ports, given) : answerFirstCode(ports, given);
