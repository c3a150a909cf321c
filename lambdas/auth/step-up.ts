/** The parameters that ask for a stronger sign-in than the last one. No level has a name here yet, so none can be asked for. */
import { accessTokenAlone, maxAgeUnreadable, noAcrValueKnown } from '../core/contract/errors.ts';
import type { Parameters } from './sign-in.ts';

/** An unknown level is ignored, but one of those that are named must be known. */
export function requireNoStepUp(parameters: Parameters): void {
  const { TARGET_ACR_VALUES: levels, ACCESS_TOKEN: token, MAX_AGE: age } = parameters;
  if (age !== undefined && !/^\d{1,10}$/.test(age)) throw maxAgeUnreadable();
  if (levels !== undefined) throw noAcrValueKnown();
  if (token !== undefined) throw accessTokenAlone();
}
