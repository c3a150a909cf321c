/** Updates a user's attributes and sends codes to the new addresses that are to be verified. */
import { codesLimitExceeded } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { type AttributeEntry, changedAttributes, type Writer } from '../rules/attributes.ts';
import { changeUser } from '../rules/change-user.ts';
import { type CodeDeliveryDetails, type Delivery, deliveryTo } from '../rules/code-delivery.ts';
import { takeFromBudget, verificationOf } from '../rules/codes.ts';
import type { ClientMetadata } from '../triggers/event.ts';
import { issueCode } from './codes.ts';
import type { MessagePorts } from './send.ts';

export interface AttributeUpdate {
  readonly pool: Pool;
  readonly user: User;
  /** Absent when an administrator updates. */
  readonly client?: Client | undefined;
  readonly writer: Writer;
  readonly given: readonly AttributeEntry[];
  /** Whether aliases that others hold move to this user. */
  readonly force?: boolean;
  readonly clientMetadata?: ClientMetadata | undefined;
}

type UpdatePorts = Pick<Ports, 'users' | 'codes' | 'sealer' | 'random' | 'clock'> & MessagePorts;

/** One entry for each code that was sent. */
export async function updateAttributes(ports: UpdatePorts, update: AttributeUpdate): Promise<CodeDeliveryDetails[]> {
  const { pool, writer, given, force = false } = update;
  let deliveries: readonly Delivery[] = [];
  let counted = 0;
  const user = await changeUser(ports, pool, update.user, {
    async decide(current) {
      const change = changedAttributes(pool, writer, current, given);
      deliveries = change.toVerify.map(({ attribute, target }) => deliveryTo(attribute, target));
      // Once for each code, however often the decision is made again.
      for (; counted < deliveries.length; counted++) await countCode(ports, update);
      const { attributes, pending } = change;
      return { ...current, attributes, pending, modifiedAt: ports.clock.now() };
    },
    extra: { force },
  });
  const sent: CodeDeliveryDetails[] = [];
  for (const delivery of deliveries) sent.push(await issue(ports, { ...update, user }, delivery));
  return sent;
}

/**
 * Whoever is signed in could otherwise have a pool write to any number of strangers, one new address after the other. An
 * administrator may write to whomever they like.
 */
async function countCode(ports: UpdatePorts, { pool, user, writer }: AttributeUpdate): Promise<void> {
  if (writer === 'administrator') return;
  await takeFromBudget(ports, pool, user.username, 'send-attribute-code', codesLimitExceeded);
}

const issue = (
  ports: UpdatePorts,
  { pool, client, user, clientMetadata }: AttributeUpdate,
  delivery: Delivery,
): Promise<CodeDeliveryDetails> =>
  issueCode(ports, {
    pool,
    client,
    user,
    kind: 'UpdateUserAttribute',
    delivery,
    clientMetadata,
    purpose: verificationOf(delivery.attribute),
  });
