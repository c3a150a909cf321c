/** Threads that run functions, busy or kept for the next event: so many of one function, so many in all. */
import type { FunctionInstance } from './function-instance.ts';

export interface InstanceKind {
  /** What has the same key may serve for each other. */
  readonly key: string;
  start(): FunctionInstance;
  /** Hears that a thread was replaced because its files had changed. */
  replaced(): void;
}

export interface Slot {
  readonly key: string;
  instance: FunctionInstance;
  isBusy: boolean;
  idling?: NodeJS.Timeout | undefined;
}

export interface SlotBounds {
  readonly ofOneFunction: number;
  readonly inAll: number;
  /** How long (ms) one that nobody asks is kept. */
  readonly idle: number;
}

export interface FunctionSlots {
  /** One that is free, or a new one where there is room; busy from now on. */
  find(kind: InstanceKind): Slot | undefined;
  /** Free for others, for as long as it lives and somebody asks. */
  free(slot: Slot): void;
  drop(slot: Slot): Promise<void>;
  dropAll(): Promise<void>;
}

export function functionSlots({ ofOneFunction, inAll, idle }: SlotBounds): FunctionSlots {
  const slots = new Set<Slot>();

  const drop = (slot: Slot): Promise<void> => {
    slots.delete(slot);
    clearTimeout(slot.idling);
    return slot.instance.end();
  };

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

  return {
    find(kind) {
      const own = [...slots].filter(({ key }) => key === kind.key);
      const found = own.find(({ isBusy }) => !isBusy) ?? (own.length < ofOneFunction ? add(kind) : undefined);
      if (!found) return undefined;
      clearTimeout(found.idling);
      found.isBusy = true;
      return found;
    },
    free(slot) {
      slot.isBusy = false;
      if (slot.instance.isAlive()) slot.idling = setTimeout(() => void drop(slot), idle).unref();
      else void drop(slot);
    },
    drop,
    async dropAll() {
      await Promise.all([...slots].map(drop));
    },
  };
}
