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

export const customStateTooLarge = (bytes: number): Refusal =>
  new Refusal('InvalidLambdaResponseException', `The challenges of a sign-in may not take more than ${bytes} bytes`);
