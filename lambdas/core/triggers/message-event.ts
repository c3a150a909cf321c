/** What the functions that concern a message are told of it, and of the person that it goes to. */
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { MessageKind } from '../ports/messenger.ts';
import { flagOf } from '../rules/addresses.ts';
import type { Delivery } from '../rules/code-delivery.ts';
import { attributesForTriggers, type ClientMetadata, type EventParties } from './event.ts';

/** Who a message is for, and why it is sent. */
export interface Addressed {
  readonly pool: Pool;
  /** Absent: an administrator's call caused it. */
  readonly client?: Pick<Client, 'id'> | undefined;
  readonly user: User;
  readonly kind: MessageKind;
  readonly delivery: Delivery;
  /** Of the very request that the message is sent for. */
  readonly clientMetadata?: ClientMetadata | undefined;
}

export const partiesOf = ({ pool, client, user }: Addressed): EventParties => ({
  pool,
  client,
  userName: user.username,
});

/** With the address that the message goes to, which may be one that waits for its code: functions send to what they find here. */
export function attributesOfAddressee({ pool, user, delivery }: Addressed): Readonly<Record<string, string>> {
  const { attribute, target } = delivery;
  const attributes = attributesForTriggers(pool, user);
  if (attributes[attribute] === target) return attributes;
  return { ...attributes, [attribute]: target, [flagOf(attribute)]: 'false' };
}
