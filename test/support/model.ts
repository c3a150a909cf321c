/** A pool, a client, a user and a group as plain values, for tests of rules that need no service around them. */
import type { Client } from '../../lambdas/core/model/client.ts';
import type { Group } from '../../lambdas/core/model/group.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { schemaOf } from '../../lambdas/core/rules/schema.ts';

/** Tue Sep 5 21:11:18 UTC 2023 */
export const someMoment = 1_693_948_278_000;

const times = { createdAt: someMoment, modifiedAt: someMoment, version: 1 };

export const aPool = (members: Partial<Pool> = {}): Pool => ({
  id: 'us-east-1_aBcDeF123',
  name: 'shop',
  region: 'us-east-1',
  account: '000000000000',
  partition: 'aws',
  settings: {},
  schema: schemaOf(),
  tags: {},
  ...times,
  ...members,
});

export const aClient = (members: Partial<Client> = {}): Client => ({
  id: '4tq8c2v9n1k7m3b5x6z0p2r4s8',
  poolId: 'us-east-1_aBcDeF123',
  name: 'web',
  secrets: [],
  settings: {},
  ...times,
  ...members,
});

export const aUser = (members: Partial<User> = {}): User => ({
  poolId: 'us-east-1_aBcDeF123',
  username: 'ada',
  sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77',
  attributes: {},
  status: 'CONFIRMED',
  enabled: true,
  ...times,
  ...members,
});

export const aGroup = (name: string, members: Partial<Group> = {}): Group => ({
  poolId: 'us-east-1_aBcDeF123',
  id: `the id of ${name}`,
  name,
  ...times,
  ...members,
});
