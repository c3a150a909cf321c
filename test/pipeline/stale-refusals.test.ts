import { describe, expect, test } from 'vitest';
import { anyone } from '../../lambdas/core/contract/callers.ts';
import { userNotFound } from '../../lambdas/core/contract/errors.ts';
import { operation } from '../../lambdas/core/contract/operation.ts';
import { s } from '../../lambdas/core/contract/shape.ts';
import type { ClientStore } from '../../lambdas/core/ports/client-store.ts';
import { StaleConfiguration } from '../../lambdas/core/ports/stale-configuration.ts';
import { storelessEntry } from '../support/entries.ts';
import { aClient, aPool } from '../support/model.ts';
import { inProcess, jsonHeaders } from '../support/wire.ts';

interface Course {
  /** Whether the run looks for the client, and how it ends. */
  readonly runs: readonly { readonly finds: boolean; readonly error?: Error }[];
  readonly isOutdated: boolean;
}

/** An operation that takes this course, and what became of it. */
async function take({ runs, isOutdated }: Course) {
  let run = 0;
  let checks = 0;
  const pool = aPool();
  const clients: Pick<ClientStore, 'find' | 'confirm'> = {
    find: async () => ({ pool, client: aClient() }),
    async confirm(asked) {
      checks += 1;
      if (asked === pool && isOutdated) throw new StaleConfiguration(pool.id);
    },
  };
  const Course = operation({
    name: 'Course',
    caller: anyone(),
    input: s.structure({}),
    output: s.structure({}),
    errors: ['UserNotFoundException'],
    uses: ['clients'],
    async handle(_input, ports) {
      const { finds, error } = runs[run++] ?? { finds: false };
      if (finds) await ports.clients.find('4tq8c2v9n1k7m3b5x6z0p2r4s8');
      if (error) throw error;
      return {};
    },
  });
  // Nobody asks the store for anything else.
  const { entry } = storelessEntry({ Course }, { clients: clients as ClientStore });
  const { status } = await inProcess(entry)({ headers: jsonHeaders('Course'), body: '{}' });
  return { status, runs: run, checks };
}

const refusal = userNotFound();

describe('A refusal', () => {
  test('by an outdated configuration is none: the operation runs once more', async () => {
    const runs = [{ finds: true, error: refusal }, { finds: true }];
    expect(await take({ runs, isOutdated: true })).toEqual({ status: 200, runs: 2, checks: 1 });
  });

  test('by a configuration that has been looked at anew stands', async () => {
    const runs = [
      { finds: true, error: refusal },
      { finds: true, error: refusal },
    ];
    expect(await take({ runs, isOutdated: true })).toEqual({ status: 400, runs: 2, checks: 1 });
  });

  test('by a configuration that holds stands', async () => {
    const runs = [{ finds: true, error: refusal }];
    expect(await take({ runs, isOutdated: false })).toEqual({ status: 400, runs: 1, checks: 1 });
  });

  test('that rests on no configuration stands', async () => {
    const runs = [{ finds: false, error: refusal }];
    expect(await take({ runs, isOutdated: true })).toEqual({ status: 400, runs: 1, checks: 0 });
  });
});

test('A fault is not tried again, whatever the configuration', async () => {
  const runs = [{ finds: true, error: new Error('inner') }];
  expect(await take({ runs, isOutdated: true })).toEqual({ status: 500, runs: 1, checks: 0 });
});
