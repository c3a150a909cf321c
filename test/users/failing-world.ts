/** Services on one table for calls that are to fail: one in order, and others that each lack what they need. */
import { expect } from 'vitest';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { Throttled } from '../../lambdas/core/ports/unavailable.ts';
import type { UserStore } from '../../lambdas/core/ports/user-store.ts';
import type { BuiltClient, BuiltPool, BuiltUser } from '../support/builders.ts';
import { aClientWithSecret, aPerson, signUp } from '../support/people.ts';
import { failingMessenger } from '../support/recording-messenger.ts';
import { type Service, startService } from '../support/start-service.ts';
import { failingFunctions } from './failing-functions.ts';

type Input = Readonly<Record<string, unknown>>;

export interface FailingWorld extends Service {
  readonly pool: BuiltPool;
  readonly app: BuiltClient;
  /** Another client of the pool, whose secret the caller does not know. */
  readonly appWithSecret: string;
  /** Confirmed, with both addresses verified, and signed in. */
  aPerson(): Promise<BuiltUser & { readonly token: string }>;
  /** Registered with an address, and not confirmed. */
  aRegistration(settings?: Parameters<Service['aPool']>[0]): Promise<Registration>;
  /** Writes the user as they would be kept. */
  change(who: Pick<BuiltUser, 'poolId' | 'username'>, members: Partial<User>): Promise<void>;
  /** The refusal of a call to the service in order, or to another of them. */
  refusal(operation: string, input: Input, through?: Through): Promise<string>;
}

export interface Registration {
  readonly app: BuiltClient;
  readonly username: string;
  readonly poolId: string;
  readonly code: string;
}

/** What the service lacks: a store that works, one that keeps up, one to itself, a messenger, room for users; or has. */
export type Through = 'in order' | 'broken' | 'throttled' | 'contended' | 'mute' | 'full' | 'with functions';

export const email = 'fixture@example.com';
const phone = '+12065559934';
const addresses = { email, email_verified: 'true', phone_number: phone, phone_number_verified: 'true' };

export async function failingWorld(): Promise<FailingWorld> {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool);
  const { id: appWithSecret } = await aClientWithSecret(service.client, pool);
  const others = await theOthers(service);
  return {
    ...service,
    pool,
    app,
    appWithSecret,
    async aPerson() {
      const { user, token } = await aPerson(service, pool, { app, attributes: addresses });
      return { ...user, token };
    },
    aRegistration: async (settings) => {
      const { id } = await service.aPool({ AutoVerifiedAttributes: ['email'], ...settings });
      const through = await service.aClient({ id });
      await signUp(service.client, through, { username: 'waiting', attributes: { email } });
      const code = await service.outbox.codeFor({ poolId: id, username: 'waiting' });
      return { app: through, username: 'waiting', poolId: id, code };
    },
    async change({ poolId, username }, members) {
      const { kept, user } = await userIn(service, poolId, username);
      expect(await service.ports.users.save(kept, user, { ...user, ...members })).toBe('saved');
    },
    async refusal(operation, input, through = 'in order') {
      const { json } = await (through === 'in order' ? service : others[through]).call(operation, input);
      // As every refusal is written.
      const { __type, message } = (json ?? {}) as Readonly<Partial<Record<string, string>>>;
      return __type === undefined ? 'nothing is refused' : `${__type}: ${message}`;
    },
  };
}

async function userIn({ ports }: Service, poolId: string, username: string): Promise<{ kept: Pool; user: User }> {
  const kept = await ports.pools.find(poolId);
  const user = kept && (await ports.users.find(kept, username));
  if (!kept || !user) throw new Error('There is no such user');
  return { kept, user };
}

async function theOthers({
  ports: { users },
}: Service): Promise<Readonly<Record<Exclude<Through, 'in order'>, Service>>> {
  const contended: UserStore = { ...users, save: async () => 'changed', remove: async () => 'changed' };
  return {
    broken: await startService({ lenient: true, ports: { users: failing(users, new Error('The store is broken')) } }),
    throttled: await startService({ lenient: true, ports: { users: failing(users, new Throttled('Not so fast')) } }),
    contended: await startService({ ports: { users: contended } }),
    mute: await startService({ ports: { messenger: failingMessenger() } }),
    full: await startService({ settings: { quotas: { usersPerPool: 0 } } }),
    'with functions': await startService({ ports: { triggers: failingFunctions } }),
  };
}

/** Every question to it fails so. */
const failing = (users: UserStore, error: Error): UserStore =>
  // Whatever a store is asked for, it is a method that answers a promise.
  Object.fromEntries(Object.keys(users).map((method) => [method, () => Promise.reject(error)])) as unknown as UserStore;
