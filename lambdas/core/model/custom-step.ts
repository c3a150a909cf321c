/** One step of a custom sign-in, by the names under which the pool's functions are told of it. */
export interface CustomStep {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  /** What the function that made the challenge called it; null for challenges of the service itself. */
  readonly challengeMetadata: string | null;
}
