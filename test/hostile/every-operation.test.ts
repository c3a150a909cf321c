/** Every operation over the wire, with inputs made from its shape: in order, broken in one place, and hostile. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brokenInput, hostileInput, validInput } from '../support/generated-inputs.ts';
import { requireOrder, samplesOf } from '../support/hostile-runs.ts';
import { markSecrets } from '../support/marked-secrets.ts';
import { allOperations } from '../support/operations.ts';
import { type Service, startService } from '../support/start-service.ts';

let shared: Promise<Service> | undefined;

/** One for all of them: nothing that they send reaches anything. */
const aService = (): Promise<Service> => {
  shared ??= startService();
  return shared;
};

describe.each(allOperations)('$name', ({ name, operation }) => {
  const { input } = operation;
  const inputs = fc.oneof(
    { weight: 2, arbitrary: validInput(input) },
    { weight: 2, arbitrary: brokenInput(input) ?? hostileInput(input) },
    { weight: 3, arbitrary: hostileInput(input) },
  );

  test('answers whatever it is sent in order, and echoes no secret (pools-and-users 3, 5)', async () => {
    const service = await aService();
    for (const json of samplesOf(inputs, 30)) {
      await requireOrder(markSecrets(input, json), async (sent) => {
        const before = service.lines.length;
        const answer = await service.call(name, sent);
        return { operation, answer, lines: service.lines.slice(before) };
      });
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
