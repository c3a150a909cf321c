/** Deletes images that no style has. There are so few that one step does it. */
import type { Step } from '../step.ts';

export const sweepAssets: Step<'sweep-assets'> = async ({ leftovers }, work) => {
  await leftovers.sweepAssets(work);
  return {};
};
