/** A clock for all functions of a stack that tests can move; it runs on as usual in between. */

/** Of a worker thread: everything that asks for the time there is told this one. */
export function shiftClock(memory: SharedArrayBuffer): void {
  const shift = new BigInt64Array(memory);
  const RealDate = globalThis.Date;
  const now = (): number => RealDate.now() + Number(Atomics.load(shift, 0));
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: readonly unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : [...args], newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}

export interface ShiftedClock {
  readonly memory: SharedArrayBuffer;
  now(): number;
  advance(milliseconds: number): void;
  /** By how much it is ahead. */
  shift(): number;
}

export function shiftedClock(): ShiftedClock {
  const memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const shift = new BigInt64Array(memory);
  return {
    memory,
    now: () => Date.now() + Number(Atomics.load(shift, 0)),
    shift: () => Number(Atomics.load(shift, 0)),
    advance: (milliseconds) => void Atomics.add(shift, 0, BigInt(milliseconds)),
  };
}
