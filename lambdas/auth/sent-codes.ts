/** The challenges that a code answers which was sent to the person. */
import type { Factor } from '../core/model/challenge-session.ts';
import type { VerifiableAttribute } from '../core/model/user.ts';

export interface SentCode {
  /** Whose address the code goes to. */
  readonly attribute: VerifiableAttribute;
  /** How many digits. */
  readonly length: 6 | 8;
  /** The response that holds the code. */
  readonly response: string;
  readonly proves: Factor;
}

export const sentCodes = {
  SMS_MFA: { attribute: 'phone_number', length: 6, response: 'SMS_MFA_CODE', proves: 'text code' },
  SMS_OTP: { attribute: 'phone_number', length: 8, response: 'SMS_OTP_CODE', proves: 'text code' },
  EMAIL_OTP: { attribute: 'email', length: 8, response: 'EMAIL_OTP_CODE', proves: 'email code' },
} as const satisfies Readonly<Record<string, SentCode>>;
