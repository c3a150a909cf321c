/** Keeps out whom an attribute keeps out. */
import type { PreAuthenticationTriggerHandler } from 'aws-lambda';

export const handler: PreAuthenticationTriggerHandler = async (event) => {
  if (event.request.userAttributes['nickname'] === 'barred') throw new Error('You are barred');
  return event;
};
