/** The kinds of rows in the table, as patterns of the partition keys that a role is let in by. */
import {
  accessKeyKey,
  accounts,
  aliasKey,
  directory,
  domainKey,
  everythingOfPool,
  everythingOfUser,
  jobs,
  lookupKey,
  membersOfGroup,
  nonceKey,
  outboxes,
  policies,
  principals,
  rateKey,
  rings,
  sentMessagesOf,
  subsOfPool,
  textsOfPoolKey,
  usersOfPool,
} from '../lambdas/adapters/dynamodb/keys.ts';

const any = '*';

/** A key without what follows its first part: `A#<pool>#e#<value>` becomes `A#*`. */
const family = (key: string): string => `${key.slice(0, key.indexOf('#') + 1)}${any}`;

/** Written by the very functions that make keys, so a changed key is a changed role. */
export const rows = {
  pools: everythingOfPool(any).partition,
  directory: directory.partition,
  accounts: accounts.partition,
  rates: family(rateKey({ account: any, region: any }, any, 0, 0).PK),
  lookups: lookupKey(any).PK,
  users: family(everythingOfUser(any, any).partition),
  aliases: family(aliasKey(any, { kind: 'sub', value: any }).PK),
  nonces: nonceKey(any).PK,
  accessKeys: accessKeyKey(any).PK,
  principals: principals.partition,
  policies: policies.partition,
  rings: rings.partition,
  jobs: jobs.partition,
  outboxes: outboxes.partition,
  sentMessages: sentMessagesOf(any).partition,
  texts: family(textsOfPoolKey(any, 0).PK),
  /** Domains name their pool. */
  domains: domainKey(any).PK,
} as const;

export type RowKind = keyof typeof rows;

/** The lists that the first index holds: users by name and by `sub`, and the members of groups. */
export const listPartitions: readonly string[] = [usersOfPool(any), subsOfPool(any), membersOfGroup(any, any)];
