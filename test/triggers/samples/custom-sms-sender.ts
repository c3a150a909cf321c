/** Takes note of what would be sent by other means. */
import type { CustomSMSSenderTriggerHandler } from 'aws-lambda';

export const handler: CustomSMSSenderTriggerHandler = async (event) => {
  const { code, type } = event.request;
  console.log(`${type}: ${code?.length ?? 0} characters`);
};
