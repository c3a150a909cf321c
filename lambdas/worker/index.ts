/** Does what outlasts a request, job by job, as messages of a queue ask for it. It has no operations. */
import { messageEntry, type QueueHandler } from '../core/pipeline/message-entry.ts';
import type { WorkerPorts } from './ports.ts';
import { requireMessage } from './read-message.ts';
import { wakeDue } from './run-due.ts';
import { runJob, type Shift } from './run-job.ts';

export type { WorkerPorts } from './ports.ts';
export { runDue } from './run-due.ts';

export interface QueuedWorkerPorts extends WorkerPorts {
  /** As `setTimeout` of node:timers/promises. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

const minute = 60_000;
const hour = 60 * minute;

/** Of the fifteen minutes that a function has: for the step that is under way, and what is written after it. */
const margin = 2 * minute;
/** A step writes about 300 rows, so a purge takes about 1,000 write units a second at most. */
const breath = 250;

/** Made when the first message comes, and kept. */
export function workerEntry(makePorts: () => QueuedWorkerPorts): QueueHandler {
  let made: QueuedWorkerPorts | undefined;
  return messageEntry(async (body, context) => {
    made ??= makePorts();
    const ports = made;
    const message = requireMessage(body);
    if ('tick' in message) return wakeDue(ports);
    const shift: Shift = {
      hasTime: () => context.getRemainingTimeInMillis() > margin,
      breathe: () => ports.pause(breath),
      restAfter,
    };
    if ((await runJob(ports, message.job, shift)) === 'more') await ports.jobs.wake(message.job);
  });
}

/**
 * At first less than it takes until the message comes again, which then finds the job due: so one that keeps failing
 * brings a message to the dead letters, where somebody notices. After that it is tried less and less often.
 */
function restAfter(attempts: number): number {
  return attempts < 5 ? 15 * minute : Math.min(hour * 2 ** (attempts - 5), 24 * hour);
}
