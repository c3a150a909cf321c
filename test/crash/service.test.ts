/** A service is killed, or told to stop, while sixteen people at a time use it, and comes back on the same folder. */
import { describe, expect, test } from 'vitest';
import { brokenInvariants } from '../support/invariants.ts';
import { brokenPromises, lostCounts, withTable } from '../support/kept-promises.ts';
import { type App, anApp, type Load, startLoad } from '../support/load.ts';
import { aDataFolder, enginePid, isAlive, type Served, serve, untilGone } from '../support/served-process.ts';

interface Scene {
  readonly data: string;
  readonly service: Served;
  readonly app: App;
  readonly load: Load;
}

/** A service with people who are in the middle of what they do. */
async function busy(): Promise<Scene> {
  const data = await aDataFolder();
  const service = await serve({ data });
  const app = await anApp(service.endpoint);
  const load = startLoad(service.endpoint, app);
  await load.answered(120);
  return { data, service, app, load };
}

async function requireKept({ data, app, load }: Scene): Promise<void> {
  const again = await serve({ data });
  expect(await brokenPromises(again.endpoint, app, load.people)).toEqual([]);
  expect(await again.end('SIGTERM')).toBe(0);
  await withTable(data, async (table) => {
    expect(await brokenInvariants(table)).toEqual([]);
    expect(await lostCounts(table, app, load.people)).toEqual([]);
  });
}

/** Far longer than any of it takes, on any machine. */
const patient = { timeout: 60_000 };

describe('A service that is killed', patient, () => {
  test('loses nothing that it acknowledged, and starts again at once', async () => {
    const scene = await busy();
    const engine = await enginePid(scene.data);
    expect(await scene.service.end('SIGKILL')).toBe('SIGKILL');
    await scene.load.abandon();
    // The engine may still be there: the next start does not wait for anybody to end it.
    await requireKept(scene);
    await untilGone(engine);
  });

  test('leaves no engine behind', async () => {
    const { data, service, load } = await busy();
    const engine = await enginePid(data);
    await service.end('SIGKILL');
    await untilGone(engine);
    await load.abandon();
  });
});

describe('A service that is told to stop', patient, () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s ends in order, and loses nothing that it acknowledged',
    async (signal) => {
      const scene = await busy();
      const engine = await enginePid(scene.data);
      expect(await scene.service.end(signal)).toBe(0);
      expect(isAlive(engine)).toBe(false);
      expect(scene.service.complaints()).toBe('');
      await scene.load.abandon();
      await requireKept(scene);
    },
  );
});
