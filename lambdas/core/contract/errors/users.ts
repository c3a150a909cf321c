/** Refusals about users: their names, their attributes, and lists of them. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

// Users

export const userNotFound = (): Refusal => new Refusal('UserNotFoundException', 'User does not exist.', 'recorded');

/** What ForgotPassword says of an unknown user, and the other operations that take a client id and a username. */
export const combinationNotFound = (): Refusal =>
  new Refusal('UserNotFoundException', 'Username/client id combination not found.', 'recorded');

// States that stand against an operation

export const passwordCannotBeReset = (): Refusal =>
  new Refusal('NotAuthorizedException', 'User password cannot be reset in the current state.', 'recorded');

/** ConfirmSignUp and its administrator form. */
export const cannotBeConfirmed = (status: string): Refusal =>
  new Refusal('NotAuthorizedException', `User cannot be confirmed. Current status is ${status}`, 'recorded');

export const alreadyConfirmed = (): Refusal =>
  new Refusal('InvalidParameterException', 'User is already confirmed.', 'recorded');

/** AdminResetUserPassword says it without the full stop of sign-in. */
export const disabledCannotBeReset = (): Refusal => new Refusal('NotAuthorizedException', 'User is disabled');

export const resendNotPossible = (username: string): Refusal =>
  new Refusal('UnsupportedUserStateException', `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`);

export const signUpNotPermitted = (): Refusal =>
  new Refusal('NotAuthorizedException', 'SignUp is not permitted for this user pool');

export const autoVerificationOff = (): Refusal =>
  new Refusal('InvalidParameterException', 'Cannot resend codes. Auto verification not turned on.', 'recorded');

// Names that another user holds

export const usernameExists = (): Refusal => new Refusal('UsernameExistsException', 'User already exists', 'recorded');

/** AdminCreateUser words it in its own way. */
export const accountExists = (): Refusal => new Refusal('UsernameExistsException', 'User account already exists');

/** AdminCreateUser of a pool whose usernames are addresses. */
export const accountOfAddressExists = (kind: string): Refusal =>
  new Refusal('UsernameExistsException', `An account with the ${kind} already exists.`, 'recorded');

export const aliasExists = (kind: string): Refusal =>
  new Refusal('AliasExistsException', `An account with the given ${kind} already exists.`, 'recorded');

/** At the verification of an address, and when an administrator creates a user. */
export const verifiedAliasExists = (kind: string): Refusal =>
  new Refusal('AliasExistsException', `An account with the ${kind} already exists.`, 'recorded');

// Usernames

export const usernameNotEmail = (): Refusal => invalidParameter('Username should be an email.');

export const usernameNotPhoneNumber = (): Refusal => invalidParameter('Username should be a phone number.');

export const usernameNeitherEmailNorPhoneNumber = (): Refusal =>
  invalidParameter('Username should be either an email or a phone number.');

export const usernameOfEmailFormat = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Username cannot be of email format, since user pool is configured for email alias.',
    'recorded',
  );

export const usernameOfPhoneNumberFormat = (): Refusal =>
  invalidParameter('Username cannot be of phone number format, since user pool is configured for phone number alias.');

// Attributes

/** Findings at creation, each with its line feed. */
export const attributesNotConforming = (findings: readonly string[]): Refusal =>
  new Refusal('InvalidParameterException', `Attributes did not conform to the schema: ${lines(findings)}`, 'recorded');

/** Findings of updates and deletions, each with its line feed. */
export const userAttributesInvalid = (findings: readonly string[]): Refusal =>
  new Refusal('InvalidParameterException', `Invalid user attributes: ${lines(findings)}`, 'recorded');

/** A request can name a hundred thousand attributes that are not there; nobody reads more than these. */
const mostTold = 100;

const lines = (findings: readonly string[]): string =>
  findings
    .slice(0, mostTold)
    .map((finding) => `${finding}\n`)
    .join('');

export const attributeUnauthorized = (): Refusal =>
  new Refusal('NotAuthorizedException', 'A client attempted to write unauthorized attribute', 'recorded');

export const emailFormatInvalid = (): Refusal => invalidParameter('Invalid email address format.');

export const phoneNumberFormatInvalid = (): Refusal =>
  new Refusal('InvalidParameterException', 'Invalid phone number format.', 'recorded');

export const emailRequiredToVerify = (): Refusal => invalidParameter('Email is required to verify/un-verify an email');

export const phoneNumberRequiredToVerify = (): Refusal =>
  invalidParameter('Phone Number is required to verify/un-verify a phone number');

export const attributeDiffersFromUsername = (name: string): Refusal =>
  invalidParameter(`Username and ${name} must be the same, since user pool is configured for ${name} as username.`);

export const preferredUsernameTooEarly = (): Refusal =>
  invalidParameter(
    'preferred_username cannot be set before the user is confirmed, since user pool is configured for preferred_username alias.',
  );

export const attributeAlreadyProvided = (name: string): Refusal =>
  new Refusal('NotAuthorizedException', `Cannot modify an already provided ${name}`, 'recorded');

export const attributeMissing = (name: string): Refusal =>
  invalidParameter(`Invalid attributes given, ${name} is missing`);

// Second factors

/** The older setting turns on codes by SMS to the phone number, and nothing else. */
export const mfaOptionInvalid = (): Refusal =>
  invalidParameter('MFAOptions takes one option: DeliveryMedium SMS with AttributeName phone_number.');

/** In the words that preferences of a factor without a secret are refused with. */
export const smsFactorUndeliverable = (): Refusal =>
  invalidParameter('User does not have delivery config set to turn on SMS_MFA');

// User filters

export const filterUnreadable = (): Refusal => invalidParameter('Error while parsing filter');

export const searchAttributeInvalid = (name: string): Refusal => invalidParameter(`Invalid search attribute: ${name}`);

export const requestedAttributesUnknown = (): Refusal =>
  new Refusal('InvalidParameterException', 'One or more requested attributes do not exist.', 'recorded');

// Page tokens

/** ListUsers quotes the token, as the service was seen to do. */
export const pagingMarkerInvalid = (token: string, requestId: string): Refusal =>
  new Refusal('InvalidParameterException', `Paging marker ${token} is invalid for request ${requestId}`, 'recorded');

export const paginationTokenInvalid = (): Refusal => invalidParameter('Invalid pagination token provided.');
