/** Shapes that several operations of the users room share. */
import { s } from '../core/contract/shape.ts';
import { text } from '../core/contract/shapes/text.ts';

const eventType = s.oneOf('SignIn', 'SignUp', 'ForgotPassword', 'PasswordChange', 'ResendCode');
const eventRisk = s.structure({
  RiskDecision: s.optional(s.oneOf('NoRisk', 'AccountTakeover', 'Block')),
  RiskLevel: s.optional(s.oneOf('Low', 'Medium', 'High')),
  CompromisedCredentialsDetected: s.optional(s.boolean()),
});

const challengeResponse = s.structure({
  ChallengeName: s.optional(s.oneOf('Password', 'Mfa')),
  ChallengeResponse: s.optional(s.oneOf('Success', 'Failure')),
});

const eventContextData = s.structure({
  IpAddress: s.optional(text),
  DeviceName: s.optional(text),
  Timezone: s.optional(text),
  City: s.optional(text),
  Country: s.optional(text),
});

export const feedbackValue = s.oneOf('Valid', 'Invalid');
const eventFeedback = s.structure({
  FeedbackValue: feedbackValue,
  Provider: text,
  FeedbackDate: s.optional(s.timestamp()),
});

export const authEventType = s.structure({
  EventId: s.optional(text),
  EventType: s.optional(eventType),
  CreationDate: s.optional(s.timestamp()),
  EventResponse: s.optional(s.oneOf('Pass', 'Fail', 'InProgress')),
  EventRisk: s.optional(eventRisk),
  ChallengeResponses: s.optional(s.list(challengeResponse)),
  EventContextData: s.optional(eventContextData),
  EventFeedback: s.optional(eventFeedback),
});

export const eventId = s.string({ min: 1, max: 50, pattern: String.raw`[\w+-]+` });
