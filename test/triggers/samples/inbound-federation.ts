/** Takes the groups of the provider out of what it told. */
import type { InboundFederationTriggerHandler } from 'aws-lambda';

export const handler: InboundFederationTriggerHandler = async (event) => {
  const { groups: _groups, ...kept } = event.request.attributes.userInfo ?? {};
  event.response = { userAttributesToMap: kept };
  return event;
};
