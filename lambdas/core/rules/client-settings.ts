/** What a client's settings say, with the API's defaults applied. */
import type { Client } from '../model/client.ts';

/** Whether the client's callers must not learn which users exist. */
export const hidesUsers = ({ settings }: Client): boolean => settings.PreventUserExistenceErrors === 'ENABLED';

/** Whether the client's tokens carry the `origin_jti` by which they can be revoked. */
export const isRevocable = ({ settings }: Client): boolean => settings.EnableTokenRevocation !== false;

/** How long (ms) a refresh token stays usable after its rotation. */
export const retryGracePeriod = ({ settings }: Client): number =>
  (settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0) * 1000;
