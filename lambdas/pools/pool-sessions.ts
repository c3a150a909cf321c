/** What an administrator may say about the sessions of a pool: whether they are tracked, and how many a person may have. */
import { featureNotInTier } from '../core/contract/errors.ts';
import type { PoolSettings } from '../core/model/pool.ts';
import { isTierAtLeast, tierOf } from '../core/rules/tiers.ts';
import { type SessionSettings, sessionSettings } from '../core/rules/user-sessions.ts';

/** The whole of it is replaced. The lowest plan has none of it, not even to turn it off. */
export function settingsWithSessions(before: PoolSettings, asked: SessionSettings): PoolSettings {
  if (!isTierAtLeast(before, 'ESSENTIALS')) throw featureNotInTier('UserSessionTracking', tierOf(before));
  return { ...before, ...sessionSettings(asked) };
}
