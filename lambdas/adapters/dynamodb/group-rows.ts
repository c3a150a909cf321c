/** Groups as rows, found by their names as these are compared. */
import type { Group } from '../../core/model/group.ts';
import { foldGroupName } from '../../core/rules/group-names.ts';
import { findNumber, findText, layout, numberIn, present, requireLayout, textIn } from './fields.ts';
import { groupKey } from './keys.ts';
import type { Item } from './table.ts';

const newest = 1;

export const encodeGroup = (group: Group): Item =>
  present({
    ...groupKey(group.poolId, foldGroupName(group.name)),
    ...layout(newest),
    id: group.id,
    p: group.poolId,
    nm: group.name,
    ds: group.description,
    ra: group.roleArn,
    pr: group.precedence,
    ca: group.createdAt,
    ma: group.modifiedAt,
  });

export function decodeGroup(item: Item): Group {
  requireLayout(item, newest);
  return {
    id: textIn(item, 'id'),
    poolId: textIn(item, 'p'),
    name: textIn(item, 'nm'),
    description: findText(item, 'ds'),
    roleArn: findText(item, 'ra'),
    precedence: findNumber(item, 'pr'),
    createdAt: numberIn(item, 'ca'),
    modifiedAt: numberIn(item, 'ma'),
    version: numberIn(item, 'n'),
  };
}
