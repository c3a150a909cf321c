/** A pool of one of several processes, in which requests to the table are counted. */
import {
  type CognitoIdentityProviderClient,
  ListUserPoolClientsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { type Tally, tallying } from '../../lambdas/adapters/dynamodb/usage.ts';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { inParallel } from '../ports/open-stores.ts';
import { seededRandom } from './seeded-random.ts';
import { startService } from './start-service.ts';
import { testTable } from './table.ts';
import { testPorts } from './test-ports.ts';

const logger = { write: () => {}, record: () => {} };

export type Price = Pick<Tally, 'readUnits' | 'writeUnits' | 'indexUnits' | 'requests'>;

/** With so many clients. */
export async function pricedPool(size: number) {
  const requests = tallying();
  const clock = stillClock(0);
  const ports = testPorts({
    table: testTable({ observe: requests.observe }),
    clock,
    random: seededRandom(`a pool of ${size} clients in ${expect.getState().testPath}`),
    messenger: await openOutbox({ clock }),
    logger,
    settings: { issuerBase: 'http://localhost', quotas: { clientsPerPool: 2_000 } },
    versionCheck: 'always',
  });
  const service = await startService({ ports });
  const pool = await service.aPool();
  for (let made = 0; made < size; made += 10) await inParallel(10, () => service.aClient(pool));
  return {
    ...service,
    pool,
    /** From the first request on: what is known of the pool was read before. */
    async priceOf(send: (client: CognitoIdentityProviderClient) => Promise<unknown>): Promise<Price> {
      await service.client.send(new ListUserPoolClientsCommand({ UserPoolId: pool.id, MaxResults: 1 }));
      requests.start();
      await send(service.client);
      const { readUnits, writeUnits, indexUnits, requests: sent } = requests.total();
      return { readUnits, writeUnits, indexUnits, requests: [...sent] };
    },
  };
}
