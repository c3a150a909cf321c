/** Hands messages over for delivery, with the sender that their pool names. */
import { codeDeliveryFailed, confirmationLinkNotEnabled } from '../contract/errors.ts';
import type { Pool } from '../model/pool.ts';
import type { Ports } from '../ports/index.ts';
import { DeliveryFailed, type Mail, type Message, type MessageKind, type TextSender } from '../ports/messenger.ts';
import type { Delivery, Medium } from '../rules/code-delivery.ts';
import { messageTriggers, refuseTriggers } from '../triggers/trigger-points.ts';
import { plainTextOf } from './plain-text.ts';
import { fillHtml, fillSubject, fillText, type Values } from './rendering.ts';
import { isConfirmedByLink, type MailTemplate } from './templates.ts';

/** Who a message is for, and why it is sent. */
export interface Addressed {
  readonly pool: Pool;
  readonly clientId?: string | undefined;
  readonly username: string;
  readonly kind: MessageKind;
  readonly delivery: Delivery;
}

/** The same message in the words of either medium. */
export interface Wording {
  readonly mail: MailTemplate;
  readonly sms: string;
  readonly values: Values;
}

/**
 * Refuses what cannot be sent as the pool asks for it. To be called before anything is written, so that nobody is left
 * with an account and no way to confirm it.
 */
export function requireSendable(pool: Pool, kind: MessageKind, medium: Medium): void {
  refuseTriggers(pool, ...messageTriggers(medium));
  if (medium === 'EMAIL' && isConfirmedByLink(pool, kind)) throw confirmationLinkNotEnabled();
}

export async function send(
  { messenger }: Pick<Ports, 'messenger'>,
  { pool, clientId, username, kind, delivery }: Addressed,
  wording: Wording,
): Promise<void> {
  requireSendable(pool, kind, delivery.medium);
  const envelope = {
    poolId: pool.id,
    clientId,
    username,
    to: delivery.target,
    kind,
    code: wording.values['{####}'] || undefined,
  };
  const message: Message =
    delivery.medium === 'EMAIL'
      ? { channel: 'EMAIL', ...envelope, ...mailOf(pool, wording) }
      : { channel: 'SMS', ...envelope, ...textOf(pool, wording) };
  await messenger.send(message).catch((error: unknown) => refuse(delivery.medium, error));
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

function textSenderOf({ settings }: Pool): TextSender | undefined {
  const { SnsRegion, EumsSms } = settings.SmsConfiguration ?? {};
  if (EumsSms === undefined) return SnsRegion === undefined ? undefined : { region: SnsRegion };
  const { Region, OriginationIdentity, InEntityId, InTemplateId } = EumsSms;
  return { region: Region, origination: OriginationIdentity, entityId: InEntityId, templateId: InTemplateId };
}

/** `arn:aws:ses:<region>:<account>:identity/<address or domain>`; a domain alone is no sender. */
function addressOf(identityArn = ''): string | undefined {
  const [, identity] = identityArn.split(':identity/');
  return identity?.includes('@') ? identity : undefined;
}

function refuse(medium: Medium, error: unknown): never {
  if (!(error instanceof DeliveryFailed)) throw error;
  throw Object.assign(codeDeliveryFailed(medium), { cause: error });
}
