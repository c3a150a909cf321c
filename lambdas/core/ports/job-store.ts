/** Keeps jobs. What it holds is the truth about what remains to be done; whoever wakes a worker only saves it waiting. */
import type { Job, LeasedJob, Work } from '../model/job.ts';

export interface JobStore {
  /** `known`: there is a job with this id, and it stays as it is. */
  add(job: Job): Promise<'added' | 'known'>;
  /** Undefined when there is nothing to do now: the job is done, not due yet, or somebody is at it. */
  lease(id: string, lease: Lease): Promise<LeasedJob | undefined>;
  /** Keeps how far the work is and extends the lease; `lost` when somebody else has the job, or has finished it. */
  checkpoint(job: Held, work: Work, until: number): Promise<'kept' | 'lost'>;
  /** Gives the lease back: the job may be taken up again from `notBefore` on. */
  rest(job: Held, rest: Rest): Promise<'kept' | 'lost'>;
  /** The job is done and forgotten. */
  finish(job: Held): Promise<'finished' | 'lost'>;
  /** The ids of jobs that nobody is at and whose time has come, longest due first. */
  due(now: number): Promise<readonly string[]>;
}

export type Held = Pick<LeasedJob, 'id' | 'token'>;

export interface Lease {
  readonly token: string;
  readonly now: number;
  /** From then on (ms) anybody may take the job over, as its worker must have died. */
  readonly until: number;
}

export interface Rest {
  readonly notBefore: number;
  /** How far the work is. Absent: as at the last checkpoint. */
  readonly work?: Work | undefined;
  /** The name of the error that ended the attempt, nothing else of it. Without one, attempts are counted anew. */
  readonly failure?: string | undefined;
}
