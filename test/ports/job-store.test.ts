/** The contract of job stores, kept by the one over DynamoDB, and what its rows do not hold. */
import { expect, test } from 'vitest';
import { jobStore } from '../../lambdas/adapters/dynamodb/job-store.ts';
import { jobKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { anOwnTable } from '../support/own-table.ts';
import { jobStoreContract } from './job-store.contract.ts';

jobStoreContract('jobStore', async () => {
  const table = await anOwnTable();
  return { store: jobStore({ table }), another: () => jobStore({ table }) };
});

test('A job that rests because it failed keeps the name of the error until it gets further', async () => {
  const table = await anOwnTable();
  const store = jobStore({ table });
  const failureOf = async () => (await table.get(jobKey('recount'), { consistent: true }))?.['er'];
  const mustLease = async (now: number) => {
    const leased = await store.lease('recount', { token: String(now), now, until: now + 10 });
    if (!leased) throw new Error('There was nothing to lease.');
    return leased;
  };
  await store.add({ id: 'recount', work: { kind: 'recount' }, notBefore: 0 });
  await store.rest(await mustLease(1), { notBefore: 2, failure: 'Unavailable' });
  expect(await failureOf()).toBe('Unavailable');
  const again = await mustLease(2);
  expect(await failureOf()).toBe('Unavailable');
  await store.checkpoint(again, { kind: 'recount' }, 3);
  expect(await failureOf()).toBeUndefined();
});
