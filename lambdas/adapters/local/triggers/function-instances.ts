/** Lends the threads of all functions: as many as are needed at once and not more. */
import { TriggerBusy } from '../../../core/ports/triggers.ts';
import { type FunctionInstance, unlessAborted } from './function-instance.ts';
import { functionSlots, type InstanceKind, type Slot, type SlotBounds } from './function-slots.ts';

export interface FunctionInstances {
  /** Lends one that runs nothing else; waits for it, if it must, until `signal` is aborted. */
  lend<T>(kind: InstanceKind, signal: AbortSignal, use: (instance: FunctionInstance) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface InstanceBounds extends Partial<SlotBounds> {
  readonly waiting?: number;
}

interface Waiter {
  readonly kind: InstanceKind;
  readonly take: (slot: Slot) => void;
  readonly refuse: (reason: TriggerBusy) => void;
}

const usual = { ofOneFunction: 4, inAll: 32, waiting: 1000, idle: 5 * 60_000 };

export function functionInstances(bounds: InstanceBounds = {}): FunctionInstances {
  const { waiting, ...slotBounds } = { ...usual, ...bounds };
  const slots = functionSlots(slotBounds);
  const waiters = new Set<Waiter>();
  let isClosed = false;

  async function take(kind: InstanceKind, signal: AbortSignal): Promise<Slot> {
    const found = slots.find(kind);
    if (found) return found;
    if (waiters.size >= waiting) throw new TriggerBusy('TooManyRequestsException');
    const turn = Promise.withResolvers<Slot>();
    const waiter: Waiter = { kind, take: turn.resolve, refuse: turn.reject };
    waiters.add(waiter);
    try {
      return await unlessAborted(turn.promise, signal);
    } catch (cause) {
      // Nobody takes what was handed over in the same moment.
      if (!waiters.delete(waiter)) void turn.promise.then(release);
      throw cause;
    }
  }

  function release(slot: Slot): void {
    if (isClosed) return void slots.drop(slot);
    slots.free(slot);
    for (const waiter of waiters) {
      const found = slots.find(waiter.kind);
      if (!found) continue;
      waiters.delete(waiter);
      waiter.take(found);
    }
  }

  return {
    async lend(kind, signal, use) {
      if (isClosed) throw closed();
      const slot = await take(kind, signal);
      try {
        await renew(slot, kind);
        return await use(slot.instance);
      } finally {
        release(slot);
      }
    },
    close() {
      isClosed = true;
      for (const { refuse } of waiters) refuse(closed());
      return slots.dropAll();
    },
  };
}

const closed = () => new TriggerBusy('ServiceException');

/** Where its thread has ended, or runs what was in files that have changed since. */
async function renew(slot: Slot, kind: InstanceKind): Promise<void> {
  const isDead = !slot.instance.isAlive();
  if (!isDead && !(await slot.instance.isStale())) return;
  await slot.instance.end();
  slot.instance = kind.start();
  if (!isDead) kind.replaced();
}
