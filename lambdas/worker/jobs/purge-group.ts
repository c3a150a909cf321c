/** Deletes the memberships that a removed group left behind. Until then, whoever reads them passes them by. */
import type { Step } from '../step.ts';

export const purgeGroup: Step<'purge-group'> = async ({ leftovers }, work) => {
  const { next, lookAgain } = await leftovers.purgeGroup(work);
  if (next === undefined && lookAgain === undefined) return {};
  return { left: { ...work, after: next }, notBefore: lookAgain };
};
