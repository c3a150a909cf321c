/** Refusals about the way that messages take. */
import { Refusal } from './refusal.ts';

export const codeDeliveryFailed = (medium: 'EMAIL' | 'SMS'): Refusal =>
  new Refusal('CodeDeliveryFailureException', `The ${medium === 'SMS' ? 'SMS' : 'email'} message could not be sent.`);

/** The pool's role does not let itself be taken on. */
export const smsRoleNotTrusted = (): Refusal =>
  new Refusal(
    'InvalidSmsRoleTrustRelationshipException',
    'Role does not have a trust relationship allowing Cognito to assume the role',
    'recorded',
  );

/** Whoever sends may not send texts. */
export const smsRoleRefused = (): Refusal =>
  new Refusal('InvalidSmsRoleAccessPolicyException', 'Role does not have permission to publish with SNS');

/** Whoever sends may not send mail, or not as this sender. */
export const emailRoleRefused = (): Refusal =>
  new Refusal('InvalidEmailRoleAccessPolicyException', 'The email identity does not allow this message to be sent.');

/** Every name that says that a message did not leave. */
const undelivered: readonly string[] = [
  'CodeDeliveryFailureException',
  'InvalidEmailRoleAccessPolicyException',
  'InvalidSmsRoleAccessPolicyException',
  'InvalidSmsRoleTrustRelationshipException',
];

export const isUndelivered = (error: unknown): error is Refusal =>
  error instanceof Refusal && undelivered.includes(error.name);
