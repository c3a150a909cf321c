/** Keeps what was loaded for a while, so that what every request needs is loaded once. */
import type { Clock } from '../../core/ports/clock.ts';

export interface Cache<K, V> {
  /** What is kept, or else what `load` finds; callers that come while it loads share the outcome. Failures are not kept. */
  get(key: K, load: () => Promise<V>): Promise<V>;
  forget(key: K): void;
}

interface Entry<V> {
  readonly value: Promise<V>;
  readonly until: number;
}

/** `lifetime` in ms. Beyond `size` entries the oldest one goes. */
export const cacheOf = <K, V>(clock: Clock, { lifetime, size }: { lifetime: number; size: number }): Cache<K, V> => {
  const entries = new Map<K, Entry<V>>();

  const load = (key: K, from: () => Promise<V>): Promise<V> => {
    const entry = { value: from(), until: clock.now() + lifetime };
    // A key that is loaded anew moves to the end: the first one is always the oldest.
    entries.delete(key);
    entries.set(key, entry);
    entry.value.catch(() => entries.get(key) === entry && entries.delete(key));
    const [oldest] = entries.keys();
    if (entries.size > size && oldest !== undefined) entries.delete(oldest);
    return entry.value;
  };

  return {
    get(key, from) {
      const kept = entries.get(key);
      return kept && clock.now() < kept.until ? kept.value : load(key, from);
    },
    forget: (key) => void entries.delete(key),
  };
};
