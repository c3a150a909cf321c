/** Lists the members of a group: an index leads to their rows, which say who is still in it. */
import type { Group } from '../../core/model/group.ts';
import type { Page, PageRequest } from '../../core/model/page.ts';
import type { ListedUser } from '../../core/model/user.ts';
import { isMembershipKey, isUserKey, membersOfGroup, userOfCollection } from './keys.ts';
import type { Item, Table } from './table.ts';
import { decodeListedUser } from './user-rows.ts';

/** What one page may ask of the index, should few of those that it finds still be there. */
const mostQueries = 12;

export async function listMembers(
  table: Table,
  group: Group,
  { limit, after }: PageRequest,
): Promise<Page<ListedUser>> {
  const items: ListedUser[] = [];
  let next = after;
  for (let queries = 0; queries < mostQueries && items.length < limit; queries++) {
    const partition = membersOfGroup(group.poolId, group.id);
    const page = await table.query({ index: 1, partition, limit: limit - items.length, after: next });
    items.push(...(await usersBehind(table, group.poolId, page.items)));
    next = page.next;
    if (next === undefined) break;
  }
  return { items, next };
}

/** In the order of the index, without those who are gone, have left, or have only the name of a former member. */
async function usersBehind(table: Table, poolId: string, indexed: readonly Item[]): Promise<readonly ListedUser[]> {
  const found = await table.getMany(indexed.flatMap((row) => [row, userOfCollection(row)]));
  const users = new Map(found.filter(isUserKey).map((item) => [item.PK, item]));
  const memberships = new Map(found.filter(isMembershipKey).map((item) => [item.PK, item]));
  return indexed.flatMap(({ PK }) => {
    const user = users.get(PK);
    return user && memberships.get(PK)?.['sub'] === user['sub'] ? [decodeListedUser(poolId, user)] : [];
  });
}
