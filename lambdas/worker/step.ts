/** The form of a step: it does a part of the work that takes seconds at most, and may be done twice. */
import type { WorkKind, WorkKinds } from '../core/model/job.ts';
import type { WorkerPorts } from './ports.ts';

/** Steps that are cut short are taken again, and two workers may take the same one side by side. */
export type Step<K extends WorkKind> = (ports: WorkerPorts, work: WorkKinds[K]) => Promise<Progress<WorkKinds[K]>>;

export interface Progress<W> {
  /** What remains to be done; absent: nothing. */
  readonly left?: W | undefined;
  /** When to go on with it (ms); absent: at once. */
  readonly notBefore?: number | undefined;
  /** What went wrong with a part of the work that was passed over. */
  readonly passedOver?: unknown;
}
