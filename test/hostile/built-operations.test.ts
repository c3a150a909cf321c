/** Every operation that is built, asked in the name of real people: what it knows in one place, anything in the next. */
import { describe, expect, test } from 'vitest';
import { requireOrder, samplesOf } from '../support/hostile-runs.ts';
import { hostileWorld, secretsOf } from '../support/hostile-world.ts';
import { allOperations } from '../support/operations.ts';
import { reachingInput } from '../support/reaching-inputs.ts';
import { startService } from '../support/start-service.ts';

/** Those that change nothing share a world, which takes longer to make than to ask. */
const isReading = (name: string): boolean => /^(Admin)?(Get(?!Tokens|.*Code)|List|Describe)/.test(name);

async function aWorld() {
  const service = await startService();
  return { service, people: await hostileWorld(service) };
}

let shared: ReturnType<typeof aWorld> | undefined;

function worldFor(name: string): ReturnType<typeof aWorld> {
  if (!isReading(name)) return aWorld();
  shared ??= aWorld();
  return shared;
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
