/** Refusals about Lambda triggers. */

import { Refusal } from './refusal.ts';

export const triggerNotEnabled = (trigger: string): Refusal =>
  new Refusal('OperationNotEnabledException', `Lambda trigger ${trigger} is not enabled in this deployment`);
