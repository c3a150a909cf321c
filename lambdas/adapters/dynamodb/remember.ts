/** A bounded map of what is being or was read; what turned out not to be there is asked for again. */

/**
 * The known value, or the one that `read` yields from now on. A read that began before the key was deleted from the
 * map is not kept, so whoever deletes a key after a write can be sure that nothing older comes back.
 */
export function remember<T>(
  known: Map<string, Promise<T | undefined>>,
  key: string,
  limit: number,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const held = known.get(key);
  if (held !== undefined) return held;
  const reading = read();
  // The eldest goes: entries that are used come back at the price of one read.
  for (const eldest of known.keys()) {
    if (known.size < limit) break;
    known.delete(eldest);
  }
  known.set(key, reading);
  const drop = () => {
    if (known.get(key) === reading) known.delete(key);
  };
  reading.then((value) => value === undefined && drop(), drop);
  return reading;
}
