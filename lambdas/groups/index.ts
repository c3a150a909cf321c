/** Groups, and who is in them. */
import type { Operations } from '../core/contract/operation.ts';
import { AdminAddUserToGroup } from './operations/AdminAddUserToGroup.ts';
import { AdminListGroupsForUser } from './operations/AdminListGroupsForUser.ts';
import { AdminRemoveUserFromGroup } from './operations/AdminRemoveUserFromGroup.ts';
import { CreateGroup } from './operations/CreateGroup.ts';
import { DeleteGroup } from './operations/DeleteGroup.ts';
import { GetGroup } from './operations/GetGroup.ts';
import { ListGroups } from './operations/ListGroups.ts';
import { ListUsersInGroup } from './operations/ListUsersInGroup.ts';
import { UpdateGroup } from './operations/UpdateGroup.ts';

export const groups = {
  AdminAddUserToGroup,
  AdminListGroupsForUser,
  AdminRemoveUserFromGroup,
  CreateGroup,
  DeleteGroup,
  GetGroup,
  ListGroups,
  ListUsersInGroup,
  UpdateGroup,
} satisfies Operations;
