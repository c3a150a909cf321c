/** Issues the tokens of a session: what an ID, an access and a refresh token say. */
import type { Client } from '../model/client.ts';
import type { Group } from '../model/group.ts';
import type { Pool } from '../model/pool.ts';
import type { RefreshGrant, Session } from '../model/session.ts';
import type { TokenOverrides } from '../model/token-overrides.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { type LevelClaims, levelClaims } from './authentication-levels.ts';
import { isRevocable } from './client-settings.ts';
import { type GroupClaims, groupClaims } from './groups-in-tokens.ts';
import { idTokenAttributes } from './id-token-attributes.ts';
import { uuid, uuidAt } from './identifiers.ts';
import { sealRefreshToken } from './refresh-tokens.ts';
import { type Claims, changedAccessToken, changedIdToken, requireFew } from './token-overrides.ts';
import { longestTokenValidity, tokenValidity } from './token-validity.ts';

/** The scope of every token that a sign-in through the API yields. */
export const apiScope = 'aws.cognito.signin.user.admin';

export interface TokenHolder {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  /** Those that the user is in. */
  readonly groups?: readonly Group[] | undefined;
  /** What the pool's function has changed, where it has one. */
  readonly overrides?: TokenOverrides | undefined;
}

/** As `AuthenticationResult` of the API. */
export interface IssuedTokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
}

export type TokenPorts = Pick<Ports, 'signer' | 'sealer' | 'settings' | 'clock' | 'random'>;

/**
 * A session of a user who was read at `since` (ms) or later: a sign-out that this read did not show yet ends it. It
 * begins just after the last sign-out should this instance's clock lag behind that.
 */
export function beginSession({ random }: Pick<Ports, 'random'>, user: User, since: number): Session {
  const start = Math.max(since, (user.tokensValidAfter ?? 0) + 1);
  return { originJti: uuidAt(random, start), authTime: Math.floor(start / 1000), eventId: uuidAt(random, start) };
}

/** Without a trailing slash; discovery stands beneath it. */
export const issuerOf = ({ issuerBase }: Ports['settings'], pool: Pick<Pool, 'id'>): string =>
  `${issuerBase}/${pool.id}`;

/** What the two tokens of an issue say. */
export interface TokenClaims {
  readonly id: Claims;
  readonly access: Claims;
}

/**
 * For tokens that are issued next. What a function has made of them may be refused here: before anything is spent on them or
 * kept for them.
 */
export function tokenClaims(ports: TokenPorts, holder: TokenHolder, session: Session): TokenClaims {
  const validity = tokenValidity(holder.client.settings);
  const common = commonClaims(ports, holder, session);
  const device = session.deviceKey !== undefined && { device_key: session.deviceKey };
  const id = idClaims(ports, holder, { ...common, exp: common.iat + validity.idToken });
  const access = accessClaims(ports, holder, { ...common, ...device, exp: common.iat + validity.accessToken });
  if (holder.overrides) requireFew([id, access]);
  return { id, access };
}

/** Tokens of a session that has just begun, with its first refresh token. */
export async function issueFirstTokens(
  ports: TokenPorts,
  holder: TokenHolder,
  claims: TokenClaims,
  session: Session,
): Promise<IssuedTokens> {
  const expiresAt = ports.clock.now() + tokenValidity(holder.client.settings).refreshToken * 1000;
  return issueWithRefreshToken(ports, holder, claims, {
    ...session,
    clientId: holder.client.id,
    username: holder.user.username,
    sub: holder.user.sub,
    expiresAt,
    generation: 0,
  });
}

/** Access and ID tokens, and a refresh token that says `grant`. */
export async function issueWithRefreshToken(
  ports: TokenPorts,
  holder: TokenHolder,
  claims: TokenClaims,
  grant: RefreshGrant,
): Promise<IssuedTokens> {
  const [tokens, RefreshToken] = await Promise.all([
    issueTokens(ports, holder, claims),
    sealRefreshToken(ports.sealer, holder.pool, grant),
  ]);
  return { ...tokens, RefreshToken };
}

/** Access and ID tokens alone. */
export async function issueTokens(
  { signer }: TokenPorts,
  { pool, client }: TokenHolder,
  { id, access }: TokenClaims,
): Promise<IssuedTokens> {
  const [IdToken, AccessToken] = await Promise.all([
    signer.sign(pool.id, 'id', id),
    signer.sign(pool.id, 'access', access),
  ]);
  return { AccessToken, IdToken, ExpiresIn: tokenValidity(client.settings).accessToken, TokenType: 'Bearer' };
}

/**
 * When the last token of a family is dead (ms), if its last refresh happens at the very end. How long access and ID
 * tokens live may have been set anew since they were issued, so this goes by the longest life that can be set.
 */
export const familyEnd = ({ expiresAt }: Pick<RefreshGrant, 'expiresAt'>): number =>
  expiresAt + longestTokenValidity * 1000;

interface CommonClaims extends LevelClaims {
  readonly sub: string;
  readonly iss: string;
  readonly event_id: string;
  readonly auth_time: number;
  readonly iat: number;
  readonly origin_jti?: string;
}

function commonClaims(ports: TokenPorts, { pool, client, user }: TokenHolder, session: Session): CommonClaims {
  return {
    sub: user.sub,
    iss: issuerOf(ports.settings, pool),
    event_id: session.eventId,
    auth_time: session.authTime,
    iat: Math.floor(ports.clock.now() / 1000),
    ...levelClaims(pool, session),
    ...(isRevocable(client) && { origin_jti: session.originJti }),
  };
}

type Lasting = CommonClaims & { readonly exp: number; readonly device_key?: string };

function idClaims(ports: TokenPorts, holder: TokenHolder, common: Lasting): Claims {
  const { pool, client, user, groups = [], overrides } = holder;
  const claims = {
    ...idTokenAttributes(pool, client, user),
    ...groupClaims(groups),
    ...common,
    ...(isRevocable(client) && { jti: uuid(ports.random) }),
    'cognito:username': user.username,
    aud: client.id,
    token_use: 'id',
  };
  return overrides ? changedIdToken(claims, overrides) : claims;
}

function accessClaims(ports: TokenPorts, holder: TokenHolder, common: Lasting): Claims {
  const { client, user, groups = [], overrides } = holder;
  const claims = {
    ...groupNames(groups),
    ...common,
    client_id: client.id,
    jti: uuid(ports.random),
    scope: apiScope,
    token_use: 'access',
    username: user.username,
  };
  return overrides ? changedAccessToken(claims, overrides, client.id) : claims;
}

/** Roles stand in ID tokens alone. */
const groupNames = (groups: readonly Group[]): Pick<GroupClaims, 'cognito:groups'> => {
  const { 'cognito:groups': names } = groupClaims(groups);
  return names ? { 'cognito:groups': names } : {};
};
