/** Thrown by a store that found the cached configuration outdated: the operation runs once more, from the start. */
export class StaleConfiguration extends Error {
  override readonly name = 'StaleConfiguration';

  constructor(poolId: string) {
    super(`The configuration of ${poolId} has changed`);
  }
}
