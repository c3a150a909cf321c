/** Lets refusals leave in step, so that the time they take does not tell what was found on the way. */

export interface Pace {
  /** Counts from now; what it returns resolves at the end of the step that is under way when it is called. */
  begin(): () => Promise<void>;
}
