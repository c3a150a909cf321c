/** Refusals of sign-in and its challenges. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

// Signing in

export const incorrectPassword = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Incorrect username or password.', 'recorded');

export const passwordAttemptsExceeded = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Password attempts exceeded', 'documented');

export const userDisabled = (): Refusal => new Refusal('NotAuthorizedException', 'User is disabled.', 'recorded');

export const userNotConfirmed = (): Refusal => new Refusal('UserNotConfirmedException', 'User is not confirmed.');

export const passwordResetRequired = (): Refusal =>
  new Refusal('PasswordResetRequiredException', 'Password reset required for the user');

export const temporaryPasswordExpired = (): Refusal =>
  new Refusal(
    'NotAuthorizedException',
    'Temporary password has expired and must be reset by an administrator.',
    'recorded',
  );

export const initiateMethodNotSupported = (): Refusal =>
  new Refusal('InvalidParameterException', 'Initiate Auth method not supported', 'recorded');

export const missingParameter = (name: string): Refusal =>
  new Refusal('InvalidParameterException', `Missing required parameter ${name}`, 'recorded');

export const srpPublicValueInvalid = (): Refusal => invalidParameter('Invalid SRP_A.');

export const timestampUnreadable = (): Refusal =>
  invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');

export const challengeResponsesMissing = (): Refusal =>
  invalidParameter('Missing required parameter challenge responses');

/** Of a code that was sent, to sign in with it. */
export const signInCodeMismatch = (): Refusal =>
  new Refusal('CodeMismatchException', 'Invalid code or auth state for the user.', 'recorded');

/** The closest of what sign-in declares. */
export const signInCodeNotSent = (medium: 'EMAIL' | 'SMS'): Refusal =>
  medium === 'SMS'
    ? new Refusal('InvalidSmsRoleAccessPolicyException', 'The SMS message could not be sent.')
    : new Refusal('InvalidEmailRoleAccessPolicyException', 'The email message could not be sent.');

// Choosing how to sign in

export const challengeNotOffered = (): Refusal =>
  invalidParameter('ANSWER must be one of the challenges that are available.');

/** A user without a password, a verified address and a passkey. */
export const noFactorAvailable = (): Refusal =>
  new Refusal('NotAuthorizedException', 'There is no factor that the user can sign in with.');

export const noAcrValueKnown = (): Refusal => invalidParameter('None of the TARGET_ACR_VALUES is known.');

/** Of a user who lacks what it takes, and of names that nobody has. */
export const levelOutOfReach = (): Refusal =>
  new Refusal('NotAuthorizedException', 'None of the TARGET_ACR_VALUES can be reached.');

/** Of another user, client or pool than the sign-in. */
export const accessTokenOfAnother = (): Refusal =>
  new Refusal('NotAuthorizedException', 'The ACCESS_TOKEN is not one of the user and the client that sign in.');

export const accessTokenAlone = (): Refusal => invalidParameter('ACCESS_TOKEN needs TARGET_ACR_VALUES.');

export const maxAgeUnreadable = (): Refusal => invalidParameter('MAX_AGE must be a whole number of seconds.');

// Challenge sessions

export const sessionMissing = (): Refusal => invalidParameter('Missing required parameter Session');

export const invalidSession = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Invalid session for the user.', 'recorded');

export const sessionExpired = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Invalid session for the user, session is expired.', 'recorded');

export const sessionSpent = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Invalid session for the user, session can only be used once.', 'recorded');
