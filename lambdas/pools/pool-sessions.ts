/** Whether a pool keeps track of sessions, and how many of them one person may have. */
import { featureNotInTier } from '../core/contract/errors.ts';
import type { PoolSettings } from '../core/model/pool.ts';
import { isTierAtLeast, tierOf } from '../core/rules/tiers.ts';

type SessionSettings = { readonly [Name in 'UserSessionTracking' | 'TokenSession']: NonNullable<PoolSettings[Name]> };

/** With the API's defaults in a pool that was never told. */
export const sessionSettings = ({
  UserSessionTracking = 'DISABLED',
  TokenSession = { MaxPerUser: 20 },
}: PoolSettings): SessionSettings => ({ UserSessionTracking, TokenSession });

/** The whole of it is replaced. The lowest plan has none of it, not even to turn it off. */
export function settingsWithSessions(before: PoolSettings, asked: SessionSettings): PoolSettings {
  if (!isTierAtLeast(before, 'ESSENTIALS')) throw featureNotInTier('UserSessionTracking', tierOf(before));
  return { ...before, ...sessionSettings(asked) };
}
