/** Deletes what a removed user left behind; it passes by what a next user of the name has there. */
import type { Step } from '../step.ts';

export const purgeUser: Step<'purge-user'> = async ({ leftovers }, work) => {
  const { next } = await leftovers.purgeUser(work);
  return next === undefined ? {} : { left: { ...work, after: next } };
};
