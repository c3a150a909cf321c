/** The steps of each kind of job. */
import type { Work, WorkKind, WorkKinds } from '../core/model/job.ts';
import { purgeGroup } from './jobs/purge-group.ts';
import { purgePool } from './jobs/purge-pool.ts';
import { purgeUser } from './jobs/purge-user.ts';
import { recount } from './jobs/recount.ts';
import { rotateKeys } from './jobs/rotate-keys.ts';
import { sweepAssets } from './jobs/sweep-assets.ts';
import type { WorkerPorts } from './ports.ts';
import type { Progress, Step } from './step.ts';

const steps: { readonly [K in WorkKind]: Step<K> } = {
  'purge-pool': purgePool,
  'purge-group': purgeGroup,
  'purge-user': purgeUser,
  'sweep-assets': sweepAssets,
  recount,
  'rotate-keys': rotateKeys,
};

export function takeStep(ports: WorkerPorts, work: Work): Promise<Progress<Work>> {
  // A later version may have begun it.
  if (!Object.hasOwn(steps, work.kind)) throw new Error('A job of a kind that the worker does not know.');
  return stepOf(work.kind)(ports, work);
}

/** Whoever has work of a kind has the step of that kind. */
const stepOf = <K extends WorkKind>(kind: K): ((ports: WorkerPorts, work: WorkKinds[K]) => Promise<Progress<Work>>) =>
  steps[kind];
