/** Adds a claim and a scope to access tokens. */
import type { PreTokenGenerationV2TriggerHandler } from 'aws-lambda';

export const handler: PreTokenGenerationV2TriggerHandler = async (event) => {
  event.response = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: { claimsToAddOrOverride: { plan: 'gold' }, scopesToAdd: ['orders/read'] },
    },
  };
  return event;
};
