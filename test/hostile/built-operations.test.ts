/** Every operation that is built, asked in the name of real people: what it knows in one place, anything in the next. */
import { beforeAll, describe, expect, test } from 'vitest';
import { requireOrder, samplesOf } from '../support/hostile-runs.ts';
import { hostileWorld, secretsOf } from '../support/hostile-world.ts';
import { allOperations } from '../support/operations.ts';
import { anOwnTable, anOwnTableOf } from '../support/own-table.ts';
import { reachingInput } from '../support/reaching-inputs.ts';
import { startService } from '../support/start-service.ts';
import { everyRow } from '../support/table-rows.ts';

/** Those that change nothing share the world itself. */
const isReading = (name: string): boolean => /^(Admin)?(Get(?!Tokens|.*Code)|List|Describe)/.test(name);

/** Takes longer to make than to ask, so it is made once, and its rows are kept as they are before anybody asks. */
async function makeWorld() {
  const table = await anOwnTable();
  const service = await startService({ table, seed: 'the world of all operations' });
  const people = await hostileWorld(service);
  const { all: rows } = await everyRow(table, () => true);
  return { service, people, rows, now: service.clock.now() };
}

let made: Awaited<ReturnType<typeof makeWorld>>;

beforeAll(async () => {
  made = await makeWorld();
});

/** The others have the same people, at the same moment, in a table of their own, with a service that remembers nothing. */
async function worldFor(name: string) {
  const { service, people, rows, now } = made;
  if (isReading(name)) return { service, people };
  return { service: await startService({ table: await anOwnTableOf(rows), now }), people };
}

const built = allOperations.filter(({ operation }) => operation.handle !== undefined);

describe.each(built)('$name', ({ name, operation }) => {
  test('answers in order whatever stands beside what it knows, and gives no secret away', async () => {
    const { service, people } = await worldFor(name);
    let good = 0;
    for (const reaching of samplesOf(reachingInput(operation, people), 70)) {
      const { answer } = await requireOrder(reaching, async ({ input, known }) => {
        const before = service.lines.length;
        const answer = await service.call(name, input);
        return { operation, answer, lines: service.lines.slice(before), secrets: secretsOf(known) };
      });
      if (answer.status === 200) good += 1;
    }
    // Otherwise all of them would have ended before the behaviour.
    expect(good).toBeGreaterThan(0);
  });
});
