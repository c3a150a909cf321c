/** Keeps the sessions that finished sign-ins begin, in pools that track them, and ends those that are one too many. */
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import type { RefreshGrant, Session } from '../core/model/session.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import { tokenValidity } from '../core/rules/token-validity.ts';
import { endSession, isTracking, sessionIdOf, sessionSettings } from '../core/rules/user-sessions.ts';
import type { SignIn } from './sign-in.ts';

type TrackingPorts = Pick<Ports, 'userSessions' | 'families' | 'clock'>;

/**
 * The new session is there before the others are counted: of several sign-ins at once, whoever counts last sees all of
 * them, and never more than the pool allows are left.
 */
export async function trackSession(
  ports: TrackingPorts,
  { pool, client, sourceIp }: Pick<SignIn, 'pool' | 'client' | 'sourceIp'>,
  user: User,
  session: Session,
): Promise<void> {
  if (!isTracking(pool)) return;
  const now = ports.clock.now();
  await ports.userSessions.add(pool, user, {
    id: sessionIdOf(session),
    sub: user.sub,
    clientId: client.id,
    originJti: session.originJti,
    createdAt: now,
    activeAt: now,
    expiresAt: now + tokenValidity(client.settings).refreshToken * 1000,
    lastAddress: sourceIp,
  });
  await endLeastUsed(ports, pool, user);
}

async function endLeastUsed(ports: TrackingPorts, pool: Pool, user: User): Promise<void> {
  const { MaxPerUser } = sessionSettings(pool.settings).TokenSession;
  const sessions = await ports.userSessions.list(pool, user);
  const surplus = sessions.slice(0, Math.max(0, sessions.length - MaxPerUser));
  await Promise.all(surplus.map((session) => endSession(ports, pool, user, session)));
}

/** What a refresh, with or without rotation, says about its session. */
export async function touchSession(
  { userSessions, clock }: Pick<Ports, 'userSessions' | 'clock'>,
  { pool, client, sourceIp }: { readonly pool: Pool; readonly client: Client; readonly sourceIp?: string | undefined },
  grant: RefreshGrant,
): Promise<void> {
  if (!isTracking(pool)) return;
  const activeAt = clock.now();
  const { accessToken, idToken } = tokenValidity(client.settings);
  // The last tokens may outlive the one that they were refreshed with.
  const expiresAt = Math.max(grant.expiresAt, activeAt + Math.max(accessToken, idToken) * 1000);
  await userSessions.touch(pool, grant, sessionIdOf(grant), { activeAt, expiresAt, lastAddress: sourceIp });
}
