/** What a whole request costs of the database, from the first byte to the answer. */
import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { tallying } from '../../lambdas/adapters/dynamodb/usage.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { moduleTriggers } from '../../lambdas/adapters/triggers/module-triggers.ts';
import type { BuiltClient } from './builders.ts';
import { type CustomFunctions, recorded } from './custom-functions.ts';
import { recordingMessenger } from './recording-messenger.ts';
import { seededRandom } from './seeded-random.ts';
import { type SigningIn, signingIn, type Tokens } from './signing-in.ts';
import { type Service, startService } from './start-service.ts';
import { testTable } from './table.ts';
import { testPorts } from './test-ports.ts';

/** About 1.4 KB as a row with a password, 1 KB of it in lists. */
export const typical = {
  email_verified: 'true',
  name: 'Ada Lovelace',
  given_name: 'Ada',
  family_name: 'Lovelace',
  profile: `https://example.com/${'x'.repeat(680)}`,
};

export interface Price {
  readonly trips: number;
  readonly reads: number;
  /** Without those of indexes. */
  readonly writes: number;
  readonly indexes: number;
}

export const price = (trips: number, reads: number, writes = 0, indexes = 0): Price => ({
  trips,
  reads,
  writes,
  indexes,
});

export interface Room {
  readonly service: Service;
  readonly app: BuiltClient;
  readonly signIn: SigningIn;
  /** Of `ada`, who signed in just before. */
  readonly tokens: Tokens;
  readonly sentCode: () => string;
}

export interface Measured {
  readonly name: string;
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly settings?: Partial<CreateUserPoolClientCommandInput>;
  /** In place of those that ask three questions. */
  readonly functions?: Partial<CustomFunctions>;
  /** Of `ada`, beside the typical ones. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whatever comes before the request, which is the answer. */
  readonly ready: (room: Room) => Promise<() => Promise<unknown>>;
}

/** What it is to cost: where other processes write as well, and where none does. */
export interface Budgeted extends Measured {
  readonly always: Price;
  readonly never: Price;
}

/**
 * In a process that has served a request like this one before: alone on one machine, or with other writers, so that the
 * version of the configuration is read.
 */
export async function measured(versionCheck: 'always' | 'never', path: Measured): Promise<Price> {
  const tally = tallying();
  const messenger = recordingMessenger();
  const ports = testPorts({
    clock: stillClock(Date.UTC(2026, 8, 1)),
    random: seededRandom(`the budget of ${path.name}, ${versionCheck}`),
    logger: { write: () => {}, record: () => {} },
    table: testTable({ observe: tally.observe }),
    messenger,
    triggers: moduleTriggers(recorded(path.functions ?? {}).functions),
    versionCheck,
  });
  const service = await startService({ ports });
  const room = await furnished(service, path, () => messenger.sent.at(-1)?.code ?? '');
  const request = await path.ready(room);
  // Digests are made with the oldest key of the table, which an instance reads once.
  await service.ports.sealer.digest('', { purpose: 'code', poolId: room.app.poolId });
  tally.start();
  await request();
  const { roundTrips, readUnits, writeUnits, indexUnits } = tally.total();
  const indexes = writeUnits > 0 ? indexUnits : 0;
  return price(roundTrips, readUnits, writeUnits - indexes, indexes);
}

async function furnished(service: Service, asked: Measured, sentCode: () => string): Promise<Room> {
  const pool = await service.aPool({ AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'], ...asked.pool });
  const app = await service.aClient(pool, asked.settings);
  const attributes = { ...typical, email: 'ada@example.com', ...asked.attributes };
  await service.aUser(pool, { username: 'ada', attributes });
  const signIn = signingIn(service, app);
  return { service, app, signIn, tokens: await signIn.tokens('ada'), sentCode };
}
