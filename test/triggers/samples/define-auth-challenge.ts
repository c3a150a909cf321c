/** One question, three attempts. */
import type { DefineAuthChallengeTriggerHandler } from 'aws-lambda';

export const handler: DefineAuthChallengeTriggerHandler = async (event) => {
  const { session } = event.request;
  event.response.issueTokens = session.at(-1)?.challengeResult === true;
  event.response.failAuthentication = !event.response.issueTokens && session.length >= 3;
  event.response.challengeName = 'CUSTOM_CHALLENGE';
  return event;
};
