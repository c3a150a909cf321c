/** Makes users of people whom the pool's migration function knows. */
import {
  migratedNameUnusable,
  Refusal,
  textCodesNotPossible,
  tooManyFor,
  userNotMigrated,
  verifiedAliasExists,
} from '../contract/errors.ts';
import { username as usernameShape } from '../contract/shapes/users.ts';
import { violations } from '../contract/validate.ts';
import { invite } from '../messages/invitations.ts';
import type { MessagePorts } from '../messages/send.ts';
import type { Pool } from '../model/pool.ts';
import type { Attributes, MfaPreferences, StoredPassword, User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import type { Taken } from '../ports/user-store.ts';
import type { TriggerPorts } from '../triggers/invoke.ts';
import { findMigrant, type Migrant, type Stranger } from '../triggers/user-migration.ts';
import { newAttributes } from './attributes.ts';
import { type Delivery, invitationDeliveries } from './code-delivery.ts';
import { offeredFactors } from './mfa-factors.ts';
import { answersTo, findUser } from './names.ts';
import { isNameOfAnother, type NewName, newUser, requireNewName } from './new-user.ts';
import { quotaOf } from './quotas.ts';
import { firstPassword } from './stored-passwords.ts';
import { firstStates } from './user-states.ts';

export type MigrationPorts = Pick<Ports, 'users' | 'sealer' | 'powers' | 'random' | 'settings' | 'clock'> &
  TriggerPorts &
  MessagePorts;

/**
 * The new user, or whoever else was faster to make one that has this name. Otherwise what a caller is told who may know
 * that there is none; then nothing was written.
 */
export async function bringOver(ports: MigrationPorts, stranger: Stranger): Promise<User | Refusal> {
  try {
    const migrant = await findMigrant(ports, stranger);
    if (!migrant) return userNotMigrated(stranger.client.id);
    return await settle(ports, stranger, migrant);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    // The words may be the function's own, about the very person.
    ports.notices.add(`UserMigration brought nobody over: ${cause.name}`);
    return told.has(cause.name) ? cause : userNotMigrated(stranger.client.id);
  }
}

/** What is nobody's mistake but that of who runs the pool, and what another account stands in the way of. */
const told: ReadonlySet<Refusal['name']> = new Set<Refusal['name']>([
  'AliasExistsException',
  'InvalidLambdaResponseException',
  'OperationNotEnabledException',
  'UnexpectedLambdaException',
]);

async function settle(ports: MigrationPorts, stranger: Stranger, migrant: Migrant): Promise<User> {
  const { pool, userName: typed, clientMetadata } = stranger;
  const user = await userOf(ports, stranger, migrant);
  const most = quotaOf(ports, 'usersPerPool');
  const outcome = await ports.users.add(pool, user, { most, force: migrant.takesAliases });
  if (outcome === 'full') throw tooManyFor('users of a user pool', most);
  if (outcome === 'pool gone') throw userNotMigrated(stranger.client.id);
  if (outcome !== 'added') return requireMeanwhile(ports, pool, typed, outcome);
  if (migrant.isWelcomed) await welcome(ports, { pool, user, clientMetadata }, migrant);
  return user;
}

/** Two sign-ins of one person may bring them over side by side. */
async function requireMeanwhile(
  ports: Pick<Ports, 'users'>,
  pool: Pool,
  typed: string,
  { taken }: Taken,
): Promise<User> {
  const user = await findUser(ports, pool, typed);
  if (user) return user;
  throw taken === 'username' || taken === 'sub' ? migratedNameUnusable() : verifiedAliasExists(taken);
}

async function userOf(ports: MigrationPorts, stranger: Stranger, migrant: Migrant): Promise<User> {
  const { pool, userName: typed, password } = stranger;
  const name = requireName(ports, pool, migrant.username ?? typed);
  const entries = Object.entries(migrant.attributes).map(([Name, Value]) => ({ Name, Value }));
  const attributes = newAttributes(pool, 'administrator', entries, name.implied);
  const mfa = migrant.getsTextCodes ? textCodes(pool, attributes) : undefined;
  const status = firstStates[migrant.keepsPassword ? 'is brought over' : 'is brought over, without a password'];
  const user = newUser(ports, pool, name, { attributes, status });
  // Whatever was typed has to lead to them, or it would have somebody else brought over every time.
  if (!answersTo(pool, user, typed) || (await isNameOfAnother(ports, pool, name))) throw migratedNameUnusable();
  return { ...user, mfa, password: password === undefined ? undefined : await kept(ports, pool, name, password) };
}

/** The policy is not asked: it is the password that they have. */
const kept = (ports: MigrationPorts, pool: Pool, { username }: NewName, password: string): Promise<StoredPassword> =>
  firstPassword(ports, pool, username, password);

/** What people type is of no form that a username must have, and neither is what functions say. */
function requireName(ports: MigrationPorts, pool: Pool, name: string): NewName {
  if (violations(usernameShape, name).length > 0) throw migratedNameUnusable();
  return requireNewName(ports, pool, name);
}

function textCodes(pool: Pool, attributes: Attributes): MfaPreferences {
  const isOn = (pool.settings.MfaConfiguration ?? 'OFF') !== 'OFF' && offeredFactors(pool).includes('SMS_MFA');
  if (!isOn || !attributes['phone_number']) throw textCodesNotPossible();
  return { enabled: ['SMS_MFA'], preferred: 'SMS_MFA' };
}

type Welcomed = Pick<Stranger, 'pool' | 'clientMetadata'> & { readonly user: User };

/** They are users whether it reaches them or not. Their password is in no message: they know it. */
async function welcome(ports: MigrationPorts, welcomed: Welcomed, { media }: Migrant): Promise<void> {
  try {
    await invite(ports, welcomed, deliveriesTo(welcomed.user.attributes, media));
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    ports.notices.add(`The invitation of a user who was brought over did not leave: ${cause.name}`);
  }
}

/** Of the media that were asked for, those that lead anywhere. */
function deliveriesTo(attributes: Attributes, asked: Migrant['media']): readonly Delivery[] {
  const reaching = asked.filter((medium) => attributes[medium === 'EMAIL' ? 'email' : 'phone_number']);
  return asked.length > 0 && reaching.length === 0 ? [] : invitationDeliveries(attributes, reaching);
}
