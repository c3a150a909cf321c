/** Who gets a thread when there are more events than threads: with threads that hold on to an event until told. */
import { expect, test } from 'vitest';
import type { FunctionInstance } from '../../../lambdas/adapters/local/triggers/function-instance.ts';
import { functionInstances, type InstanceBounds } from '../../../lambdas/adapters/local/triggers/function-instances.ts';

const patient = () => AbortSignal.timeout(10_000);

/** Threads that are counted as they start and end. */
function place(bounds: InstanceBounds) {
  const instances = functionInstances(bounds);
  const counts = { started: 0, ended: 0 };
  const start = (): FunctionInstance => {
    counts.started += 1;
    let isAlive = true;
    return {
      isAlive: () => isAlive,
      isStale: async () => false,
      run: async () => '{}',
      async end() {
        if (isAlive) counts.ended += 1;
        isAlive = false;
      },
    };
  };
  /** An event that runs until `finish`; `began` once it has a thread. */
  function begin(key: string, signal = patient()) {
    const [began, over] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
    const outcome = instances.lend({ key, start, replaced: () => undefined }, signal, () => {
      began.resolve();
      return over.promise;
    });
    outcome.catch(() => undefined);
    return { began: began.promise, outcome, finish: () => over.resolve(key) };
  }
  return { instances, counts, begin };
}

test('Events wait for a thread in turn, and take the one that is free', async () => {
  const { begin, counts } = place({ ofOneFunction: 1 });
  const first = begin('greet');
  await first.began;
  const waiting = [begin('greet'), begin('greet')] as const;
  first.finish();
  await waiting[0].began;
  waiting[0].finish();
  await waiting[1].began;
  waiting[1].finish();
  await Promise.all([first, ...waiting].map(({ outcome }) => outcome));
  expect(counts).toEqual({ started: 1, ended: 0 });
});

test('A thread of another function makes room, unless it is busy', async () => {
  const { begin, counts } = place({ inAll: 1 });
  const greet = begin('greet');
  await greet.began;
  const wave = begin('wave');
  expect(counts).toEqual({ started: 1, ended: 0 });
  greet.finish();
  await wave.began;
  expect(counts).toEqual({ started: 2, ended: 1 });
  wave.finish();
});

test('Whoever waits too long gives way, and what was kept for them is there for the next', async () => {
  const { begin, counts } = place({ ofOneFunction: 1 });
  const first = begin('greet');
  await first.began;
  const leaving = new AbortController();
  const gone = begin('greet', leaving.signal);
  leaving.abort();
  await expect(gone.outcome).rejects.toThrow('Socket timeout while invoking Lambda');
  const next = begin('greet');
  first.finish();
  await next.began;
  next.finish();
  expect(await next.outcome).toBe('greet');
  expect(counts.started).toBe(1);
});

test('More than may wait are refused at once', async () => {
  const { begin } = place({ ofOneFunction: 1, waiting: 1 });
  const [first] = [begin('greet'), begin('greet')];
  await first.began;
  await expect(begin('greet').outcome).rejects.toMatchObject({ name: 'TriggerBusy' });
});

test('Once closed, whoever waits is refused, every thread has ended, and none is started', async () => {
  const { begin, counts, instances } = place({ ofOneFunction: 1 });
  const running = begin('greet');
  await running.began;
  const waiting = begin('greet');
  await instances.close();
  await expect(waiting.outcome).rejects.toMatchObject({ name: 'TriggerBusy' });
  await expect(begin('greet').outcome).rejects.toMatchObject({ name: 'TriggerBusy' });
  running.finish();
  await running.outcome;
  expect(counts).toEqual({ started: 1, ended: 1 });
});
