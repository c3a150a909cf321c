/** Tells people that an administrator made an account for them. */
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Delivery } from '../rules/code-delivery.ts';
import type { ClientMetadata } from '../triggers/event.ts';
import { type MessagePorts, send } from './send.ts';
import { invitationMail, invitationText } from './templates.ts';

export interface Invitation {
  readonly pool: Pool;
  readonly user: User;
  /** The temporary password; absent for an account without one. */
  readonly password?: string | undefined;
  readonly clientMetadata?: ClientMetadata | undefined;
}

/** To each of the addresses. */
export async function invite(
  ports: MessagePorts,
  { pool, user, password, clientMetadata }: Invitation,
  deliveries: readonly Delivery[],
): Promise<void> {
  const hasPassword = password !== undefined;
  const wording = {
    mail: invitationMail(pool, hasPassword),
    sms: invitationText(pool, hasPassword),
    values: { '{username}': signInName(pool, user), '{####}': password ?? '' },
  };
  for (const delivery of deliveries) {
    await send(ports, { pool, user, kind: 'AdminCreateUser', delivery, clientMetadata }, wording);
  }
}

/** Where usernames are made up, people know their address instead. */
function signInName({ settings }: Pool, { username, attributes }: Invitation['user']): string {
  const addresses = settings.UsernameAttributes?.flatMap((attribute) => attributes[attribute] || []) ?? [];
  return addresses[0] ?? username;
}
