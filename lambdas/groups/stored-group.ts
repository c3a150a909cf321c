/** A group as the table has it. */
import { groupNotFound } from '../core/contract/errors.ts';
import type { Group } from '../core/model/group.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';

/** The name in whatever case: no two groups of a pool differ in that alone. */
export async function requireGroup({ groups }: Pick<Ports, 'groups'>, pool: Pool, name: string): Promise<Group> {
  const group = await groups.find(pool.id, name);
  if (!group) throw groupNotFound();
  return group;
}
