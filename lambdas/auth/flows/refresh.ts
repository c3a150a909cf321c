/** REFRESH_TOKEN_AUTH: new access and ID tokens from the user's current attributes and groups; the refresh token stays. */
import { refreshTokenRevoked } from '../../core/contract/errors.ts';
import { namesOf } from '../../core/rules/names.ts';
import { requireSecretHash } from '../../core/rules/secret-hash.ts';
import { issueTokens, tokenClaims } from '../../core/rules/tokens.ts';
import { requireParameter } from '../parameters.ts';
import { requireRefreshable } from '../refreshing.ts';
import { touchSession } from '../session-tracking.ts';
import type { Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { overrideRefresh } from '../token-overrides.ts';

export async function withRefreshToken(ports: SignInPorts, signIn: SignIn): Promise<Outcome> {
  const { pool, client, parameters } = signIn;
  const presented = { token: requireParameter(parameters, 'REFRESH_TOKEN'), deviceKey: parameters['DEVICE_KEY'] };
  // InitiateAuth has no error of its own for a token that was rotated out.
  const { user, groups, grant } = await requireRefreshable(ports, pool, client, presented, refreshTokenRevoked);
  // The request carries no user name, so the hash may be over any name that is the user's own.
  requireSecretHash(client, namesOf(pool, user), parameters['SECRET_HASH']);
  const overrides = await overrideRefresh(ports, signIn, { user, groups });
  const holder = { pool, client, user, groups, overrides };
  const claims = tokenClaims(ports, holder, grant);
  await touchSession(ports, signIn, grant);
  const AuthenticationResult = await issueTokens(ports, holder, claims);
  return { answer: { ChallengeParameters: {}, AuthenticationResult } };
}
