/** Reads the groups that memberships are of. */
import type { Group, Membership } from '../../core/model/group.ts';
import { foldGroupName } from '../../core/rules/group-names.ts';
import { decodeGroup } from './group-rows.ts';
import { groupKey } from './keys.ts';
import type { Table } from './table.ts';

/** By folded names, as they are asked for. */
export async function readGroups(
  table: Table,
  poolId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Group>> {
  const keys = names.map((name) => groupKey(poolId, name));
  const items = await table.getMany(keys, { consistent: true });
  return new Map(items.map(decodeGroup).map((group) => [foldGroupName(group.name), group]));
}

/** The folded names of their groups, each once. */
export const groupNamesIn = (memberships: readonly Membership[]): readonly string[] => [
  ...new Set(memberships.map(({ group }) => foldGroupName(group))),
];

/** A group that was made anew has the name of the former one, and none of its members. */
export function withoutOthers(groups: Iterable<Group>, memberships: readonly Membership[]): readonly Group[] {
  const ids = new Set(memberships.map(({ groupId }) => groupId));
  return [...groups].filter(({ id }) => ids.has(id));
}
