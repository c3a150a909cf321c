/** Everything that is built, in a random order, on the same few people: whatever comes of it, the table stays whole. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requireOrder, samplesOf } from '../support/hostile-runs.ts';
import { hostileWorld, type Known, secretsOf } from '../support/hostile-world.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { allOperations } from '../support/operations.ts';
import { anOwnTable } from '../support/own-table.ts';
import { reachingInput } from '../support/reaching-inputs.ts';
import { startService } from '../support/start-service.ts';

const built = allOperations.filter(({ operation }) => operation.handle !== undefined);

/** Of what leaves less behind than it found, little: the walk shall go on. */
const weightOf = (name: string): number =>
  /^(Admin)?DeleteUser/.test(name) ? 1 : /SignOut|Revoke/.test(name) ? 3 : 10;

const anyStep = (people: readonly Known[]) =>
  fc.oneof(
    ...built.map(({ name, operation }) => ({
      weight: weightOf(name),
      arbitrary: reachingInput(operation, people).map((reaching) => ({ name, operation, ...reaching })),
    })),
  );

test('A random walk leaves every user with the aliases that lead there, and every pool with its count', async () => {
  const table = await anOwnTable();
  const service = await startService({ table });
  const people = [...(await hostileWorld(service)), ...(await hostileWorld(service))];
  const pools = new Set(people.map(({ poolId }) => poolId));
  for (const step of samplesOf(anyStep(people), 700)) {
    const { answer } = await requireOrder(step, async ({ name, operation, input, known }) => {
      const before = service.lines.length;
      const answer = await service.call(name, input);
      return { operation, answer, lines: service.lines.slice(before), secrets: secretsOf(known) };
    });
    // As the shape of CreateUserPool says.
    const { UserPool } = (answer.json ?? {}) as { readonly UserPool?: { readonly Id?: string } };
    if (UserPool?.Id) pools.add(UserPool.Id);
  }
  expect(await brokenInvariants(table, pools)).toEqual([]);
});
