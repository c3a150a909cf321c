/** Moves the signing keys of every pool along, a few pools in a step. */
import { StaleConfiguration } from '../../core/ports/stale-configuration.ts';
import type { WorkerPorts } from '../ports.ts';
import type { Step } from '../step.ts';

/** A new key pair takes up to a second. */
const poolsInStep = 10;

export const rotateKeys: Step<'rotate-keys'> = async (ports, { kind, after }) => {
  const { items, next } = await ports.poolDirectory.list({ limit: poolsInStep, after });
  const faults: unknown[] = [];
  // A pool whose keys cannot be moved must not hold up those of the others; it is asked again in an hour.
  for (const poolId of items) await rotate(ports, poolId).catch((fault: unknown) => faults.push(fault));
  return { left: next && { kind, after: next }, passedOver: faults[0] };
};

async function rotate({ keyRotation }: WorkerPorts, poolId: string): Promise<void> {
  try {
    await keyRotation.rotate(poolId);
  } catch (error) {
    // The pool was removed meanwhile.
    if (!(error instanceof StaleConfiguration)) throw error;
  }
}
