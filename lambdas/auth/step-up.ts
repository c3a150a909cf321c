/** What a choice-based sign-in may ask for beyond tokens: a level to reach, and a session that has come part of the way. */
import { accessTokenAlone, maxAgeUnreadable, noAcrValueKnown } from '../core/contract/errors.ts';
import type { Level } from '../core/model/challenge-session.ts';
import type { Pool } from '../core/model/pool.ts';
import { levelsNamed } from '../core/rules/acr-levels.ts';
import { hasLevels } from '../core/rules/authentication-levels.ts';
import type { Parameters } from './sign-in.ts';

export interface StepUp {
  /** The most wanted first. */
  readonly levels: readonly Level[];
  /** The access token of a session whose proofs count. */
  readonly token?: string | undefined;
  /** How long ago (s) that session may have begun. */
  readonly maxAge?: number | undefined;
}

/** Absent where no level is asked for. An unknown one is ignored, but one of those that are named must be known. */
export function stepUpIn({ settings }: Pool, parameters: Parameters): StepUp | undefined {
  if (!hasLevels(settings)) return undefined;
  const { TARGET_ACR_VALUES: named, ACCESS_TOKEN: token, MAX_AGE: age } = parameters;
  if (age !== undefined && !/^\d{1,10}$/.test(age)) throw maxAgeUnreadable();
  if (named === undefined && token !== undefined) throw accessTokenAlone();
  if (named === undefined) return undefined;
  const levels = levelsNamed(settings, named);
  if (levels.length === 0) throw noAcrValueKnown();
  return { levels, token, maxAge: age === undefined ? undefined : Number(age) };
}
