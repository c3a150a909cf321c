/** Refusals about passwords that a policy does not allow. */

import { invalidParameter } from './pools.ts';
import { type Evidence, Refusal } from './refusal.ts';

/** Which of the two sentences introduces the rule: the operations that give a user a first password use another one. */
export type PasswordWording = 'signing-up' | 'changing';

const weakPassword =
  (rule: string, evidence: Evidence) =>
  (wording: PasswordWording): Refusal =>
    new Refusal(
      'InvalidPasswordException',
      `${wording === 'signing-up' ? 'Password did not conform with policy' : 'Password does not conform to policy'}: ${rule}`,
      evidence,
    );

export const passwordNotLongEnough = weakPassword('Password not long enough', 'recorded');
export const passwordWithoutLowercase = weakPassword('Password must have lowercase characters', 'recorded');
export const passwordWithoutUppercase = weakPassword('Password must have uppercase characters', 'recorded');
export const passwordWithoutNumber = weakPassword('Password must have numeric characters', 'recorded');
export const passwordWithoutSymbol = weakPassword('Password must have symbol characters', 'assumed');
export const passwordTooLong = weakPassword('Password too long', 'assumed');

export const passwordWithUnusableBlank = (): Refusal =>
  invalidParameter(
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+",
  );

export const passwordUsedBefore = (): Refusal =>
  new Refusal('PasswordHistoryPolicyViolationException', 'Password has previously been used.');
