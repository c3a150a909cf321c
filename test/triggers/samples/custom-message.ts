/** Writes messages in the pool's own voice. */
import type { CustomMessageTriggerHandler } from 'aws-lambda';

export const handler: CustomMessageTriggerHandler = async (event) => {
  const { codeParameter, usernameParameter } = event.request;
  event.response.emailSubject = `Your code from the shop`;
  event.response.emailMessage = `${usernameParameter ?? 'Hello'}: <b>${codeParameter}</b>`;
  event.response.smsMessage = `The shop: ${codeParameter} ${usernameParameter ?? ''}`;
  return event;
};
