/** Writes down who came in. */
import type { PostAuthenticationTriggerHandler } from 'aws-lambda';

export const handler: PostAuthenticationTriggerHandler = async (event) => {
  console.log(`${event.userName} signed in${event.request.newDeviceUsed ? ' from a new device' : ''}`);
  return event;
};
