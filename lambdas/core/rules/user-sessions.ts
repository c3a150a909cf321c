/** Sessions as people see and end them: which a user has, what they are called, and how one is ended. */
import { createHash } from 'node:crypto';
import { sessionNotFound, sessionTrackingDisabled } from '../contract/errors.ts';
import type { Branded } from '../contract/shape.ts';
import type { Page } from '../model/page.ts';
import type { Pool, PoolSettings } from '../model/pool.ts';
import type { RefreshGrant, Session } from '../model/session.ts';
import type { User } from '../model/user.ts';
import type { UserSession } from '../model/user-session.ts';
import type { Ports } from '../ports/index.ts';
import { type List, pageToken, requireCursor } from './page-tokens.ts';
import { isRevoked } from './revocation.ts';
import { familyEnd } from './tokens.ts';

export const listedSessionsGaps = [
  'Sessions of the hosted pages are not listed, as there are no such pages yet; the device and the place of a session are `unknown`.',
] as const;

export const endedSessionsGaps = [
  '`RevokeAssociatedSessions` makes no difference: no session hangs on another as long as there are no hosted pages.',
  'Access tokens of a client that has token revocation off name no session that could end them: they live until they expire.',
] as const;

export type SessionSettings = {
  readonly [Name in 'UserSessionTracking' | 'TokenSession']: NonNullable<PoolSettings[Name]>;
};

/** With the API's defaults in a pool that was never told. */
export const sessionSettings = ({
  UserSessionTracking = 'DISABLED',
  TokenSession = { MaxPerUser: 20 },
}: PoolSettings): SessionSettings => ({ UserSessionTracking, TokenSession });

export const isTracking = ({ settings }: Pool): boolean => sessionSettings(settings).UserSessionTracking === 'ENABLED';

/**
 * Made from the event that began the session, which every refresh and access token of it names: both find the session
 * without a row that leads there. 129 bits of a digest, so that the id tells nothing of the tokens.
 */
export const sessionIdOf = ({ eventId }: Pick<Session, 'eventId'>): string => {
  const digest = createHash('sha256').update(`user session ${eventId}`).digest('hex');
  return `tkn${BigInt(`0x${digest}`).toString(36).padStart(25, '0').slice(-25)}`;
};

type Tracking = Pick<Ports, 'userSessions'>;
type Owner = Pick<User, 'username' | 'sub'>;

/** Those whose tokens are still worth something, the last one that was used first; none where nobody tracks them. */
async function activeSessions({ userSessions }: Tracking, pool: Pool, user: User): Promise<readonly UserSession[]> {
  if (!isTracking(pool)) return [];
  const sessions = await userSessions.list(pool, user);
  // A sign-out of the user writes to none of them; what it has ended tells by when it began.
  const isOver = ({ originJti }: UserSession) => isRevoked(user, undefined, { originJti, eventId: originJti });
  return sessions.filter((session) => !isOver(session)).toReversed();
}

export async function requireSession(ports: Tracking, pool: Pool, user: User, sessionId: string): Promise<UserSession> {
  if (!isTracking(pool)) throw sessionTrackingDisabled();
  const session = (await activeSessions(ports, pool, user)).find(({ id }) => id === sessionId);
  if (!session) throw sessionNotFound(sessionId);
  return session;
}

/** The tokens die before the session is out of sight, so that one whose end failed half-way can be ended again. */
export async function endSession(
  { families, userSessions }: Pick<Ports, 'families' | 'userSessions'>,
  pool: Pool,
  owner: Owner,
  session: UserSession,
): Promise<void> {
  await families.revoke(pool, owner.username, session.originJti, familyEnd(session));
  await userSessions.remove(pool, owner, session.id);
}

/** Of a session whose tokens were ended by other means. */
export async function forgetSession({ userSessions }: Tracking, pool: Pool, grant: RefreshGrant): Promise<void> {
  if (isTracking(pool)) await userSessions.remove(pool, grant, sessionIdOf(grant));
}

const onPage = 125;

/** Sessions move to the front as they are used: what was shown is known by id, so that none is left out or comes twice. */
export async function sessionPage(
  ports: Pick<Ports, 'userSessions' | 'sealer' | 'clock'>,
  operation: string,
  pool: Pool,
  user: User,
  { token, current }: { readonly token: string | undefined; readonly current?: string | undefined },
) {
  const list: List = { operation, within: pool.id, parameters: user.sub };
  const after = await requireCursor(ports, list, token);
  // A cursor is what this function made of it, sealed while it was away.
  const shown = new Set(after?.['shown'] as readonly string[] | undefined);
  const rest = (await activeSessions(ports, pool, user)).filter(({ id }) => !shown.has(id));
  const items = rest.slice(0, onPage);
  const next = rest.length > onPage ? { shown: [...shown, ...items.map(({ id }) => id)] } : undefined;
  const page: Page<UserSession> = { items, next };
  return {
    Sessions: items.map((session) => describeSession(session, current)),
    NextToken: await pageToken(ports, list, page),
  };
}

/** Administrators may say any text for an address. */
const longestAddress = 128;

/** `SessionDescriptionType`. Of devices and places nothing is known. */
const describeSession = (session: UserSession, current: string | undefined) => ({
  // Every id that is stored was made in the form that its brand stands for.
  SessionId: session.id,
  SessionType: 'TOKEN' as const,
  ClientId: session.clientId as Branded<'ClientId'>,
  CreateDate: session.createdAt,
  LastActiveDate: session.activeAt,
  DeviceType: 'unknown',
  ...(session.lastAddress && { LastIPAddress: session.lastAddress.slice(0, longestAddress) }),
  LastLocation: { City: 'unknown', Country: 'unknown' },
  IsCurrentSession: session.id === current,
});
