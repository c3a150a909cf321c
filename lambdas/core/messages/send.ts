/** Hands messages over for delivery, with the sender that their pool names. */
import type { Pool } from '../model/pool.ts';
import type { Ports } from '../ports/index.ts';
import type { Mail, Message } from '../ports/messenger.ts';
import { handToSender, hasCustomSender } from '../triggers/custom-sender.ts';
import type { Addressed } from '../triggers/message-event.ts';
import { customised } from './customised.ts';
import { undelivered } from './delivery-failures.ts';
import { plainTextOf } from './plain-text.ts';
import { escapePassword, fillHtml, fillSubject, fillText } from './rendering.ts';
import { textSenderOf } from './text-sender.ts';
import type { Wording } from './wording.ts';

/** Every operation that sends declares them. */
export const messagePorts = [
  'messenger',
  'triggers',
  'codeEncryption',
  'notices',
] as const satisfies readonly (keyof Ports)[];

export type MessagePorts = Pick<Ports, (typeof messagePorts)[number]>;

/** Where a function of the pool delivers its messages, none is asked for their words. */
export async function send(ports: MessagePorts, addressed: Addressed, template: Wording): Promise<void> {
  const { pool, delivery } = addressed;
  if (hasCustomSender(pool, delivery.medium)) return handOver(ports, addressed, template);
  const wording = await customised(ports, addressed, template);
  const envelope = envelopeOf(addressed, wording);
  const message: Message =
    delivery.medium === 'EMAIL'
      ? { channel: 'EMAIL', ...envelope, ...mailOf(pool, wording) }
      : { channel: 'SMS', ...envelope, ...textOf(pool, wording) };
  await ports.messenger.send(message).catch(undelivered(ports, addressed));
}

const envelopeOf = ({ pool, client, user, kind, delivery }: Addressed, { values }: Wording) => ({
  poolId: pool.id,
  clientId: client?.id,
  username: user.username,
  to: delivery.target,
  kind,
  code: values['{####}'] || undefined,
  link: values.link,
});

/** A function of the pool writes and delivers the message; where messages are kept to be read, its code is seen all the same. */
async function handOver(ports: MessagePorts, addressed: Addressed, wording: Wording): Promise<void> {
  const envelope = envelopeOf(addressed, wording);
  const { code, kind } = envelope;
  const noted = ports.messenger.noteHandedOver?.({ channel: addressed.delivery.medium, ...envelope });
  await noted?.catch(() => ports.notices.add('The outbox did not keep a message that a function delivers'));
  await handToSender(ports, addressed, code && kind === 'AdminCreateUser' ? escapePassword(code) : code);
}

const mailOf = (pool: Pool, { mail, values }: Wording) => ({
  ...mailSenderOf(pool),
  subject: fillSubject(mail.subject, values),
  html: fillHtml(mail.body, values),
  text: fillText(plainTextOf(mail.body), values),
});

const textOf = (pool: Pool, { sms, values }: Wording) => ({
  sender: textSenderOf(pool),
  text: fillText(sms, values),
});

/** Without a sender of its own, a pool's mail comes from the deployment's. */
function mailSenderOf({ settings }: Pool): Pick<Mail, 'from' | 'replyTo' | 'identity'> {
  const { EmailSendingAccount, From, SourceArn, ReplyToEmailAddress, ConfigurationSet } =
    settings.EmailConfiguration ?? {};
  const isOwn = EmailSendingAccount === 'DEVELOPER' && SourceArn !== undefined;
  return {
    from: From ?? addressOf(SourceArn),
    replyTo: ReplyToEmailAddress,
    identity: isOwn ? { arn: SourceArn, configurationSet: ConfigurationSet } : undefined,
  };
}

/** `arn:aws:ses:<region>:<account>:identity/<address or domain>`; a domain alone is no sender. */
function addressOf(identityArn = ''): string | undefined {
  const [, identity] = identityArn.split(':identity/');
  return identity?.includes('@') ? identity : undefined;
}
