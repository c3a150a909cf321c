/** Adds a user on an administrator's word, and invites them. */
import { accountExists, poolNotFound, type Refusal, tooManyFor } from '../core/contract/errors.ts';
import { invite } from '../core/messages/invitations.ts';
import type { Pool } from '../core/model/pool.ts';
import type { User } from '../core/model/user.ts';
import type { Taken } from '../core/ports/user-store.ts';
import { type AttributeEntry, newAttributes } from '../core/rules/attributes.ts';
import { invitationDeliveries, type Medium } from '../core/rules/code-delivery.ts';
import { adminCreateTaken, type Beginning, isNameOfAnother, newUser, requireNewName } from '../core/rules/new-user.ts';
import { quotaOf } from '../core/rules/quotas.ts';
import { temporaryPassword } from '../core/rules/stored-passwords.ts';
import { firstStates } from '../core/rules/user-states.ts';
import type { ClientMetadata } from '../core/triggers/event.ts';
import { approveCreation } from '../core/triggers/pre-sign-up.ts';
import { findTemporaryPassword, type InvitationPorts } from './invitation.ts';

export interface Creation {
  readonly Username: string;
  readonly UserAttributes?: readonly AttributeEntry[] | undefined;
  readonly ValidationData?: readonly AttributeEntry[] | undefined;
  readonly TemporaryPassword?: string | undefined;
  readonly ForceAliasCreation?: boolean | undefined;
  readonly MessageAction?: 'RESEND' | 'SUPPRESS' | undefined;
  readonly DesiredDeliveryMediums?: readonly Medium[] | undefined;
  readonly ClientMetadata?: ClientMetadata | undefined;
}

export async function createUser(ports: InvitationPorts, pool: Pool, asked: Creation): Promise<User> {
  const name = requireNewName(ports, pool, asked.Username);
  const attributes = newAttributes(pool, 'administrator', asked.UserAttributes, name.implied);
  const password = findTemporaryPassword(ports, pool, asked.TemporaryPassword);
  const isSilent = asked.MessageAction === 'SUPPRESS';
  const deliveries = isSilent ? [] : invitationDeliveries(attributes, asked.DesiredDeliveryMediums);
  await approveCreation(ports, {
    pool,
    userName: name.username,
    attributes,
    validationData: asked.ValidationData,
    clientMetadata: asked.ClientMetadata,
  });
  if (await isNameOfAnother(ports, pool, name)) throw accountExists();

  const begun = await beginning(ports, pool, name.username, password);
  const user = newUser(ports, pool, name, { ...begun, attributes });
  const most = quotaOf(ports, 'usersPerPool');
  const outcome = await ports.users.add(pool, user, { most, force: asked.ForceAliasCreation === true });
  if (outcome === 'full') throw tooManyFor('users of a user pool', most);
  if (outcome !== 'added') throw refusalOf(pool, outcome);
  await invite(ports, { pool, user, password, clientMetadata: asked.ClientMetadata }, deliveries);
  return user;
}

/** Who has no password has none to change. */
async function beginning(
  ports: InvitationPorts,
  pool: Pool,
  username: string,
  password: string | undefined,
): Promise<Pick<Beginning, 'status' | 'password'>> {
  if (password === undefined) return { status: firstStates['is added without a password'] };
  return { status: firstStates['is invited'], password: await temporaryPassword(ports, pool, username, password) };
}

const refusalOf = (pool: Pool, outcome: Taken | 'pool gone'): Refusal =>
  outcome === 'pool gone' ? poolNotFound(pool.id) : adminCreateTaken(pool, outcome.taken);
