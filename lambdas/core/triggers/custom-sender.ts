/** Hands a message with its code to the function that delivers it in place of the service. */
import { triggerNotEnabled } from '../contract/errors.ts';
import type { Pool } from '../model/pool.ts';
import { CodeNotEncrypted } from '../ports/code-encryption.ts';
import type { Ports } from '../ports/index.ts';
import { TriggersNotRun, TriggerUnreachable } from '../ports/triggers.ts';
import type { Medium } from '../rules/code-delivery.ts';
import { metadataMember, triggerEvent } from './event.ts';
import { type Addressed, attributesOfAddressee, partiesOf } from './message-event.ts';
import { functionAt, type TriggerPoint } from './trigger-points.ts';

type SenderPorts = Pick<Ports, 'triggers' | 'codeEncryption' | 'notices'>;

const senders = {
  EMAIL: { point: 'CustomEmailSender', type: 'customEmailSenderRequestV1' },
  SMS: { point: 'CustomSMSSender', type: 'customSMSSenderRequestV1' },
} as const satisfies Readonly<Record<Medium, { readonly point: TriggerPoint; readonly type: string }>>;

export const hasCustomSender = (pool: Pool, medium: Medium): boolean =>
  functionAt(pool, senders[medium].point) !== undefined;

/**
 * Nobody waits for what the function does, so the call goes well whatever that is, and what is known of a failure is
 * logged. Only a deployment that runs no functions says so, because nobody would ever get a message there. `code` is the
 * code or the temporary password, absent where there is neither.
 */
export async function handToSender(ports: SenderPorts, message: Addressed, code: string | undefined): Promise<void> {
  const { point } = senders[message.delivery.medium];
  await hand(ports, message, code).catch((cause: unknown) => {
    if (cause instanceof TriggersNotRun) throw triggerNotEnabled(point);
    ports.notices.add(`${point} did not get its message: ${reasonOf(cause)}`);
  });
}

async function hand(
  { triggers, codeEncryption }: SenderPorts,
  message: Addressed,
  code: string | undefined,
): Promise<void> {
  const { pool, kind, delivery, clientMetadata } = message;
  const { point, type } = senders[delivery.medium];
  const found = functionAt(pool, point);
  if (!found) return;
  const request = {
    type,
    code: code === undefined ? null : await codeEncryption.encrypt(keyOf(pool), pool.id, code),
    userAttributes: attributesOfAddressee(message),
    ...metadataMember(clientMetadata),
  };
  await triggers.send(
    found.arn,
    triggerEvent(partiesOf(message), { source: `${point}_${kind}`, request, response: {} }),
  );
}

/** No pool gets a sender without one. */
function keyOf({ settings }: Pool): string {
  const { KMSKeyID } = settings.LambdaConfig ?? {};
  if (KMSKeyID === undefined) throw new CodeNotEncrypted('the pool names no key');
  return KMSKeyID;
}

/** The words of these are known to hold no more than what a service calls its refusal. */
function reasonOf(cause: unknown): string {
  if (cause instanceof CodeNotEncrypted || cause instanceof TriggerUnreachable) return cause.message;
  return cause instanceof Error ? cause.name : 'unknown';
}
