import { appendFileSync, rmSync } from 'node:fs';
import { test } from 'vitest';
import { requireOrder, samplesOf } from '../support/hostile-runs.ts';
import { hostileWorld, secretsOf } from '../support/hostile-world.ts';
import { allOperations } from '../support/operations.ts';
import { reachingInput } from '../support/reaching-inputs.ts';
import { startService } from '../support/start-service.ts';

rmSync('/tmp/stats.txt', { force: true });
test.each(allOperations.filter(({ operation }) => operation.handle !== undefined))(
  '$name',
  async ({ name, operation }) => {
    const service = await startService();
    const t0 = performance.now();
    const people = await hostileWorld(service);
    const t1 = performance.now();
    const tally: Record<string, number> = {};
    for (const reaching of samplesOf(reachingInput(operation, people), 60)) {
      await requireOrder(reaching, async ({ input, known }) => {
        const before = service.lines.length;
        const answer = await service.call(name, input);
        const k =
          answer.status === 200 ? 'ok' : (answer.json as any).__type + ': ' + (answer.json as any).message.slice(0, 60);
        tally[k] = (tally[k] ?? 0) + 1;
        return { operation, answer, lines: service.lines.slice(before), secrets: secretsOf(known) };
      });
    }
    appendFileSync(
      '/tmp/stats.txt',
      `${name} world ${(t1 - t0).toFixed(0)} run ${(performance.now() - t1).toFixed(0)}\n` +
        Object.entries(tally)
          .sort((a, b) => b[1] - a[1])
          .map(([k, v]) => `    ${v} ${k}`)
          .join('\n') +
        '\n',
    );
  },
);
