/** Memberships as rows: one for each user and group, in the collection of the user. */
import type { Group, Membership } from '../../core/model/group.ts';
import type { Member } from '../../core/ports/group-store.ts';
import { layout, requireLayout, textIn } from './fields.ts';
import { groupIdIn, indexed, isMembershipKey, membershipKey, membersOfGroup } from './keys.ts';
import type { Item } from './table.ts';

const newest = 1;

/** `un` is the folded username. */
export const encodeMembership = (un: string, group: Group, { sub }: Pick<Member, 'sub'>): Item => ({
  ...membershipKey(group.poolId, un, group.id),
  ...layout(newest),
  gr: group.name,
  sub,
  g1p: membersOfGroup(group.poolId, group.id),
  g1s: indexed(un),
});

export function decodeMembership(item: Item): Membership {
  requireLayout(item, newest);
  return { group: textIn(item, 'gr'), groupId: groupIdIn(item) };
}

/** Rows of somebody who had the name before are nobody's. */
export const isMembershipOf = (item: Item, sub: string): boolean => isMembershipKey(item) && item['sub'] === sub;
