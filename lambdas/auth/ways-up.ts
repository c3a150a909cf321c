/** What leads from what has been proven to a level that the client has asked for. */
import type { Factor, Level, Progress } from '../core/model/challenge-session.ts';
import type { MfaFactor, Pool } from '../core/model/pool.ts';
import { levelOf, methodsOf } from '../core/rules/authentication-levels.ts';
import { availableFactors, type UsableFactor } from '../core/rules/first-factors.ts';
import { relyingPartyOf } from '../core/rules/passkeys.ts';
import { secondFactorsOf } from './factor-demand.ts';
import type { Proof, SignInPorts } from './sign-in.ts';

export type WayUp =
  | { readonly kind: 'reached' | 'none' }
  /** Beside the password that has been proven. */
  | { readonly kind: 'second factor'; readonly factors: readonly MfaFactor[] }
  | { readonly kind: 'choice' };

type Standing = Pick<Progress, 'proven' | 'levels'>;

const reached = (proven: readonly Factor[]): number => levelOf(methodsOf(proven));

const proves: Readonly<Record<MfaFactor, Factor>> = {
  SMS_MFA: 'text code',
  SOFTWARE_TOKEN_MFA: 'app code',
  EMAIL_OTP: 'email code',
};

/** Towards the first level that the user can reach. */
export function wayUp({ settings }: Pick<SignInPorts, 'settings'>, pool: Pool, proof: Proof): WayUp {
  const available = availableFactors(pool, proof.user, relyingPartyOf(settings, pool));
  for (const level of proof.levels ?? []) {
    if (reached(proof.proven) >= level) return { kind: 'reached' };
    const factors = secondFactorsTo(level, pool, proof);
    if (factors.length > 0) return { kind: 'second factor', factors };
    if (choicesTo(level, proof.proven, available).length > 0) return { kind: 'choice' };
  }
  return { kind: 'none' };
}

type Holder = Pick<Proof, 'user' | 'softwareToken' | 'proven'>;

/** Those that the password lacks. */
const secondFactorsTo = (level: Level, pool: Pool, { user, softwareToken, proven }: Holder): readonly MfaFactor[] =>
  proven.includes('password')
    ? secondFactorsOf(pool, user, softwareToken).filter((factor) => reached([...proven, proves[factor]]) >= level)
    : [];

/** How far each leads, with what may follow: whether somebody has an app is not told before their password is proven. */
const heights: Readonly<Record<UsableFactor, Level>> = { PASSWORD: 4, EMAIL_OTP: 2, SMS_OTP: 2, WEB_AUTHN: 3 };

const isProven: Readonly<Record<UsableFactor, (proven: readonly Factor[]) => boolean>> = {
  PASSWORD: (proven) => proven.includes('password'),
  // Beside anything else a code would be a second factor.
  EMAIL_OTP: (proven) => proven.length > 0,
  SMS_OTP: (proven) => proven.length > 0,
  WEB_AUTHN: (proven) => proven.includes('passkey') || proven.includes('roaming passkey'),
};

const choicesTo = (
  level: Level,
  proven: readonly Factor[],
  available: readonly UsableFactor[],
): readonly UsableFactor[] => available.filter((factor) => heights[factor] >= level && !isProven[factor](proven));

/** Of what is available, all that leads to the first level that anything leads to; everything where none is asked for. */
export function leading(available: readonly UsableFactor[], { levels, proven }: Standing): readonly UsableFactor[] {
  if (!levels) return available;
  return levels.map((level) => choicesTo(level, proven, available)).find((choices) => choices.length > 0) ?? [];
}
