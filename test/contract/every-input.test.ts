/** Every operation, given inputs that are made from its shape: in order, broken in one place, and hostile throughout. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../lambdas/core/contract/decode.ts';
import { encode } from '../../lambdas/core/contract/encode.ts';
import { Refusal } from '../../lambdas/core/contract/errors.ts';
import type { Operation } from '../../lambdas/core/contract/operation.ts';
import { redact } from '../../lambdas/core/contract/redact.ts';
import { requireValid, violations } from '../../lambdas/core/contract/validate.ts';
import { brokenInput, hostileInput, validInput } from '../support/generated-inputs.ts';
import { markSecrets, SECRET_MARK } from '../support/marked-secrets.ts';
import { allOperations } from '../support/operations.ts';

/** The same inputs at every run. */
const runs = { seed: 20160418, numRuns: 30 };

/** As it comes from the wire: without what JSON cannot say. */
const asReceived = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

const read = (operation: Operation, json: unknown): unknown =>
  requireValid(operation, decode(operation.input, asReceived(json)));

/** The refusal, or undefined for an input that is taken. Anything else that is thrown fails the test. */
function findRefusal(operation: Operation, json: unknown): Refusal | undefined {
  try {
    read(operation, json);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe.each(allOperations)('$name', ({ operation }) => {
  const { input } = operation;
  const broken = brokenInput(input);

  test('takes every input that keeps its bounds, and nothing of it but its members (pools-and-users 3)', () => {
    fc.assert(
      fc.property(validInput(input), (json) => {
        const value = read(operation, json);
        expect(violations(input, value)).toEqual([]);
        expect(Object.keys(Object(value)).filter((name) => !Object.hasOwn(input.members, name))).toEqual([]);
        expect(decode(input, asReceived(encode(input, value)))).toEqual(value);
      }),
      runs,
    );
  });

  test.runIf(broken)('refuses every input that is wrong in one place (pools-and-users 2, 4)', () => {
    fc.assert(
      fc.property(broken ?? fc.constant({}), (json) => {
        expect(['SerializationException', 'InvalidParameterException']).toContain(findRefusal(operation, json)?.name);
      }),
      runs,
    );
  });

  test('refuses hostile inputs in order, and leaves the language as it was', () => {
    fc.assert(
      fc.property(hostileInput(input), (json) => {
        findRefusal(operation, json);
        expect(Reflect.get({}, 'polluted')).toBeUndefined();
      }),
      { ...runs, numRuns: 10 },
    );
  });

  test('echoes no secret in a refusal, and logs none (pools-and-users 5)', () => {
    fc.assert(
      fc.property(fc.oneof(hostileInput(input), broken ?? validInput(input)), (json) => {
        const marked = markSecrets(input, json);
        expect(findRefusal(operation, marked)?.message ?? '').not.toContain(SECRET_MARK);
        expect(JSON.stringify(redact(input, marked)) ?? '').not.toContain(SECRET_MARK);
      }),
      runs,
    );
  });
});
