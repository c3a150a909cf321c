/** The engine of a service is killed, again and again, while sixteen people at a time use it. */
import { expect, test, vi } from 'vitest';
import { brokenInvariants } from '../support/invariants.ts';
import { brokenPromises, lostCounts, withTable } from '../support/kept-promises.ts';
import { anApp, startLoad } from '../support/load.ts';
import { aDataFolder, enginePid, serve } from '../support/served-process.ts';

const KILLS = 4;
/** Far longer than it takes, on any machine. */
const A_MINUTE = 60_000;

test(
  'A killed engine is started again, every call is answered in the end, and nothing acknowledged is lost',
  async () => {
    const data = await aDataFolder();
    const service = await serve({ data });
    const app = await anApp(service.endpoint);
    const load = startLoad(service.endpoint, app);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await load.answered(60);
      await killEngine(data);
    }
    await load.answered(60);
    await load.stop();
    expect(load.unanswered).toEqual([]);
    expect(await brokenPromises(service.endpoint, app, load.people)).toEqual([]);
    expect(await service.end('SIGTERM')).toBe(0);
    const said = service.complaints();

    await withTable(data, async (table) => {
      expect(await brokenInvariants(table)).toEqual([]);
      expect(await lostCounts(table, app, load.people)).toEqual([]);
    });
    expect(said).not.toContain('InternalErrorException');
  },
  A_MINUTE,
);

/** Resolves when there is another one. */
async function killEngine(data: string): Promise<void> {
  const pid = await enginePid(data);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(async () => expect(await enginePid(data)).not.toBe(pid), { timeout: 10_000, interval: 10 });
}
