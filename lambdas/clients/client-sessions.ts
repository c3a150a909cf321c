/** How long an app client is content with a sign-in that another one has seen. */
import { featureNotInTier, sessionTrackingDisabled } from '../core/contract/errors.ts';
import type { Branded } from '../core/contract/shape.ts';
import type { Client, SsoSession } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import { isTierAtLeast, tierOf } from '../core/rules/tiers.ts';

const usualSsoSession: SsoSession = { MaxValidityMinutes: 60 };

/** As long as sessions are not tracked, what is set here rests. */
export function requireSessionTracking({ settings }: Pool): void {
  if (!isTierAtLeast(settings, 'ESSENTIALS')) throw featureNotInTier('SSOSession', tierOf(settings));
  if (settings.UserSessionTracking !== 'ENABLED') throw sessionTrackingDisabled();
}

export const describeClientSession = ({ poolId, id, ssoSession = usualSsoSession }: Client) => ({
  UserPoolId: poolId as Branded<'PoolId'>,
  // Every id that is stored was made in the form that its brand stands for.
  ClientId: id as Branded<'ClientId'>,
  SSOSession: ssoSession,
});
