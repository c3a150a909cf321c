/** Wakes the housekeeping of this very process. */
import type { Jobs } from '../../core/ports/jobs.ts';

export interface LocalJobs {
  readonly jobs: Jobs;
  /** Resolves once a job was written that no earlier call has told of: at once, if that has happened already. */
  woken(): Promise<void>;
}

/** Which job it is does not matter: whoever is woken looks at all of them. */
export function localJobs(): LocalJobs {
  let next = Promise.withResolvers<void>();
  return {
    jobs: {
      async wake() {
        next.resolve();
      },
    },
    async woken() {
      await next.promise;
      next = Promise.withResolvers();
    },
  };
}
