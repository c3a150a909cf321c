/** Makes a change that another writer may come before, and makes it again a few times when one did. */
import type { Refusal } from '../contract/errors.ts';

const tries = 5;

/** `attempt` reads, decides and writes anew each time; `refusal` says what it means that others came first throughout. */
export async function unlessLost<T>(attempt: () => Promise<T | 'lost'>, refusal: () => Refusal): Promise<T> {
  for (let made = 0; made < tries; made++) {
    const outcome = await attempt();
    if (outcome !== 'lost') return outcome;
  }
  throw refusal();
}
