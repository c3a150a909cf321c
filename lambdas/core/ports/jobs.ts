/** Wakes a worker for a job that was just written, so that it need not wait for the next look at all jobs. */
export interface Jobs {
  /** Never rejects: a wake-up that gets lost costs time, not the job. */
  wake(jobId: string): Promise<void>;
}
