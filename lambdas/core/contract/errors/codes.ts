/** Refusals about codes and the messages that carry them. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

export const codeMismatch = (): Refusal =>
  new Refusal('CodeMismatchException', 'Invalid verification code provided, please try again.', 'recorded');

export const expiredCode = (): Refusal =>
  new Refusal('ExpiredCodeException', 'Invalid code provided, please request a code again.', 'recorded');

export const attemptLimitExceeded = (): Refusal =>
  new Refusal('LimitExceededException', 'Attempt limit exceeded, please try after some time.', 'recorded');

/** The same limit, for operations that declare no other error for it. */
export const codesLimitExceeded = (): Refusal =>
  new Refusal('TooManyRequestsException', 'Attempt limit exceeded, please try after some time.');

export const nothingToRecoverWith = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
    'recorded',
  );

export const recoveryByAdministratorOnly = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Contact administrator to reset password.');

export const deliveryAttributeMissing = (attribute: 'email' | 'phone_number'): Refusal =>
  invalidParameter(`User does not have an attribute ${attribute} to deliver the message to.`);

export const nothingToVerify = (attribute: 'email' | 'phone_number'): Refusal =>
  invalidParameter(`User does not have an attribute ${attribute} to verify.`);

export const attributeNotVerifiable = (): Refusal => invalidParameter('AttributeName must be email or phone_number.');
