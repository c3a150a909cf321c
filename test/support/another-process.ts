/** Services that share nothing but the table, as processes of one deployment do. */
import { expect } from 'vitest';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { seededRandom } from './seeded-random.ts';
import { type Service, startService } from './start-service.ts';
import { testPorts } from './test-ports.ts';

/** Tue Sep 1 2026 */
const now = Date.UTC(2026, 8, 1);

/** Each has a cache of its own, and looks at the table for what the others changed. */
export const startProcesses = async (): Promise<readonly [Service, Service]> => [
  await startProcess('first'),
  await startProcess('second'),
];

async function startProcess(name: string): Promise<Service> {
  const clock = stillClock(now);
  const { testPath, currentTestName } = expect.getState();
  const random = seededRandom(`${testPath}/${currentTestName}/${name}`);
  const messenger = await openOutbox({ clock });
  const ports = testPorts({
    clock,
    random,
    messenger,
    logger: { write: () => {}, record: () => {} },
    versionCheck: 'always',
  });
  return startService({ now, ports });
}
