/** Invites a user again, with a new temporary password that begins its life now. */
import { invite } from '../core/messages/invitations.ts';
import type { Pool } from '../core/model/pool.ts';
import type { User } from '../core/model/user.ts';
import { changeUser } from '../core/rules/change-user.ts';
import { invitationDeliveries } from '../core/rules/code-delivery.ts';
import { requireUser } from '../core/rules/names.ts';
import { temporaryPassword } from '../core/rules/stored-passwords.ts';
import { requireNextState } from '../core/rules/user-states.ts';
import type { Creation } from './create-user.ts';
import { type InvitationPorts, requireTemporaryPassword } from './invitation.ts';

export async function resendInvitation(ports: InvitationPorts, pool: Pool, asked: Creation): Promise<User> {
  const user = await requireUser(ports, pool, asked.Username);
  requireNextState(user, 'invite again');
  const password = requireTemporaryPassword(ports, pool, asked.TemporaryPassword);
  const deliveries = invitationDeliveries(user.attributes, asked.DesiredDeliveryMediums);
  const stored = await temporaryPassword(ports, pool, user.username, password);
  const invited = await changeUser(ports, pool, user, {
    decide(current) {
      const status = requireNextState(current, 'invite again');
      return { ...current, status, password: stored, modifiedAt: ports.clock.now() };
    },
  });
  await invite(ports, { pool, user: invited, password, clientMetadata: asked.ClientMetadata }, deliveries);
  return invited;
}
