/** Sends confirmation codes. */
import type { Client } from '../model/client.ts';
import type { ConfirmationPurpose } from '../model/code.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { type CodeDeliveryDetails, type Delivery, deliveryDetails } from '../rules/code-delivery.ts';
import { makeCode } from '../rules/codes.ts';
import { requireSendable, send } from './send.ts';
import { type CodeKind, codeMail, codeSms } from './templates.ts';

export interface CodeMessage {
  readonly pool: Pool;
  /** Absent when an administrator's call caused it. */
  readonly client?: Pick<Client, 'id'> | undefined;
  readonly user: Pick<User, 'username' | 'sub'>;
  readonly kind: CodeKind;
  readonly delivery: Delivery;
}

/** Sends a code that is stored already; answers what the caller may know of it. */
export async function sendCode(
  ports: Pick<Ports, 'messenger'>,
  { pool, client, user, kind, delivery }: CodeMessage,
  code: string,
): Promise<CodeDeliveryDetails> {
  const wording = { mail: codeMail(pool, kind), sms: codeSms(pool, kind), values: { '{####}': code } };
  await send(ports, { pool, clientId: client?.id, username: user.username, kind, delivery }, wording);
  return deliveryDetails(delivery);
}

/** Makes, keeps and sends a code in place of the former one. */
export async function issueCode(
  ports: Pick<Ports, 'codes' | 'messenger' | 'sealer' | 'random' | 'clock'>,
  message: CodeMessage & { readonly purpose: ConfirmationPurpose },
): Promise<CodeDeliveryDetails> {
  const { pool, user, kind, delivery, purpose } = message;
  requireSendable(pool, kind, delivery.medium);
  const { attribute, target } = delivery;
  const { code, stored } = await makeCode(ports, pool, user, { purpose, attribute, target });
  await ports.codes.put(pool, user, stored);
  return sendCode(ports, message, code);
}
