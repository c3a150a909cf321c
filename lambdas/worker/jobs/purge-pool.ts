/** Deletes what a removed pool left behind. Nothing is kept of how far it is: what is still there is what remains. */
import type { Step } from '../step.ts';

export const purgePool: Step<'purge-pool'> = async ({ leftovers }, work) => {
  const outcome = await leftovers.purgePool(work);
  if (outcome === 'done') return {};
  return outcome === 'more' ? { left: work } : { left: work, notBefore: outcome.lookAgain };
};
