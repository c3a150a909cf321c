/** Adds a claim to ID tokens. */
import type { PreTokenGenerationTriggerHandler } from 'aws-lambda';

export const handler: PreTokenGenerationTriggerHandler = async (event) => {
  event.response = {
    claimsOverrideDetails: { claimsToAddOrOverride: { plan: 'free' }, claimsToSuppress: ['nickname'] },
  };
  return event;
};
