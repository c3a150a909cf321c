/** The DynamoDB stores on the table that the tests share. */
import { dynamodbStores, type StoreOptions } from '../../lambdas/adapters/dynamodb/stores.ts';
import type { StillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import { aSealer } from '../support/key-material.ts';
import { testTable } from '../support/table.ts';
import { testWorker } from '../support/worker.ts';
import { aClock, type OpenStores } from './open-stores.ts';

const sealer = aSealer();

export interface Choice extends Partial<Pick<StoreOptions, 'table' | 'versionCheck'>> {
  readonly clock?: StillClock | undefined;
}

export function openDynamodbStores({ clock = aClock(), table, versionCheck = 'never' }: Choice = {}): OpenStores {
  const stores = dynamodbStores({ table: table ?? testTable(), clock, random: systemRandom, sealer, versionCheck });
  return { ...stores, clock, worker: testWorker({ table, clock, versionCheck }) };
}
