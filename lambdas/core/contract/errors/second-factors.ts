/** Refusals about second factors: setting them up, choosing among them, and the codes of authenticator apps. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

// Authenticator apps

export const softwareTokenNotOffered = (): Refusal =>
  new Refusal(
    'SoftwareTokenMFANotFoundException',
    'Software Token MFA has not been enabled by the userPool',
    'documented',
  );

export const softwareTokenNotSetUp = (): Refusal =>
  new Refusal('InvalidParameterException', 'User has not set up software token mfa', 'recorded');

export const softwareTokenNotVerified = (): Refusal =>
  new Refusal('InvalidParameterException', 'User has not verified software token mfa', 'recorded');

/** Nothing waits for a first code. */
export const noSoftwareTokenPending = (): Refusal =>
  new Refusal('NotAuthorizedException', 'User has not set up software token mfa');

/** Of a first code, which would have made the app a factor. */
export const firstCodeMismatch = (): Refusal => new Refusal('EnableSoftwareTokenMFAException', 'Code mismatch');

export const softwareTokenCodeMismatch = (): Refusal =>
  new Refusal('CodeMismatchException', 'Invalid code received for user', 'recorded');

export const softwareTokenCodeUsed = (): Refusal =>
  new Refusal('ExpiredCodeException', 'Your software token has already been used once.', 'recorded');

export const tokenOrSessionNeeded = (): Refusal =>
  invalidParameter('Either an access token or a session must be given, and not both.');

/** A bound of our own: the name is read with every sign-in. */
export const friendlyNameTooLong = (most: number): Refusal =>
  invalidParameter(`FriendlyDeviceName must have length less than or equal to ${most}`);

// Choosing and setting up

export const mfaMethodNotFound = (): Refusal =>
  new Refusal('MFAMethodNotFoundException', 'The user does not have this MFA method.');

/** The pool asks for a second factor and offers none. */
export const nothingToSetUp = (): Refusal =>
  new Refusal('InvalidUserPoolConfigurationException', 'The user pool requires MFA and has no MFA method enabled.');

// Preferences

export const factorUndeliverable = (): Refusal =>
  invalidParameter('User does not have delivery config set to turn on SOFTWARE/SMS mfa');

export const severalPreferredFactors = (): Refusal => invalidParameter('Only one MFA method can be preferred.');

export const lastFactorNeeded = (): Refusal =>
  invalidParameter('The user pool requires MFA: the last MFA method of a user cannot be turned off.');

export const passkeyIsNoSecondFactor = (): Refusal =>
  invalidParameter('WebAuthn MFA needs a user pool with the factor configuration MULTI_FACTOR_WITH_USER_VERIFICATION.');

export const passkeyNeedsOtherFactor = (): Refusal =>
  invalidParameter('WebAuthn MFA needs another MFA method to be enabled.');
