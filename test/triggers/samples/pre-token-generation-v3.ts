/** Says in the tokens of programs which tenant they are of. */
import type { PreTokenGenerationV3TriggerHandler } from 'aws-lambda';

export const handler: PreTokenGenerationV3TriggerHandler = async (event) => {
  const { tenant = 'none' } = event.request.clientMetadata ?? {};
  event.response = {
    claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { tenant } } },
  };
  return event;
};
