/** Lists users, all or filtered: every filter is a range of an index, so a page costs the same in any pool. */
import type { Cursor, Page, PageRequest } from '../../core/model/page.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { ListedUser } from '../../core/model/user.ts';
import type { UserQuery } from '../../core/model/user-query.ts';
import { fold } from '../../core/rules/aliases.ts';
import { decodeHolder } from './alias-rows.ts';
import { aliasKey, userKey } from './keys.ts';
import type { Item, Key, Query, Table } from './table.ts';
import { decodeListedUser } from './user-rows.ts';
import { type Range, type Search, searchFor } from './user-search.ts';

/** What one page may ask of the indexes, should little of what it finds match. */
const mostQueries = 12;

export function listUsers(table: Table, pool: Pool, query: UserQuery, page: PageRequest): Promise<Page<ListedUser>> {
  if (query.kind === 'match' && query.operator === '=' && query.value !== '') {
    if (query.attribute === 'username') return oneUser(table, pool, query.value, ({ username }) => username);
    if (query.attribute === 'sub') return userOfSub(table, pool, query.value);
  }
  return walk(table, pool, searchFor(pool, query), page);
}

/** A name leads to its row, so no index is asked and nothing is outdated. */
async function oneUser(
  table: Table,
  pool: Pool,
  name: string,
  nameOf: (user: ListedUser) => string,
  wanted = name,
): Promise<Page<ListedUser>> {
  const item = await table.get(userKey(pool.id, fold(pool, 'username', name)), { consistent: true });
  const user = item && decodeListedUser(pool.id, item);
  return { items: user && nameOf(user) === wanted ? [user] : [] };
}

/** Through the alias, or, where the username is the sub itself, without one. */
async function userOfSub(table: Table, pool: Pool, sub: string): Promise<Page<ListedUser>> {
  const alias = await table.get(aliasKey(pool.id, { kind: 'sub', value: sub }), { consistent: true });
  return oneUser(table, pool, alias ? decodeHolder(alias).username : sub, (user) => user.sub, sub);
}

interface Position {
  readonly range: number;
  readonly after?: Query['after'];
}

/** Goes through the ranges, one after the other, until the page is full or has asked enough. */
async function walk(
  table: Table,
  pool: Pool,
  { ranges, matches }: Search,
  { limit, after }: PageRequest,
): Promise<Page<ListedUser>> {
  const items: ListedUser[] = [];
  let position = positionIn(after);
  for (let queries = 0; queries < mostQueries && items.length < limit; queries++) {
    const range = ranges[position.range];
    if (!range) break;
    const rows = await table.query({ ...range.query, limit: limit - items.length, after: position.after });
    items.push(...(await usersIn(table, pool, range, rows.items)).filter(matches));
    position = rows.next ? { range: position.range, after: rows.next } : { range: position.range + 1 };
  }
  return position.range < ranges.length ? { items, next: { ...position } } : { items };
}

/** A cursor is a position, sealed while it was away. */
const positionIn = (cursor: Cursor | undefined): Position =>
  cursor ? { range: Number(cursor['range']), after: cursor['after'] as Query['after'] } : { range: 0 };

async function usersIn(table: Table, pool: Pool, range: Range, rows: readonly Item[]): Promise<readonly ListedUser[]> {
  const decode = (item: Item): ListedUser => decodeListedUser(pool.id, item);
  if (range.holds === 'users') return rows.map(decode);
  const keys = rows.map((row) => (range.holds === 'aliases' ? userKeyOf(pool, row) : keyOf(row)));
  const found = new Map((await table.getMany(keys)).map((item) => [item.PK, item]));
  // In the order of the index; who was deleted since is left out.
  return keys.flatMap(({ PK }) => found.get(PK) ?? []).map(decode);
}

const keyOf = ({ PK, SK }: Key): Key => ({ PK, SK });

const userKeyOf = (pool: Pool, alias: Item): Key =>
  userKey(pool.id, fold(pool, 'username', decodeHolder(alias).username));
