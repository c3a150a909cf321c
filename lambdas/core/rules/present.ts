/** Leaves out of settings what says nothing. */

/** Without members that are undefined: being given as undefined is not being given. */
export const withoutUndefined = <T extends object>(given: T): T =>
  // Only optional members can be undefined, so the type stays.
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;

/** Without empty lists either. */
export const present = <T extends object>(settings: T): T =>
  // A list that may be left out may be empty, so the type stays.
  Object.fromEntries(Object.entries(settings).filter(([, value]) => !isNothing(value))) as T;

/** Empty lists say no more than absent ones. */
export const isNothing = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);
