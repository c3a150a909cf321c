/** Updates a user's attributes and sends codes to the new addresses that are to be verified. */
import { codesLimitExceeded } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { type AttributeChange, type AttributeEntry, changedAttributes, type Writer } from '../rules/attributes.ts';
import { changeUser } from '../rules/change-user.ts';
import { type CodeDeliveryDetails, type Delivery, deliveryTo } from '../rules/code-delivery.ts';
import { takeFromBudget, verificationOf } from '../rules/codes.ts';
import { issueCode } from './codes.ts';
import { requireSendable } from './send.ts';

export interface AttributeUpdate {
  readonly pool: Pool;
  readonly user: User;
  /** Absent when an administrator updates. */
  readonly client?: Client | undefined;
  readonly writer: Writer;
  readonly given: readonly AttributeEntry[];
  /** Whether aliases that others hold move to this user. */
  readonly force?: boolean;
}

type UpdatePorts = Pick<Ports, 'users' | 'codes' | 'messenger' | 'sealer' | 'random' | 'clock'>;

/** One entry for each code that was sent. */
export async function updateAttributes(ports: UpdatePorts, update: AttributeUpdate): Promise<CodeDeliveryDetails[]> {
  const { pool, writer, given, force = false } = update;
  let deliveries: readonly Delivery[] = [];
  let counted = 0;
  const user = await changeUser(ports, pool, update.user, {
    async decide(current) {
      const change = changedAttributes(pool, writer, current, given);
      deliveries = requireDeliverable(pool, change);
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

/** Refused before anything is written when a code could not be sent as the pool asks for it. */
function requireDeliverable(pool: Pool, { toVerify }: AttributeChange): readonly Delivery[] {
  const deliveries = toVerify.map(({ attribute, target }) => deliveryTo(attribute, target));
  for (const { medium } of deliveries) requireSendable(pool, 'UpdateUserAttribute', medium);
  return deliveries;
}

const issue = (
  ports: UpdatePorts,
  { pool, client, user }: AttributeUpdate,
  delivery: Delivery,
): Promise<CodeDeliveryDetails> =>
  issueCode(ports, {
    pool,
    client,
    user,
    kind: 'UpdateUserAttribute',
    delivery,
    purpose: verificationOf(delivery.attribute),
  });
