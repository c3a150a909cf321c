/** Asks for a number. */
import type { CreateAuthChallengeTriggerHandler } from 'aws-lambda';

export const handler: CreateAuthChallengeTriggerHandler = async (event) => {
  event.response.publicChallengeParameters = { question: 'six times seven' };
  event.response.privateChallengeParameters = { answer: '42' };
  event.response.challengeMetadata = 'TIMES';
  return event;
};
