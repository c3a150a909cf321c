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
