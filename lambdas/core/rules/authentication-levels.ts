/** How strong a sign-in is: the level that its proofs satisfy, and what tokens say of it (`acr`, `amr`). */
import type { Factor, Level } from '../model/challenge-session.ts';
import type { Pool } from '../model/pool.ts';
import type { AuthenticationMethod, Session } from '../model/session.ts';
import { acrOf } from './acr-levels.ts';
import { isTierAtLeast } from './tiers.ts';

/**
 * A device that is remembered spares its user another factor and is none itself, and what a custom challenge is worth, only
 * the functions of the pool know: neither is a method, and neither lifts a sign-in to a level.
 */
const methods: Readonly<Record<Factor, AuthenticationMethod | undefined>> = {
  password: 'pwd',
  'email code': 'email_otp',
  'text code': 'sms',
  'app code': 'otp',
  passkey: 'swk',
  'roaming passkey': 'hwk',
  device: undefined,
  'custom challenge': undefined,
};

/** Each once, in the order in which they were proven. */
export const methodsOf = (proven: readonly Factor[]): readonly AuthenticationMethod[] => [
  ...new Set(proven.map((factor) => methods[factor]).filter((method) => method !== undefined)),
];

/** What the `amr` of a token says was proven. */
export function factorsNamed(amr: readonly string[]): readonly Factor[] {
  // The table has every factor once, so its keys are the factors.
  const factors = Object.keys(methods) as Factor[];
  return amr.flatMap((name) => factors.filter((factor) => methods[factor] === name));
}

type Has = (...anyOf: readonly AuthenticationMethod[]) => boolean;

/** From the highest down. An app counts beside a password alone, and a passkey for no more beside something else. */
const satisfied: readonly (readonly [Level, (has: Has) => boolean])[] = [
  [4, (has) => has('pwd') && has('otp')],
  [3, (has) => has('swk', 'hwk') || (has('pwd') && has('sms', 'email_otp'))],
  [2, (has) => has('sms', 'email_otp')],
  [1, (has) => has('pwd')],
];

/** 0 where the proofs satisfy none. */
export function levelOf(proven: readonly AuthenticationMethod[]): Level | 0 {
  const has: Has = (...anyOf) => anyOf.some((method) => proven.includes(method));
  return satisfied.find(([, isReached]) => isReached(has))?.[0] ?? 0;
}

export interface LevelClaims {
  readonly acr?: string;
  readonly amr?: readonly string[];
}

/** Under the names that the levels have by now. Nothing below the tier that has levels, and where no method is known. */
export function levelClaims({ settings }: Pick<Pool, 'settings'>, { methods: proven = [] }: Session): LevelClaims {
  if (proven.length === 0 || !hasLevels(settings)) return {};
  const level = levelOf(proven);
  const acr = level === 0 ? undefined : acrOf(settings, level);
  return { ...(acr !== undefined && { acr }), amr: proven.length > 1 ? [...proven, 'mfa'] : proven };
}

export const hasLevels = (settings: Pool['settings']): boolean => isTierAtLeast(settings, 'ESSENTIALS');
