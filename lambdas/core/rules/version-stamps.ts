/** Names of versions that say when they were made: `20260901123000`. */

/** In UTC, to the second. */
export const versionStamp = (moment: number): string => new Date(moment).toISOString().slice(0, 19).replace(/\D/g, '');
