/** Turns each filter on users into ranges of indexes, and a check of what is found there. */
import type { Pool } from '../../core/model/pool.ts';
import type { ListedUser, UserStatus } from '../../core/model/user.ts';
import type { UserQuery } from '../../core/model/user-query.ts';
import { fold } from '../../core/rules/aliases.ts';
import {
  filterPartition,
  indexed,
  statusIndex,
  statusPrefix,
  subsOfPool,
  usersOfPool,
  type ValueAttribute,
  valueIndexes,
} from './keys.ts';
import type { Query } from './table.ts';
import { searchable, statuses } from './user-rows.ts';

/** Part of an index, and what its rows are: users as lists show them, keys of users, or aliases that name users. */
export interface Range {
  readonly query: Pick<Query, 'index' | 'partition' | 'sort'>;
  readonly holds: 'users' | 'keys' | 'aliases';
}

export interface Search {
  readonly ranges: readonly Range[];
  /** Index rows are cut, folded and at times outdated: what they lead to is compared whole. */
  readonly matches: (user: ListedUser) => boolean;
}

type Match = Extract<UserQuery, { kind: 'match' }>;

export function searchFor(pool: Pool, query: UserQuery): Search {
  if (query.kind === 'all') return { ranges: [usersRange(pool)], matches: () => true };
  // No attribute is kept empty, so an empty value finds nobody, not everybody.
  if (query.value === '') return { ranges: [], matches: () => false };
  switch (query.attribute) {
    case 'username':
      return byUsername(pool, query);
    case 'sub':
      return bySub(pool, query);
    case 'cognito:user_status':
      return byStatus(pool, query);
    case 'status':
      return byState(pool, query);
    default:
      return byValue(pool, query, query.attribute);
  }
}

const compare = ({ operator }: Match, found: string, value: string): boolean =>
  operator === '=' ? found === value : found.startsWith(value);

/** The sort keys that a value may have there: cut like those of the index. */
const sortKeys = ({ operator }: Match, value: string): NonNullable<Query['sort']> =>
  operator === '=' ? { equals: indexed(value) } : { prefix: indexed(value) };

const usersRange = (pool: Pool, sort?: Query['sort']): Range => ({
  query: { index: 1, partition: usersOfPool(pool.id), ...(sort && { sort }) },
  holds: 'users',
});

/** Names are kept folded and compared exactly: this filter tells upper from lower case in every pool. */
const byUsername = (pool: Pool, query: Match): Search => ({
  ranges: [usersRange(pool, sortKeys(query, fold(pool, 'username', query.value)))],
  matches: ({ username }) => compare(query, username, query.value),
});

/** A sub that is the username has no alias row: there it is found as the name that it is. */
function bySub(pool: Pool, query: Match): Search {
  const sort = sortKeys(query, query.value);
  const throughAliases: Range = { query: { index: 1, partition: subsOfPool(pool.id), sort }, holds: 'aliases' };
  return {
    ranges: [pool.settings.UsernameAttributes?.length ? usersRange(pool, sort) : throughAliases],
    matches: ({ sub }) => compare(query, sub, query.value),
  };
}

function byValue(pool: Pool, query: Match, attribute: ValueAttribute): Search {
  const value = searchable(pool, attribute, query.value);
  const sort = sortKeys(query, value);
  return {
    ranges: [{ query: { index: valueIndexes[attribute], partition: filterPartition(pool.id), sort }, holds: 'keys' }],
    matches: ({ attributes }) => compare(query, searchable(pool, attribute, attributes[attribute] ?? ''), value),
  };
}

/** `confirmed` means CONFIRMED. */
function byStatus(pool: Pool, query: Match): Search {
  const wanted = statuses.filter((status) => compare(query, status, query.value.toUpperCase()));
  return {
    ranges: wanted.map((status) => statusRange(pool, status)),
    matches: ({ status }) => wanted.includes(status),
  };
}

/** `Enabled` or `Disabled`, in just these letters: users of every status, one status after the other. */
function byState(pool: Pool, query: Match): Search {
  const isWanted = (enabled: boolean): boolean => compare(query, enabled ? 'Enabled' : 'Disabled', query.value);
  const states = [true, false].filter(isWanted);
  return {
    ranges: states.flatMap((enabled) => statuses.map((status) => statusRange(pool, status, enabled))),
    matches: ({ enabled }) => isWanted(enabled),
  };
}

const statusRange = (pool: Pool, status: UserStatus, enabled?: boolean): Range => ({
  query: {
    index: statusIndex,
    partition: filterPartition(pool.id),
    sort: { prefix: statusPrefix(status, enabled) },
  },
  holds: 'keys',
});
