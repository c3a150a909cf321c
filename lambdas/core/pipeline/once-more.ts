/** Runs what was decided on an outdated configuration once more; by then the newer one has been loaded. */
import { StaleConfiguration } from '../ports/stale-configuration.ts';

export async function onceMore<T>(attempt: () => Promise<T>, again: () => Promise<T> = attempt): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof StaleConfiguration) return again();
    throw error;
  }
}
