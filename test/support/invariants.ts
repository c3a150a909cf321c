/** What must be true of the rows of the table whenever nobody is writing, however the writing ended. */
import { decodeHolder } from '../../lambdas/adapters/dynamodb/alias-rows.ts';
import { findNumber, numberIn, textIn, textListIn } from '../../lambdas/adapters/dynamodb/fields.ts';
import {
  accountKey,
  activeKeyKey,
  aliasKey,
  clientKey,
  counterKeys,
  directoryKey,
  everythingOfUser,
  groupIdIn,
  groupsOfPool,
  isClientKey,
  isMembershipKey,
  isUserKey,
  jobs,
  lookupKey,
  poolKey,
  providerIdentifierKey,
  providersOfPool,
  signingKeyKey,
  ttlAttribute,
  userKey,
  usersOfPool,
  versionKey,
} from '../../lambdas/adapters/dynamodb/keys.ts';
import { decodePool } from '../../lambdas/adapters/dynamodb/pool-rows.ts';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { decodeUser, encodeUser } from '../../lambdas/adapters/dynamodb/user-rows.ts';
import type { Work } from '../../lambdas/core/model/job.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { aliasesOf, fold } from '../../lambdas/core/rules/aliases.ts';
import { brokenDomain, brokenDomains, brokenLooks } from './looks-invariants.ts';
import { brokenPasskeys, isPasskeyClaim } from './passkey-invariants.ts';
import { everyRow, nameOf, type Rows, workIn, workOf } from './table-rows.ts';

/** A sentence for each thing that is wrong; pools that are being purged are passed over. Absent ids: all pools. */
export async function brokenInvariants(table: Table, poolIds?: ReadonlySet<string>): Promise<readonly string[]> {
  const rows = await everyRow(table, (row) => poolIds === undefined || poolIds.has(poolOf(row)));
  const isPurged = purgedPartitions(rows);
  const pools = rows.all.filter((row) => row.PK.startsWith('P#') && row.SK === '@').map(decodePool);
  if (pools.length === 0) return ['There is no pool to look at'];
  return [
    ...pools.flatMap((pool) => [
      ...brokenPool(rows, pool),
      ...brokenUsers(rows, pool),
      ...brokenGroups(rows, pool),
      ...brokenProviders(rows, pool),
      ...brokenDomains(rows, pool),
      ...brokenLooks(rows, pool),
    ]),
    ...rows.all.filter((row) => !isPurged(row)).flatMap((row) => strays(rows, pools, row)),
  ];
}

/** Empty for what belongs to none. */
function poolOf(row: Item): string {
  const [kind = '', id = ''] = row.PK.split('#');
  if (kind === 'C' || kind === 'D') return textIn(row, 'p');
  if (kind === 'POOLS') return textIn(row, 'id');
  if (kind === 'JOBS') return poolOfWork(workIn(row));
  return kind === 'X' ? '' : id;
}

/** Empty for work on all pools. */
function poolOfWork(work: Work): string {
  if (work.kind === 'purge-pool') return work.pool.id;
  return 'poolId' in work ? work.poolId : '';
}

/** Whatever a removed pool or user has left goes with its purge. */
function purgedPartitions(rows: Rows): (row: Item) => boolean {
  const work = workOf(rows);
  const pools = new Set(work.filter(({ kind }) => kind === 'purge-pool').map(poolOfWork));
  const people = work.flatMap((each) => (each.kind === 'purge-user' ? [each] : []));
  const users = new Set(people.map(({ poolId, un }) => everythingOfUser(poolId, un).partition));
  return (row) => row.PK !== jobs.partition && (pools.has(poolOf(row)) || (users.has(row.PK) && !isUserKey(row)));
}

function brokenPool(rows: Rows, pool: Pool): readonly string[] {
  const { id } = pool;
  const needed = [versionKey(id), directoryKey(pool.region, pool.createdAt, id), ...counterKeys(id)];
  const missing = needed.filter((key) => !rows.find(key)).map((key) => `${nameOf(key)} is missing`);
  const counted = counterKeys(id).reduce((sum, key) => sum + countIn(rows.find(key)), 0);
  const users = rows.all.filter((row) => row['g1p'] === usersOfPool(id)).length;
  return counted === users ? missing : [...missing, `${id} counts ${counted} users and has ${users}`];
}

const countIn = (row: Item | undefined): number => (row === undefined ? 0 : numberIn(row, 'n'));

function brokenUsers(rows: Rows, pool: Pool): readonly string[] {
  const users = rows.all.filter((row) => isUserKey(row) && row.PK.startsWith(`U#${pool.id}#`));
  const aliases = new Map<string, User>();
  const broken = users.flatMap((row) => {
    const user = decodeUser(pool.id, row);
    for (const alias of aliasesOf(pool, user)) aliases.set(nameOf(aliasKey(pool.id, alias)), user);
    return brokenUser(pool, user, row);
  });
  const held = rows.all.filter((row) => row.PK.startsWith(`A#${pool.id}#`) && !isPasskeyClaim(row));
  return [...broken, ...brokenAliases(aliases, held), ...brokenPasskeys(rows, pool, users)];
}

/** As this software writes it, keys and index attributes included: nothing of it comes from another version. */
function brokenUser(pool: Pool, user: User, row: Item): readonly string[] {
  const isInPlace = nameOf(row) === nameOf(userKey(pool.id, fold(pool, 'username', user.username)));
  const isWhole = textOf(encodeUser(pool, user)) === textOf(row);
  return isInPlace && isWhole ? [] : [`${nameOf(row)} is not the row of its own contents`];
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, member) => {
    if (member instanceof Uint8Array) return Buffer.from(member).toString('base64');
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** Each row leads to the user who holds the alias, and each alias that a user holds has its row. */
function brokenAliases(expected: ReadonlyMap<string, User>, held: readonly Item[]): readonly string[] {
  const found = new Set(held.map(nameOf));
  const missing = [...expected.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`);
  const wrong = held.filter((row) => {
    const user = expected.get(nameOf(row));
    const holder = decodeHolder(row);
    return user?.sub !== holder.sub || user.username !== holder.username;
  });
  return [...missing, ...wrong.map((row) => `${nameOf(row)} leads to somebody who does not hold it`)];
}

/** Memberships are of groups that are there, or that a job purges; a user counts no fewer than there are. */
function brokenGroups(rows: Rows, { id }: Pool): readonly string[] {
  const { partition, sort } = groupsOfPool(id);
  const groups = rows.all.filter(({ PK, SK }) => PK === partition && SK.startsWith(sort.prefix));
  const version = rows.find(versionKey(id));
  const counted = (version && findNumber(version, 'cG')) ?? 0;
  const miscounted = counted === groups.length ? [] : [`${id} counts ${counted} groups and has ${groups.length}`];
  const known = new Set([...groups.map((row) => textIn(row, 'id')), ...purgedGroups(rows)]);
  const memberships = rows.all.filter((row) => row.PK.startsWith(`U#${id}#`) && isMembershipKey(row));
  const lost = memberships.filter((row) => !known.has(groupIdIn(row)));
  const tooMany = rows.all
    .filter((row) => row.PK.startsWith(`U#${id}#`) && isUserKey(row))
    .filter((user) => {
      const own = memberships.filter(({ PK, sub }) => PK === user.PK && sub === user['sub']);
      return own.length > (findNumber(user, 'gc') ?? 0);
    });
  return [
    ...miscounted,
    ...lost.map((row) => `${nameOf(row)} is of a group that is gone, and that nobody purges`),
    ...tooMany.map((row) => `${nameOf(row)} counts fewer groups than it has memberships`),
  ];
}

/** Each identifier leads to the provider that has it, and every provider is counted. */
function brokenProviders(rows: Rows, { id }: Pool): readonly string[] {
  const { partition, sort } = providersOfPool(id);
  const providers = rows.all.filter(({ PK, SK }) => PK === partition && SK.startsWith(sort.prefix));
  const version = rows.find(versionKey(id));
  const counted = (version && findNumber(version, 'cI')) ?? 0;
  const miscounted = counted === providers.length ? [] : [`${id} counts ${counted} identity providers wrongly`];
  const expected = new Map(
    providers.flatMap((row) =>
      textListIn(row, 'ids').map((each) => [nameOf(providerIdentifierKey(id, each)), textIn(row, 'nm')] as const),
    ),
  );
  const held = rows.all.filter(({ PK, SK }) => PK === partition && SK.startsWith('N#'));
  const wrong = held.filter((row) => expected.get(nameOf(row)) !== textIn(row, 'nm'));
  const missing = expected.size - (held.length - wrong.length);
  return [
    ...miscounted,
    ...wrong.map((row) => `${nameOf(row)} leads to a provider that does not have it`),
    ...(missing === 0 ? [] : [`${missing} identifiers of ${id} lead nowhere`]),
  ];
}

const purgedGroups = (rows: Rows): readonly string[] =>
  workOf(rows).flatMap((work) => (work.kind === 'purge-group' ? work.groupId : []));

/** Rows that nothing leads to any more, and that nothing will remove. */
function strays(rows: Rows, pools: readonly Pool[], row: Item): readonly string[] {
  const [kind = '', ...rest] = row.PK.split('#');
  const isOfPool = pools.some(({ id }) => id === rest[0]);
  switch (kind) {
    case 'P':
      return isOfPool ? brokenContent(rows, row) : [`${nameOf(row)} belongs to no pool`];
    case 'A':
      return isOfPool ? [] : [`${nameOf(row)} belongs to no pool`];
    case 'U':
      return isOfPool && belongs(rows, row) ? [] : [`${nameOf(row)} belongs to nobody and never ends`];
    case 'C':
      return rows.find(clientKey(textIn(row, 'p'), rest.join('#'))) ? [] : [`${nameOf(row)} leads to no client`];
    case 'D':
      return brokenDomain(pools, row);
    case 'POOLS':
      return rows.find(poolKey(textIn(row, 'id'))) ? [] : [`${nameOf(row)} lists no pool`];
    case 'ACCOUNTS':
      return brokenAccount(pools, row);
    case 'JOBS':
    case 'RING':
      return [];
    case 'L':
    case 'X':
      return [numberIn(row, ttlAttribute)].flatMap((ttl) => (ttl > 0 ? [] : [`${nameOf(row)} never ends`]));
    default:
      return [`${nameOf(row)} is of no known kind`];
  }
}

/** What it counts is there; an account that has raised its rates has another row for them. */
function brokenAccount(pools: readonly Pool[], row: Item): readonly string[] {
  if (row.SK.endsWith('#rates')) return [];
  const own = pools.filter((pool) => nameOf(accountKey(pool)) === nameOf(row));
  const there = { pools: own.length, domains: own.filter(({ customDomain }) => customDomain !== undefined).length };
  return Object.entries(there).flatMap(([what, count]) => {
    const counted = findNumber(row, what) ?? 0;
    return counted === count ? [] : [`${nameOf(row)} counts ${counted} ${what} and has ${count}`];
  });
}

function brokenContent(rows: Rows, row: Item): readonly string[] {
  if (isClientKey(row) && !rows.find(lookupKey(textIn(row, 'id')))) return [`${nameOf(row)} cannot be found by its id`];
  const poolId = row.PK.slice('P#'.length);
  const isPointer = nameOf(row) === nameOf(activeKeyKey(poolId, row.SK.slice('A#'.length)));
  if (isPointer && !rows.find(signingKeyKey(poolId, textIn(row, 'kid')))) return [`${nameOf(row)} points to no key`];
  return [];
}

/** What is not the user's own ends by itself: rows of a former user of the name, and of names that nobody has. */
function belongs(rows: Rows, row: Item): boolean {
  if (isUserKey(row) || findNumber(row, ttlAttribute) !== undefined) return true;
  const user = rows.find({ PK: row.PK, SK: '@' });
  return user !== undefined && row['sub'] === user['sub'];
}
