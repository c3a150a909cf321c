/** Refusals of what is one too many. */
import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

/** `what` names the resource in the plural, and whose: `groups of a user pool`. */
export const limitExceeded = (what: string, most: number): Refusal =>
  new Refusal('LimitExceededException', tooMany(what, most));

/** For operations that declare no LimitExceededException. */
export const tooManyFor = (what: string, most: number): Refusal => invalidParameter(tooMany(what, most));

const tooMany = (what: string, most: number): string => `The limit of ${most} ${what} would be exceeded.`;
