/** Sends confirmation codes. */
import type { Client } from '../model/client.ts';
import type { ConfirmationPurpose } from '../model/code.ts';
import type { Ports } from '../ports/index.ts';
import { type CodeDeliveryDetails, deliveryDetails } from '../rules/code-delivery.ts';
import { makeCode } from '../rules/codes.ts';
import type { Addressed } from '../triggers/message-event.ts';
import { confirmationLink } from './confirmation-link.ts';
import { type MessagePorts, send } from './send.ts';
import { type CodeKind, codeMail, codeSms, isConfirmedByLink, linkMail } from './templates.ts';
import type { Wording } from './wording.ts';

export type CodeMessage = Addressed & (RegistrationMessage | OtherMessage);

/** The only one that may carry a link. */
interface RegistrationMessage {
  readonly kind: RegistrationKind;
  readonly client: Pick<Client, 'id'>;
  /** Where the pages stand that links lead to. */
  readonly pages: string;
}

interface OtherMessage {
  readonly kind: Exclude<CodeKind, RegistrationKind>;
}

type RegistrationKind = 'SignUp' | 'ResendCode';

/** Sends a code that is stored already; answers what the caller may know of it. */
export async function sendCode(ports: MessagePorts, message: CodeMessage, code: string): Promise<CodeDeliveryDetails> {
  await send(ports, message, wordingOf(message, code));
  return deliveryDetails(message.delivery);
}

function wordingOf(message: CodeMessage, code: string): Wording {
  const { pool, user, kind, delivery } = message;
  const sms = codeSms(pool, kind);
  if (!('pages' in message) || delivery.medium === 'SMS' || !isConfirmedByLink(pool, kind)) {
    return { mail: codeMail(pool, kind), sms, values: { '{####}': code } };
  }
  const link = confirmationLink(message.pages, { clientId: message.client.id, username: user.username, code });
  return { mail: linkMail(pool), sms, values: { '{####}': code, link } };
}

/** Makes, keeps and sends a code in place of the former one. */
export async function issueCode(
  ports: Pick<Ports, 'codes' | 'sealer' | 'random' | 'clock'> & MessagePorts,
  message: CodeMessage & { readonly purpose: ConfirmationPurpose },
): Promise<CodeDeliveryDetails> {
  const { pool, user, delivery, purpose } = message;
  const { attribute, target } = delivery;
  const { code, stored } = await makeCode(ports, pool, user, { purpose, attribute, target });
  await ports.codes.put(pool, user, stored);
  return sendCode(ports, message, code);
}
