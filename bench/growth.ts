/** What it costs to manage one pool, client, group, member or user, where there are few and where there are many. */
import { createUser, emailOf, inParallel, nameOf, objectIn, textIn } from './fixtures.ts';
import { table } from './report.ts';
import type { Answer, ApiWire } from './wire.ts';

type Call = ApiWire['call'];

export interface Growth {
  readonly operation: string;
  /** Milliseconds, one at a time, by how many there were. */
  readonly medians: readonly { readonly size: number; readonly median: number }[];
}

/** Something of which there may be many. */
interface Kind {
  readonly few: number;
  readonly many: number;
  add(index: number): Promise<unknown>;
  /** What is done with one of them, by its name. Those that remove one come last. */
  readonly operations: Readonly<Record<string, (index: number) => Promise<unknown>>>;
  /** Removes what `add` made. */
  readonly removal: readonly [name: string, remove: (index: number) => Promise<unknown>];
  readonly addition: string;
}

const samples = 200;

/** The usual ones leave no room for what is made beyond them. */
export const growthLimits = {
  quotas: { poolsPerAccount: 2_000, clientsPerPool: 2_000, groupsPerPool: 20_000 },
} as const;

export async function measureGrowth(call: Call, say: (text: string) => void): Promise<readonly Growth[]> {
  const growths: Growth[] = [];
  for (const make of [pools, clients, groups, members, users]) {
    const kind = await make(call);
    say(`${kind.addition}: ${kind.few} and ${kind.many}…`);
    growths.push(...(await measureKind(kind)));
  }
  return growths;
}

async function measureKind({ few, many, add, operations, addition, removal }: Kind): Promise<readonly Growth[]> {
  const medians = new Map<string, { size: number; median: number }[]>();
  let filled = 0;
  for (const size of [few, many]) {
    const from = filled;
    await inParallel(size - from, (index) => add(from + index));
    filled = size;
    const note = (name: string, median: number) => medians.set(name, [...(medians.get(name) ?? []), { size, median }]);
    // Those beyond the size are made, and removed again.
    note(addition, await medianOf((index) => add(size + index)));
    for (const [name, run] of Object.entries(operations))
      note(name, await medianOf((index) => run(scattered(index, size))));
    note(removal[0], await medianOf((index) => removal[1](size + index)));
  }
  return [...medians].map(([operation, found]) => ({ operation, medians: found }));
}

async function medianOf(run: (index: number) => Promise<unknown>): Promise<number> {
  const durations: number[] = [];
  for (let index = 0; index < samples; index++) {
    const sentAt = performance.now();
    await run(index);
    durations.push(performance.now() - sentAt);
  }
  return durations.toSorted((a, b) => a - b)[Math.floor(samples / 2)] ?? 0;
}

const scattered = (index: number, size: number): number => (index * 7919) % size;

async function newPool(call: Call): Promise<string> {
  return textIn(objectIn(await call('CreateUserPool', { PoolName: 'growth' }), 'UserPool'), 'Id');
}

async function pools(call: Call): Promise<Kind> {
  const ids: string[] = [];
  return {
    few: 10,
    many: 1_000,
    addition: 'CreateUserPool',
    async add(index) {
      ids[index] = await newPool(call);
    },
    operations: {
      DescribeUserPool: (index) => call('DescribeUserPool', { UserPoolId: ids[index] }),
      'ListUserPools, page of 10': () => call('ListUserPools', { MaxResults: 10 }),
    },
    removal: ['DeleteUserPool', (index) => call('DeleteUserPool', { UserPoolId: ids[index] })],
  };
}

async function clients(call: Call): Promise<Kind> {
  const UserPoolId = await newPool(call);
  const ids: string[] = [];
  const one = (index: number) => ({ UserPoolId, ClientId: ids[index] });
  return {
    few: 10,
    many: 1_000,
    addition: 'CreateUserPoolClient',
    async add(index) {
      const created = await call('CreateUserPoolClient', { UserPoolId, ClientName: nameOf(index) });
      ids[index] = textIn(objectIn(created, 'UserPoolClient'), 'ClientId');
    },
    operations: {
      DescribeUserPoolClient: (index) => call('DescribeUserPoolClient', one(index)),
      UpdateUserPoolClient: (index) => call('UpdateUserPoolClient', { ...one(index), ClientName: nameOf(index) }),
      'ListUserPoolClients, page of 10': () => call('ListUserPoolClients', { UserPoolId, MaxResults: 10 }),
    },
    removal: ['DeleteUserPoolClient', (index) => call('DeleteUserPoolClient', one(index))],
  };
}

async function groups(call: Call): Promise<Kind> {
  const UserPoolId = await newPool(call);
  const one = (index: number) => ({ UserPoolId, GroupName: nameOf(index) });
  return {
    few: 10,
    many: 10_000,
    addition: 'CreateGroup',
    add: (index) => call('CreateGroup', one(index)),
    operations: {
      GetGroup: (index) => call('GetGroup', one(index)),
      UpdateGroup: (index) => call('UpdateGroup', { ...one(index), Precedence: 1 }),
      'ListGroups, page of 10': () => call('ListGroups', { UserPoolId, Limit: 10 }),
    },
    removal: ['DeleteGroup', (index) => call('DeleteGroup', one(index))],
  };
}

async function members(call: Call): Promise<Kind> {
  const UserPoolId = await newPool(call);
  const GroupName = 'everybody';
  await call('CreateGroup', { UserPoolId, GroupName });
  await inParallel(10_000 + samples, (index) => createUser(call, UserPoolId, nameOf(index)));
  const one = (index: number) => ({ UserPoolId, Username: nameOf(index) });
  return {
    few: 10,
    many: 10_000,
    addition: 'AdminAddUserToGroup',
    add: (index) => call('AdminAddUserToGroup', { ...one(index), GroupName }),
    operations: {
      AdminListGroupsForUser: (index) => call('AdminListGroupsForUser', one(index)),
      'ListUsersInGroup, page of 10': () => call('ListUsersInGroup', { UserPoolId, GroupName, Limit: 10 }),
    },
    removal: ['AdminRemoveUserFromGroup', (index) => call('AdminRemoveUserFromGroup', { ...one(index), GroupName })],
  };
}

async function users(call: Call): Promise<Kind> {
  const UserPoolId = await newPool(call);
  const one = (index: number) => ({ UserPoolId, Username: nameOf(index) });
  return {
    few: 1_000,
    many: 100_000,
    addition: 'AdminCreateUser',
    add: (index) => createUser(call, UserPoolId, nameOf(index)),
    operations: {
      AdminGetUser: (index) => call('AdminGetUser', one(index)),
      'ListUsers, page of 10': () => call('ListUsers', { UserPoolId, Limit: 10 }),
      'ListUsers, email = one': async (index) =>
        requireOne(await call('ListUsers', { UserPoolId, Filter: `email = "${emailOf(nameOf(index))}"` })),
    },
    removal: ['AdminDeleteUser', (index) => call('AdminDeleteUser', one(index))],
  };
}

/** A filter that found nobody would be fast for the wrong reason. */
function requireOne({ Users }: Answer): void {
  if (!Array.isArray(Users) || Users.length !== 1) throw new Error('The list is not what was asked for');
}

export const printGrowth = (growths: readonly Growth[]): readonly string[] => [
  'One of few, and one of many (medians of one at a time)',
  ...table([
    ['operation', 'of', 'ms', 'of', 'ms', 'ratio'],
    ...growths.map(({ operation, medians: [few, many] }) => [
      operation,
      `${few?.size}`,
      (few?.median ?? Number.NaN).toFixed(2),
      `${many?.size}`,
      (many?.median ?? Number.NaN).toFixed(2),
      ((many?.median ?? Number.NaN) / (few?.median ?? Number.NaN)).toFixed(2),
    ]),
  ]),
];
