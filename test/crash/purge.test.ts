/** A service is killed while it purges a pool that was deleted; whoever works on its table next ends the purge. */
import { DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startMillpond } from '../../bin/start-millpond.ts';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { startEngine } from '../../lambdas/adapters/local/engine.ts';
import { engineWire } from '../../lambdas/adapters/local/engine-wire.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { runDue } from '../../lambdas/worker/index.ts';
import { builders } from '../support/builders.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { withTable } from '../support/kept-promises.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { aDataFolder, serve } from '../support/served-process.ts';
import { testWorker, untiring } from '../support/worker.ts';

const minutes = 60_000;

async function rowsNaming(table: Table, poolId: string): Promise<readonly string[]> {
  const found: Item[] = [];
  let after: Readonly<Record<string, unknown>> | undefined;
  do {
    const step = await table.scan({ limit: 500, after });
    found.push(...step.items.filter((item) => JSON.stringify(item).includes(poolId)));
    after = step.next;
  } while (after);
  return found.map(({ PK, SK }) => `${PK} / ${SK}`);
}

/** A pool with people, beside another one that stays. */
async function twoPools(endpoint: string) {
  const client = sdkClientOf(endpoint);
  const { aPool, aUser } = builders(client);
  const [pool, other] = [await aPool({ AliasAttributes: ['email'] }), await aPool()];
  const people = Array.from({ length: 60 }, (_, index) => {
    const attributes = { email: `user-${index}@example.com`, email_verified: 'true' };
    return aUser(pool, { username: `user-${index}`, invited: true, attributes });
  });
  await Promise.all([...people, aUser(other, { username: 'ada', invited: true })]);
  return { pool, other, client };
}

describe('A deleted pool', { timeout: 60_000 }, () => {
  test('is purged although the service is killed at it', async () => {
    const data = await aDataFolder();
    const service = await serve({ data });
    const { pool, other, client } = await twoPools(service.endpoint);
    await client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await service.end('SIGKILL')).toBe('SIGKILL');

    await withTable(data, async (table) => {
      expect(await rowsNaming(table, pool.id)).not.toEqual([]);
      const clock = stillClock(Date.now() + 10 * minutes);
      await runDue(testWorker({ table, clock }), untiring);
      expect(await rowsNaming(table, pool.id)).toEqual([]);
      expect((await rowsNaming(table, other.id)).some((row) => row.startsWith('U#'))).toBe(true);
      expect(await brokenInvariants(table)).toEqual([]);
    });
  });

  test('is purged at once, not at the next round', async () => {
    const engine = await startEngine({ data: await aDataFolder() });
    onTestFinished(() => engine.stop());
    const wire = engineWire(engine);
    onTestFinished(() => wire.close());
    const service = await startMillpond({ dynamodb: engine.endpoint, data: await aDataFolder(), quiet: true });
    onTestFinished(() => service.close());
    const { pool, client } = await twoPools(service.endpoint);
    await client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    const table = dynamodbTable({ wire, tableName: 'millpond' });
    await vi.waitFor(
      async () => {
        // Its job stays until the indexes must have caught up.
        expect((await rowsNaming(table, pool.id)).map((row) => row.split(' ')[0])).toEqual(['JOBS']);
      },
      { timeout: 20_000, interval: 20 },
    );
  });
});
