/** Lets people of one domain in at once. */
import type { PreSignUpTriggerHandler } from 'aws-lambda';

export const handler: PreSignUpTriggerHandler = async (event) => {
  const { email = '' } = event.request.userAttributes;
  if (email.endsWith('@blocked.example')) throw new Error('This address cannot sign up');
  event.response.autoConfirmUser = email.endsWith('@example.com');
  event.response.autoVerifyEmail = event.response.autoConfirmUser;
  return event;
};
