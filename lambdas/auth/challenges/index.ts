/** The challenges that can be answered: what each asks for, and what its answer proves. None calls another. */
import type { ChallengeAnswer, Deferred, Outcome, SignInPorts } from '../sign-in.ts';
import { answerCustomChallenge } from './custom-challenge.ts';
import { answerDevice, answerDeviceVerifier } from './device-srp.ts';
import { answerEmailOtp } from './email-otp.ts';
import { answerPassword, answerPasswordSrp } from './first-password.ts';
import { answerSetUp } from './mfa-setup.ts';
import { answerNewPassword } from './new-password-required.ts';
import { answerFirstCode } from './one-time-codes.ts';
import { answerVerifier } from './password-verifier.ts';
import { answerSmsMfa } from './second-factor-codes.ts';
import { answerSelection } from './select-challenge.ts';
import { answerFactorChoice } from './select-mfa-type.ts';
import { answerSoftwareToken } from './software-token-mfa.ts';
import { answerWebAuthn } from './web-authn.ts';

export interface Challenge {
  readonly requires: readonly string[];
  /** The answer itself reads the device that it names, and refuses one that is none of the user's. */
  readonly findsDevice?: true;
  /** Refuses what is wrong; what it writes must stand the same answer once more. */
  answer(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome | Deferred>;
}

/** A challenge without an entry is not built yet. */
export const challenges: Readonly<Record<string, Challenge>> = {
  PASSWORD_VERIFIER: {
    requires: ['USERNAME', 'PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP'],
    answer: answerVerifier,
  },
  CUSTOM_CHALLENGE: { requires: ['USERNAME', 'ANSWER'], answer: answerCustomChallenge },
  SMS_MFA: { requires: ['USERNAME', 'SMS_MFA_CODE'], answer: answerSmsMfa },
  SOFTWARE_TOKEN_MFA: { requires: ['USERNAME', 'SOFTWARE_TOKEN_MFA_CODE'], answer: answerSoftwareToken },
  SELECT_MFA_TYPE: { requires: ['USERNAME', 'ANSWER'], answer: answerFactorChoice },
  MFA_SETUP: { requires: ['USERNAME'], answer: answerSetUp },
  NEW_PASSWORD_REQUIRED: { requires: ['USERNAME', 'NEW_PASSWORD'], answer: answerNewPassword },
  SELECT_CHALLENGE: { requires: ['USERNAME', 'ANSWER'], answer: answerSelection },
  PASSWORD: { requires: ['USERNAME', 'PASSWORD'], answer: answerPassword },
  PASSWORD_SRP: { requires: ['USERNAME', 'SRP_A'], answer: answerPasswordSrp },
  EMAIL_OTP: { requires: ['USERNAME', 'EMAIL_OTP_CODE'], answer: answerEmailOtp },
  SMS_OTP: { requires: ['USERNAME', 'SMS_OTP_CODE'], answer: answerFirstCode },
  DEVICE_SRP_AUTH: { requires: ['USERNAME', 'SRP_A', 'DEVICE_KEY'], findsDevice: true, answer: answerDevice },
  DEVICE_PASSWORD_VERIFIER: {
    requires: ['USERNAME', 'PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP', 'DEVICE_KEY'],
    findsDevice: true,
    answer: answerDeviceVerifier,
  },
  WEB_AUTHN: { requires: ['USERNAME', 'CREDENTIAL'], answer: answerWebAuthn },
};
