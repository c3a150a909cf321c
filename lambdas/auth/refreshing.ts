/** Decides whether a refresh token still refreshes: what its own grant, its user and its family say. */
import {
  invalidRefreshToken,
  type Refusal,
  refreshTokenExpired,
  refreshTokenRevoked,
  userDisabled,
} from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Device } from '../core/model/device.ts';
import type { Family } from '../core/model/family.ts';
import type { Group } from '../core/model/group.ts';
import type { Pool } from '../core/model/pool.ts';
import type { RefreshGrant } from '../core/model/session.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import { isRotating } from '../core/rules/auth-flows.ts';
import { openRefreshToken } from '../core/rules/refresh-tokens.ts';
import { isRevoked } from '../core/rules/revocation.ts';

export interface Refreshable {
  readonly grant: RefreshGrant;
  readonly user: User;
  /** Those that the user is in by now. */
  readonly groups: readonly Group[];
}

type RefreshPorts = Pick<Ports, 'users' | 'groups' | 'families' | 'devices' | 'sealer' | 'clock'>;

/** What somebody refreshes with. */
export interface Presented {
  readonly token: string;
  /** Of the device that they say they are on. */
  readonly deviceKey?: string | undefined;
}

/**
 * Reads user and family side by side. Where tokens rotate, the family is left to the rotation, which checks and moves
 * it in one write. `rotatedOut` is what the operation says of a token that is not the newest of its family.
 */
export async function requireRefreshable(
  ports: RefreshPorts,
  pool: Pool,
  client: Client,
  { token, deviceKey }: Presented,
  rotatedOut: () => Refusal,
): Promise<Refreshable> {
  const grant = await requireGrant(ports, pool, client, token);
  const [set, family, device] = await Promise.all([
    ports.users.signIn(pool, grant.username),
    isRotating(client.settings) ? undefined : ports.families.find(pool, grant.username, grant.originJti),
    grant.deviceKey === undefined ? undefined : ports.devices.find(pool, grant, grant.deviceKey),
  ]);
  // A name that was deleted and taken again belongs to somebody else.
  if (!set.user || set.user.sub !== grant.sub) throw refreshTokenRevoked();
  if (!set.user.enabled) throw userDisabled();
  if (isRevoked(set.user, family, grant) || mustResetPassword(set.user)) throw refreshTokenRevoked();
  if (!isOnItsDevice(device, deviceKey)) throw invalidRefreshToken();
  if (!isRotating(client.settings) && !isNewest(grant, family)) throw rotatedOut();
  return { grant, user: set.user, groups: await ports.groups.behind(pool, set.memberships) };
}

async function requireGrant(
  { sealer, clock }: Pick<Ports, 'sealer' | 'clock'>,
  pool: Pool,
  client: Client,
  token: string,
): Promise<RefreshGrant> {
  const grant = await openRefreshToken(sealer, pool, token);
  if (grant?.clientId !== client.id) throw invalidRefreshToken();
  if (grant.expiresAt <= clock.now()) throw refreshTokenExpired();
  return grant;
}

/** Whoever resets the password is signed out by that; until then the tokens are of no use either. */
const mustResetPassword = ({ status }: User): boolean => status === 'RESET_REQUIRED';

/** Without rotation there is no grace: only the newest token of a family that was once rotated refreshes. */
const isNewest = ({ generation }: RefreshGrant, family: Family | undefined): boolean =>
  generation === (family?.generation ?? 0);

/** A session is bound to its device once that is confirmed, and ends with it. */
const isOnItsDevice = (device: Device | 'forgotten' | undefined, named: string | undefined): boolean =>
  device === undefined || (device !== 'forgotten' && device.key === named);
