/** Groups as answers show them. */
import type { Branded } from '../core/contract/shape.ts';
import type { Group } from '../core/model/group.ts';

/** `GroupType` of the API: an empty description is none. */
export const describeGroup = (group: Group) => ({
  GroupName: group.name,
  // The id of a stored pool has the form that its brand stands for.
  UserPoolId: group.poolId as Branded<'PoolId'>,
  Description: group.description || undefined,
  RoleArn: group.roleArn,
  Precedence: group.precedence,
  LastModifiedDate: group.modifiedAt,
  CreationDate: group.createdAt,
});
