/** Refusals about Lambda triggers. */

import { Refusal } from './refusal.ts';

export const triggerNotEnabled = (trigger: string): Refusal =>
  new Refusal('OperationNotEnabledException', `Lambda trigger ${trigger} is not enabled in this deployment`);

export const customTriggerMissing = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Custom auth lambda trigger is not configured for the user pool.',
    'recorded',
  );

/** `text` is the function's own. */
export const triggerFailed = (trigger: string, text: string): Refusal =>
  new Refusal('UserLambdaValidationException', `${trigger} failed with error ${text}.`, 'recorded');

export const triggerUnreachable = (trigger: string, cause: string): Refusal =>
  new Refusal('UnexpectedLambdaException', `${trigger} invocation failed due to error ${cause}.`, 'documented');

export const triggerAnswerUnrecognizable = (): Refusal =>
  new Refusal('InvalidLambdaResponseException', 'Unrecognizable lambda output', 'documented');

export const triggerAnswerNotJson = (): Refusal =>
  new Refusal('InvalidLambdaResponseException', 'Invalid lambda function output : Invalid JSON');

export const customMessageTooLong = (member: string, most: number): Refusal =>
  new Refusal('InvalidLambdaResponseException', `${member} of CustomMessage is longer than ${most} characters`);

export const customStateTooLarge = (bytes: number): Refusal =>
  new Refusal('InvalidLambdaResponseException', `The challenges of a sign-in may not take more than ${bytes} bytes`);

export const tokensTooLarge = (bytes: number): Refusal =>
  new Refusal('InvalidLambdaResponseException', `The claims of a token may not take more than ${bytes} bytes`);

export const tokensHaveTooMuch = (most: number): Refusal =>
  new Refusal('InvalidLambdaResponseException', `Tokens may not have more than ${most} claims and scopes`);

// Migration

export const userNotMigrated = (clientId: string): Refusal =>
  new Refusal('UserNotFoundException', `Exception migrating user in app client ${clientId}`, 'recorded');

/** The name is none that a user of this pool may have, or does not lead to the user whom the function describes. */
export const migratedNameUnusable = (): Refusal =>
  new Refusal('InvalidParameterException', 'UserMigration names a user by a name that they cannot have');

export const textCodesNotPossible = (): Refusal =>
  new Refusal('InvalidParameterException', 'UserMigration turns on SMS MFA for a user who cannot have it');
