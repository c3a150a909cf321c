/** Sends e-mail through an SMTP server. */
import type { SendMailOptions, Transporter } from 'nodemailer';
import { DeliveryFailed, type Mail, type Messenger } from '../../core/ports/messenger.ts';
import { mailboxParts } from '../mailbox-parts.ts';

export interface SmtpMessenger extends Messenger {
  close(): void;
}

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly url: string;
  /** Sender where the pool names none. */
  readonly defaultFrom: string;
}

export function smtpMessenger({ url, defaultFrom }: SmtpSettings): SmtpMessenger {
  let transport: Promise<Transporter> | undefined;

  return {
    async send(message) {
      if (message.channel === 'SMS') {
        throw new DeliveryFailed(
          'SMS cannot be sent through an SMTP server; leave --smtp out to read it in the outbox.',
        );
      }
      transport ??= connect(url);
      await (await transport).sendMail(mailOf(message, defaultFrom)).catch(notDelivered);
    },
    close() {
      transport?.then((open) => open.close()).catch(() => undefined);
    },
  };
}

/** Loaded with the first message. An API call may take 29 s in all, so no step waits as long as that. */
async function connect(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    pool: true,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Each mailbox is handed over as one, not as a list to be parsed: a comma inside adds nobody. */
function mailOf(message: Mail, defaultFrom: string): SendMailOptions {
  return {
    from: mailboxParts(message.from ?? defaultFrom),
    to: { name: '', address: message.to },
    replyTo: message.replyTo === undefined ? undefined : mailboxParts(message.replyTo),
    subject: message.subject,
    html: message.html,
    text: message.text,
  };
}

/** The server's own words name the recipient, so only its codes are passed on. */
function notDelivered(error: { readonly code?: string; readonly responseCode?: number }): never {
  const codes = [error.code, error.responseCode].filter((code) => code !== undefined).join(' ');
  throw new DeliveryFailed(`The SMTP server did not take the message${codes ? ` (${codes})` : ''}.`);
}
