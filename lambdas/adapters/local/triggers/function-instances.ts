/** The threads of all functions: as many as are needed at once and not more, kept for the next event. */
import { TriggerBusy } from '../../../core/ports/triggers.ts';
import { type FunctionInstance, unlessAborted } from './function-instance.ts';

export interface InstanceKind {
  /** What has the same key may serve for each other. */
  readonly key: string;
  start(): FunctionInstance;
  /** Hears that a thread was replaced because its files had changed. */
  replaced(): void;
}

export interface FunctionInstances {
  /** Lends one that runs nothing else; waits for it, if it must, until `signal` is aborted. */
  lend<T>(kind: InstanceKind, signal: AbortSignal, use: (instance: FunctionInstance) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface InstanceBounds {
  readonly ofOneFunction?: number;
  readonly inAll?: number;
  readonly waiting?: number;
  /** How long (ms) one that nobody asks is kept. */
  readonly idle?: number;
}

interface Slot {
  readonly key: string;
  instance: FunctionInstance;
  isBusy: boolean;
  idling?: NodeJS.Timeout | undefined;
}

interface Waiter {
  readonly kind: InstanceKind;
  readonly take: (slot: Slot) => void;
}

export function functionInstances(bounds: InstanceBounds = {}): FunctionInstances {
  const { ofOneFunction = 4, inAll = 32, waiting = 1000, idle = 5 * 60_000 } = bounds;
  const slots = new Set<Slot>();
  const waiters = new Set<Waiter>();
  let isClosed = false;

  const drop = (slot: Slot): Promise<void> => {
    slots.delete(slot);
    clearTimeout(slot.idling);
    return slot.instance.end();
  };

  /** One that is free, or a new one where there is room; busy from now on. */
  function find(kind: InstanceKind): Slot | undefined {
    const own = [...slots].filter(({ key }) => key === kind.key);
    const found = own.find(({ isBusy }) => !isBusy) ?? (own.length < ofOneFunction ? add(kind) : undefined);
    if (found) {
      clearTimeout(found.idling);
      found.isBusy = true;
    }
    return found;
  }

  function add(kind: InstanceKind): Slot | undefined {
    if (slots.size >= inAll) {
      const other = [...slots].find(({ isBusy }) => !isBusy);
      if (!other) return undefined;
      void drop(other);
    }
    const slot: Slot = { key: kind.key, instance: kind.start(), isBusy: false };
    slots.add(slot);
    return slot;
  }

  async function take(kind: InstanceKind, signal: AbortSignal): Promise<Slot> {
    const found = find(kind);
    if (found) return found;
    if (waiters.size >= waiting) throw new TriggerBusy('TooManyRequestsException');
    const turn = Promise.withResolvers<Slot>();
    const waiter: Waiter = { kind, take: turn.resolve };
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
    slot.isBusy = false;
    if (!slot.instance.isAlive() || isClosed) void drop(slot);
    else slot.idling = setTimeout(() => void drop(slot), idle).unref();
    for (const waiter of waiters) {
      const found = find(waiter.kind);
      if (!found) continue;
      waiters.delete(waiter);
      waiter.take(found);
    }
  }

  async function renew(slot: Slot, kind: InstanceKind): Promise<void> {
    const isDead = !slot.instance.isAlive();
    if (!isDead && !(await slot.instance.isStale())) return;
    await slot.instance.end();
    slot.instance = kind.start();
    if (!isDead) kind.replaced();
  }

  return {
    async lend(kind, signal, use) {
      if (isClosed) throw new TriggerBusy('ServiceException');
      const slot = await take(kind, signal);
      try {
        await renew(slot, kind);
        return await use(slot.instance);
      } finally {
        release(slot);
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([...slots].map(drop));
    },
  };
}
