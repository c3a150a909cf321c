/** What time it is; tests move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}
