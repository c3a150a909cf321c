/** What each port does to the table: the stores' reads and writes, as rights of those who use them. */
import type { Operation } from '../lambdas/core/contract/operation.ts';
import type { RoomName } from './functions.ts';
import type { TableUse } from './table-access.ts';

export type Port = NonNullable<Operation['uses']>[number];

/** What is not done by everybody who uses the port, but by the rooms that `doers` names. */
type Part = 'write' | 'list' | 'remove';

interface StoreUse extends Partial<Readonly<Record<Part, TableUse>>> {
  readonly read: TableUse;
}

const none: TableUse = { rows: {} };

/** Ports that are not here never touch the table. */
const stores: Partial<Readonly<Record<Port, StoreUse>>> = {
  pools: {
    read: { rows: { pools: ['get', 'query'], directory: ['query'] } },
    write: {
      rows: { pools: ['put', 'update', 'remove'], directory: ['put', 'remove'], jobs: ['put'] },
    },
  },
  clients: {
    read: { rows: { pools: ['get', 'query'], lookups: ['get'] } },
    write: { rows: { pools: ['put', 'update', 'remove'], lookups: ['put', 'remove'] } },
  },
  users: {
    // The check of a pool's version goes with reads, its counters with writes.
    read: { rows: { pools: ['get'], users: ['get', 'query'], aliases: ['get'] } },
    write: {
      rows: {
        pools: ['update'],
        users: ['put', 'update'],
        aliases: ['put', 'remove'],
      },
    },
    // What is left of somebody who is gone is a job.
    remove: { rows: { users: ['query', 'remove', 'removeMany'], jobs: ['put'] } },
    list: { rows: { users: ['getMany'] }, indexes: ['lists', 'filters'] },
  },
  codes: { read: none, write: { rows: { users: ['update'] } } },
  attempts: { read: { rows: { users: ['get'] } }, write: { rows: { users: ['put', 'remove'] } } },
  families: { read: { rows: { pools: ['get'], users: ['get'] } }, write: { rows: { users: ['update'] } } },
  nonces: { read: none, write: { rows: { nonces: ['put'] } } },
  // Key records stand among the rows of their pool; the first of a pool is made when it first signs.
  signer: { read: { rows: { pools: ['get', 'query'] } }, write: { rows: { pools: ['put', 'update', 'check'] } } },
};

/** Where a port is not named, whoever uses it does so: everybody who signs in writes to users. */
export const doers: Readonly<Record<Part, Partial<Readonly<Record<Port, readonly RoomName[]>>>>> = {
  write: { pools: ['pools'], clients: ['clients'] },
  remove: { users: ['users', 'account'] },
  list: { users: ['users', 'groups'] },
};

const parts: readonly Part[] = ['write', 'remove', 'list'];

export const tableUsesOf = (room: RoomName, ports: Iterable<Port>): readonly TableUse[] =>
  [...ports].flatMap((port) => {
    const { read, ...others } = stores[port] ?? { read: none };
    const done = parts.filter((part) => doers[part][port]?.includes(room) ?? true);
    return [read, ...done.map((part) => others[part] ?? none)];
  });
