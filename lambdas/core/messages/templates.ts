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

const linked: MailTemplate = {
  subject: verification.subject,
  body: 'Confirm your email address: {##Confirm email address##}',
};

const signIn: MailTemplate = { subject: 'Your sign-in code', body: '{####} is your sign-in code.' };
const signInSms = '{####} is your sign-in code.';

const invitation: MailTemplate = {
  subject: 'Your new account',
  body: 'An account was made for you. Sign in as {username} with the temporary password {####}.',
};
const invitationSms = 'Sign in as {username} with {####}.';

/** For accounts that have no password. */
const openInvitation: MailTemplate = {
  subject: invitation.subject,
  body: 'An account was made for you. Sign in as {username}.',
};
const openInvitationSms = 'An account was made for you. Sign in as {username}.';

/** What carries a code; the words are the same for every kind that proves an address. */
export function codeMail({ settings }: Pool, kind: CodeKind): MailTemplate {
  if (kind === 'Authentication') {
    const { Message, Subject } = settings.EmailMfaConfiguration ?? {};
    return { subject: Subject ?? signIn.subject, body: Message ?? signIn.body };
  }
  const { EmailSubject, EmailMessage } = settings.VerificationMessageTemplate ?? {};
  return { subject: EmailSubject ?? verification.subject, body: EmailMessage ?? verification.body };
}

/** What carries a link instead. */
export function linkMail({ settings }: Pool): MailTemplate {
  const { EmailSubjectByLink, EmailMessageByLink } = settings.VerificationMessageTemplate ?? {};
  return { subject: EmailSubjectByLink ?? linked.subject, body: EmailMessageByLink ?? linked.body };
}

export const codeSms = ({ settings }: Pool, kind: CodeKind): string =>
  kind === 'Authentication'
    ? (settings.SmsAuthenticationMessage ?? signInSms)
    : (settings.VerificationMessageTemplate?.SmsMessage ?? verificationSms);

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
