/** Shapes that several operations of the groups room share. */
import { s } from '../core/contract/shape.ts';
import { arn, poolId } from '../core/contract/shapes/identifiers.ts';

export const groupName = s.string({ min: 1, max: 128, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` });
export const description = s.string({ max: 2048 });
export const precedence = s.integer({ min: 0 });
export const groupType = s.structure({
  GroupName: s.optional(groupName),
  UserPoolId: s.optional(poolId),
  Description: s.optional(description),
  RoleArn: s.optional(arn),
  Precedence: s.optional(precedence),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
});
