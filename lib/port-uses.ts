/** What each port does to the table: the stores' reads and writes, as rights of those who use them. */
import type { Operation } from '../lambdas/core/contract/operation.ts';
import type { RoomName } from './functions.ts';
import type { TableUse } from './table-access.ts';

export type Port = NonNullable<Operation['uses']>[number];

/** What is not done by everybody who uses the port, but by the rooms that `doers` names. */
type Part = 'write' | 'add' | 'list' | 'remove';

interface StoreUse extends Partial<Readonly<Record<Part, TableUse>>> {
  readonly read: TableUse;
}

const none: TableUse = { rows: {} };

/** Ports that are not here never touch the table. */
const stores: Partial<Readonly<Record<Port, StoreUse>>> = {
  pools: {
    read: { rows: { pools: ['get', 'query'] } },
    write: {
      rows: {
        pools: ['put', 'update', 'remove'],
        directory: ['put', 'update', 'remove'],
        accounts: ['update'],
        jobs: ['put'],
      },
    },
    list: { rows: { directory: ['query'] } },
  },
  clients: {
    read: { rows: { pools: ['get', 'query'], lookups: ['get'] } },
    // How its pages look goes with a client.
    write: {
      rows: { pools: ['put', 'update', 'remove', 'check'], lookups: ['put', 'remove'], jobs: ['put'] },
    },
  },
  // A pool names its domains, and an account counts those that are its own.
  domains: {
    read: { rows: { domains: ['get'] } },
    write: { rows: { pools: ['put', 'update'], domains: ['put', 'remove'], accounts: ['update'] } },
  },
  identityProviders: {
    read: { rows: { pools: ['get', 'query'] } },
    write: { rows: { pools: ['put', 'update', 'remove'] } },
  },
  resourceServers: {
    read: { rows: { pools: ['get', 'query'] } },
    write: { rows: { pools: ['put', 'update', 'remove'] } },
  },
  replicas: {
    read: { rows: { pools: ['get', 'query'] } },
    write: { rows: { pools: ['put', 'update', 'remove'], directory: ['update'] } },
  },
  // Images have rows of their own, and a job until a style has them; whoever has looks is checked to be there.
  styles: {
    read: { rows: { pools: ['get', 'getMany'] } },
    write: { rows: { pools: ['put', 'update', 'remove', 'check'], jobs: ['put', 'remove'] } },
  },
  terms: {
    read: { rows: { pools: ['get', 'query'] } },
    write: { rows: { pools: ['put', 'update', 'remove', 'check'] } },
  },
  uiCustomizations: {
    read: { rows: { pools: ['get'] } },
    write: { rows: { pools: ['put', 'update', 'remove', 'check'] } },
  },
  groups: {
    // Tokens take groups out of the cache, which reads those that it lacks in one batch.
    read: { rows: { pools: ['get', 'getMany', 'query'] } },
    // Memberships stand among the rows of their users; those of a group that is gone are a job.
    write: {
      rows: {
        pools: ['put', 'update', 'remove', 'check'],
        users: ['query', 'put', 'update', 'remove'],
        jobs: ['put'],
      },
    },
    list: { rows: { users: ['getMany'] }, indexes: ['lists'] },
  },
  users: {
    // The check of a pool's version goes with reads, its counters with writes.
    read: { rows: { pools: ['get'], users: ['get', 'query'], aliases: ['get'] } },
    write: {
      rows: {
        pools: ['update', 'query'],
        users: ['put', 'update'],
        aliases: ['put', 'remove'],
      },
    },
    // What is left of somebody who is gone is a job.
    remove: { rows: { users: ['query', 'remove', 'removeMany'], jobs: ['put'] } },
    list: { rows: { users: ['getMany'] }, indexes: ['lists', 'filters'] },
  },
  codes: { read: { rows: { users: ['get'] } }, write: { rows: { users: ['update'] } } },
  attempts: { read: { rows: { users: ['get'] } }, write: { rows: { users: ['put', 'remove'] } } },
  families: { read: { rows: { pools: ['get'], users: ['get'] } }, write: { rows: { users: ['update'] } } },
  softwareTokens: {
    read: { rows: { users: ['get'] } },
    write: { rows: { users: ['update', 'put'] } },
    remove: { rows: { users: ['remove'] } },
  },
  // Its id is claimed for the pool, and counted on the row of its user; a sign-in writes its counter.
  passkeys: {
    read: { rows: { users: ['get', 'query'] } },
    write: { rows: { users: ['update'] } },
    add: { rows: { users: ['put', 'update', 'remove'], aliases: ['put'] } },
    remove: { rows: { users: ['update', 'remove'], aliases: ['remove'] } },
  },
  // A new one raises the version of its user, and must not be one that was forgotten, which has a row of its own.
  devices: {
    read: { rows: { users: ['getMany'] } },
    write: { rows: { users: ['put'] } },
    add: { rows: { users: ['put', 'update', 'check'] } },
    remove: { rows: { users: ['put', 'remove'] } },
    list: { rows: { users: ['query'] } },
  },
  // Everybody ends some: sign-ins those that are one too many.
  userSessions: {
    read: { rows: { users: ['query'] } },
    write: { rows: { users: ['put', 'update'] } },
    remove: { rows: { users: ['remove'] } },
  },
  provisionedLimits: { read: { rows: { accounts: ['get'] } }, write: { rows: { accounts: ['update'] } } },
  nonces: { read: none, write: { rows: { nonces: ['put', 'update'] } } },
  challengeStates: { read: { rows: { nonces: ['get'] } }, write: { rows: { nonces: ['put'] } } },
  // Key records stand among the rows of their pool; the first of a pool is made when it first signs.
  signer: { read: { rows: { pools: ['get', 'query'] } }, write: { rows: { pools: ['put', 'update', 'check'] } } },
};

/** Who uses ports. */
type Doer = RoomName | 'web';

/** Where a port is not named, whoever uses it does so: everybody who signs in writes to users. */
export const doers: Readonly<Record<Part, Partial<Readonly<Record<Port, readonly Doer[]>>>>> = {
  write: {
    pools: ['pools'],
    clients: ['clients'],
    domains: ['clients'],
    styles: ['branding'],
    terms: ['branding'],
    uiCustomizations: ['branding'],
    users: ['users', 'auth', 'account', 'federation', 'web'],
    groups: ['groups'],
    softwareTokens: ['auth'],
    passkeys: ['auth'],
    userSessions: ['auth'],
    resourceServers: ['clients'],
    identityProviders: ['federation'],
  },
  add: { passkeys: ['account'], devices: ['account'] },
  remove: {
    users: ['users', 'account'],
    softwareTokens: ['users'],
    passkeys: ['account'],
    devices: ['users', 'account'],
  },
  list: { pools: ['pools'], users: ['users'], groups: ['groups'], devices: ['users', 'account'] },
};

const parts: readonly Part[] = ['write', 'add', 'remove', 'list'];

export const tableUsesOf = (room: Doer, ports: Iterable<Port>): readonly TableUse[] =>
  [...ports].flatMap((port) => {
    const { read, ...others } = stores[port] ?? { read: none };
    const done = parts.filter((part) => doers[part][port]?.includes(room) ?? true);
    return [read, ...done.map((part) => others[part] ?? none)];
  });
