/** Refusals of what is one too many. */
import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

/** `what` names the resource in the plural, and whose: `groups of a user pool`. */
export const limitExceeded = (what: string, most: number): Refusal =>
  new Refusal('LimitExceededException', tooMany(what, most));

/** For operations that declare no LimitExceededException. */
export const tooManyFor = (what: string, most: number): Refusal => invalidParameter(tooMany(what, most));

const tooMany = (what: string, most: number): string => `The limit of ${most} ${what} would be exceeded.`;

// Request rates that an account raises

export const limitDefinitionInvalid = (): Refusal =>
  invalidParameter('LimitDefinition must have one attribute, which is Category.');

export const limitUnknown = (): Refusal =>
  new Refusal('ResourceNotFoundException', 'There is no limit of that category.');

export const limitNotAdjustable = (category: string): Refusal =>
  invalidParameter(`The limit of the category ${category} is not adjustable.`);

export const limitBelowFree = (category: string, free: number): Refusal =>
  invalidParameter(`The limit of the category ${category} cannot be less than ${free}.`);

export const limitAboveMaximum = (category: string, maximum: number): Refusal =>
  new Refusal('ServiceQuotaExceededException', `The limit of the category ${category} cannot be more than ${maximum}.`);
