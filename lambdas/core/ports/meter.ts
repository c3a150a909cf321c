/** Counts what no line tells. */
export interface Meter {
  count(name: Counted, by?: number): void;
}

/**
 * `KmsThrottles`: calls that KMS refused because of its request quota, whether another try went well or not.
 * `LostWakeUps`: jobs whose worker could not be woken at once, and who waits for the next look at all jobs.
 */
export type Counted = 'KmsThrottles' | 'LostWakeUps';
