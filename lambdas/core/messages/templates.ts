/** The words of messages: the pool's own, else the service's. */
import type { Pool, PoolSettings } from '../model/pool.ts';
import type { MessageKind } from '../ports/messenger.ts';

export type CodeKind = Exclude<MessageKind, 'AdminCreateUser'>;

export interface MailTemplate {
  readonly subject: string;
  /** HTML. */
  readonly body: string;
}

const verification: MailTemplate = {
  subject: 'Confirm your email address',
  body: 'Use the code {####} to confirm your email address.',
};
const verificationSms = '{####} is your confirmation code.';

/** Of a lost password: nobody is to think that they confirm an address. */
const recovery: MailTemplate = { subject: 'Set a new password', body: 'Use the code {####} to set a new password.' };
const recoverySms = '{####} is your code to set a new password.';

const linked: MailTemplate = {
  subject: verification.subject,
  body: 'Confirm your email address: {##Confirm email address##}',
};

const signIn: MailTemplate = { subject: 'Your sign-in code', body: '{####} is your sign-in code.' };
const signInSms = '{####} is your sign-in code.';

/** Nothing follows the password: a full stop would be taken for a part of it. */
const invitation: MailTemplate = {
  subject: 'Your new account',
  body: 'An account was made for you. Sign in as {username} with this temporary password: {####}',
};
const invitationSms = 'Sign in as {username} with this temporary password: {####}';

/** For accounts that have no password. */
const openInvitation: MailTemplate = {
  subject: invitation.subject,
  body: 'An account was made for you. Sign in as {username}.',
};
const openInvitationSms = 'An account was made for you. Sign in as {username}.';

/** What carries a code; a pool has the same words for every kind but signing in. */
export function codeMail({ settings }: Pool, kind: CodeKind): MailTemplate {
  if (kind === 'Authentication') {
    const { Message, Subject } = settings.EmailMfaConfiguration ?? {};
    return { subject: Subject ?? signIn.subject, body: Message ?? signIn.body };
  }
  const { EmailSubject, EmailMessage } = settings.VerificationMessageTemplate ?? {};
  const own = kind === 'ForgotPassword' ? recovery : verification;
  return { subject: EmailSubject ?? own.subject, body: EmailMessage ?? own.body };
}

/** What carries a link instead. */
export function linkMail({ settings }: Pool): MailTemplate {
  const { EmailSubjectByLink, EmailMessageByLink } = settings.VerificationMessageTemplate ?? {};
  return { subject: EmailSubjectByLink ?? linked.subject, body: EmailMessageByLink ?? linked.body };
}

export function codeSms({ settings }: Pool, kind: CodeKind): string {
  if (kind === 'Authentication') return settings.SmsAuthenticationMessage ?? signInSms;
  const own = kind === 'ForgotPassword' ? recoverySms : verificationSms;
  return settings.VerificationMessageTemplate?.SmsMessage ?? own;
}

export function invitationMail({ settings }: Pool, hasPassword: boolean): MailTemplate {
  const { EmailSubject, EmailMessage } = inviteTemplate(settings);
  const own = hasPassword ? invitation : openInvitation;
  return { subject: EmailSubject ?? own.subject, body: EmailMessage ?? own.body };
}

export const invitationText = ({ settings }: Pool, hasPassword: boolean): string =>
  inviteTemplate(settings).SMSMessage ?? (hasPassword ? invitationSms : openInvitationSms);

/** Registrations alone may be confirmed by a link; every other code is typed in. */
export const isConfirmedByLink = ({ settings }: Pool, kind: MessageKind): boolean =>
  (kind === 'SignUp' || kind === 'ResendCode') &&
  settings.VerificationMessageTemplate?.DefaultEmailOption === 'CONFIRM_WITH_LINK';

const inviteTemplate = ({ AdminCreateUserConfig }: PoolSettings) => AdminCreateUserConfig?.InviteMessageTemplate ?? {};
