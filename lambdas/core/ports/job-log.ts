/** Writes one line for each time that a job was taken up. */
import type { WorkKind } from '../model/job.ts';
import type { FaultDetail } from './logger.ts';

export interface JobLog {
  write(line: JobLine): void;
}

/** Holds nothing that a caller sent. */
export interface JobLine {
  readonly event: 'job.attempted';
  readonly level: 'info' | 'error';
  readonly kind: WorkKind;
  readonly jobId: string;
  /**
   * `done`: nothing is left. `more`: out of time, and to be gone on with at once. `resting`: to be gone on with later.
   * `lost`: somebody else has it. `failed`: to be tried again.
   */
  readonly outcome: 'done' | 'more' | 'resting' | 'lost' | 'failed';
  readonly steps: number;
  /** Of the attempts since it last got further, this one. */
  readonly attempt: number;
  readonly durationMs: number;
  /** What went wrong inside, with its causes: what ended the attempt, or what it passed over. */
  readonly fault?: FaultDetail | undefined;
}
