/** Every operation, with damaged requests: cut, spliced and doubled bodies, strange headers, targets and types. */
import { describe, expect, test } from 'vitest';
import { requireOrder, samplesOf } from '../support/hostile-runs.ts';
import { allOperations } from '../support/operations.ts';
import { rawRequest } from '../support/raw-requests.ts';
import { type Service, startService } from '../support/start-service.ts';

let shared: Promise<Service> | undefined;

/** One for all of them: nothing that they send reaches anything. */
const aService = (): Promise<Service> => {
  shared ??= startService({ queryForm: true });
  return shared;
};

describe.each(allOperations)('$name', ({ operation }) => {
  test('answers damaged requests in order, and echoes no secret (pools-and-users 2, 8)', async () => {
    const service = await aService();
    for (const request of samplesOf(rawRequest(operation), 25)) {
      await requireOrder(request, async (sent) => {
        const before = service.lines.length;
        const answer = await service.send(sent);
        return { operation, answer, lines: service.lines.slice(before) };
      });
    }
    expect(Reflect.get({}, 'a')).toBeUndefined();
  });
});
