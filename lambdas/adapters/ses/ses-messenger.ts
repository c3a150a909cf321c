/** Sends e-mail through SES. */
import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { DeliveryFailed, type Mail, type Messenger } from '../../core/ports/messenger.ts';
import { notTaken, patience, type ServiceError } from '../message-services.ts';
import { inRegions, type RegionOption } from '../regional-clients.ts';
import { addressOf, mailboxOf } from './mailboxes.ts';
import { type Sender, type SesSettings, senderOf } from './senders.ts';

export function sesMessenger(settings: SesSettings): Messenger {
  const senderIn = inRegions(connect);
  return {
    async send(message) {
      if (message.channel !== 'EMAIL') throw new DeliveryFailed('SES sends no text messages.');
      const sender = senderOf(message, settings);
      const input = inputOf(message, sender);
      const sendMail = await senderIn(sender.region);
      await sendMail(input).catch(notTaken('SES', isClosed));
    },
  };
}

/** Besides a missing right: the identity is not verified, which SES says in the same way as what it thinks of a message. */
const isClosed = ({ name = '', message = '' }: ServiceError): boolean =>
  /^(?:AccessDenied|MailFromDomainNotVerified)/.test(name) ||
  (name === 'MessageRejected' && /not verified/.test(message));

/** Loaded with the first message. */
async function connect(region: RegionOption) {
  const { SendEmailCommand, SESv2Client } = await import('@aws-sdk/client-sesv2');
  const client = new SESv2Client({ ...patience, ...region });
  return (input: SendEmailCommandInput) => client.send(new SendEmailCommand(input));
}

function inputOf(mail: Mail, { mailbox, identityArn, configurationSet }: Sender): SendEmailCommandInput {
  const { to, replyTo, subject, html, text } = mail;
  return {
    FromEmailAddress: mailbox,
    ...(identityArn !== undefined && { FromEmailAddressIdentityArn: identityArn }),
    ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
    // One address that was checked to be no more than that, never a list to be read.
    Destination: { ToAddresses: [addressOf(to)] },
    ...(replyTo !== undefined && { ReplyToAddresses: [mailboxOf(replyTo)] }),
    Content: {
      Simple: { Subject: utf8(onOneLine(subject)), Body: { Html: utf8(html), Text: utf8(text) } },
    },
  };
}

const utf8 = (text: string) => ({ Data: text, Charset: 'UTF-8' });

/** A line break could begin another header. */
const onOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
