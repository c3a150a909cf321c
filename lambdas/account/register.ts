/** Adds somebody who registers, with the code that they are to confirm it by. */
import { clientNotFound, limitExceeded, type Refusal, usernameExists } from '../core/contract/errors.ts';
import type { Attributes, User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import type { Taken } from '../core/ports/user-store.ts';
import { type Delivery, findSignUpDelivery } from '../core/rules/code-delivery.ts';
import { makeCode } from '../core/rules/codes.ts';
import type { Configuration } from '../core/rules/configuration.ts';
import { type NewName, newUser, withFlags } from '../core/rules/new-user.ts';
import { quotaOf } from '../core/rules/quotas.ts';
import { firstPassword } from '../core/rules/stored-passwords.ts';
import { firstStates } from '../core/rules/user-states.ts';
import type { Approval } from '../core/triggers/pre-sign-up.ts';

export interface Registration {
  readonly name: NewName;
  readonly attributes: Attributes;
  readonly approval: Approval;
  /** Absent, or empty: they are to sign in without one. */
  readonly password?: string | undefined;
}

export interface Registered {
  readonly user: User;
  /** To be sent; absent for those who are confirmed already, and where the pool verifies nothing that they have. */
  readonly confirmation: { readonly code: string; readonly delivery: Delivery } | undefined;
}

type RegisterPorts = Pick<Ports, 'users' | 'sealer' | 'powers' | 'random' | 'settings' | 'clock'>;

export async function register(
  ports: RegisterPorts,
  { pool, client }: Configuration,
  { name, approval: { confirms, verifies }, ...given }: Registration,
): Promise<Registered> {
  const attributes = withFlags(given.attributes, verifies);
  const password = given.password ? await firstPassword(ports, pool, name.username, given.password) : undefined;
  const status = firstStates[confirms ? 'signs up, confirmed by a function' : 'signs up'];
  const user = newUser(ports, pool, name, { attributes, status, password });
  const delivery = confirms ? undefined : findSignUpDelivery(pool, attributes);
  const made = delivery && (await makeCode(ports, pool, user, { purpose: 'sign-up', ...addressOf(delivery) }));
  const most = quotaOf(ports, 'usersPerPool');
  const force = verifies.length > 0;
  const outcome = await ports.users.add(pool, user, { most, force, ...(made && { code: made.stored }) });
  if (outcome === 'full') throw limitExceeded('users of a user pool', most);
  if (outcome !== 'added') throw refusalOf(outcome, client.id);
  return { user, confirmation: made && { code: made.code, delivery } };
}

const addressOf = ({ attribute, target }: Delivery) => ({ attribute, target });

/** Whichever of the names is taken, it is the account that exists. */
const refusalOf = (outcome: Taken | 'pool gone', clientId: string): Refusal =>
  outcome === 'pool gone' ? clientNotFound(clientId) : usernameExists();
