/** Takes people over from another directory at their first sign-in, and when they forgot their password. */
import type { UserMigrationTriggerHandler } from 'aws-lambda';

export const handler: UserMigrationTriggerHandler = async (event) => {
  const isRight = event.request.password === 'Old-Password-1';
  if (event.triggerSource === 'UserMigration_Authentication' && !isRight) throw new Error('Bad password');
  const { finalUserStatus: _none, ...response } = event.response;
  const userAttributes = { email: `${event.userName}@example.com`, email_verified: 'true' };
  const settled = isRight ? ({ finalUserStatus: 'CONFIRMED' } as const) : {};
  event.response = { ...response, ...settled, userAttributes, messageAction: 'SUPPRESS' };
  return event;
};
