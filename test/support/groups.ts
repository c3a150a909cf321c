/** Groups of a pool and who is in them, through the API. */
import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  type AdminListGroupsForUserCommandOutput,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  type CreateGroupCommandInput,
  DeleteGroupCommand,
  GetGroupCommand,
  type GroupType,
  ListGroupsCommand,
  type ListGroupsCommandOutput,
  ListUsersInGroupCommand,
  type ListUsersInGroupCommandOutput,
  UpdateGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Service } from './start-service.ts';

export type GroupMembers = Partial<Pick<CreateGroupCommandInput, 'Description' | 'Precedence' | 'RoleArn'>>;

interface ListPage {
  readonly Limit?: number;
  readonly NextToken?: string | undefined;
}

interface Groups {
  create(name: string, members?: GroupMembers): Promise<GroupType | undefined>;
  get(name: string): Promise<GroupType | undefined>;
  update(name: string, members?: GroupMembers): Promise<GroupType | undefined>;
  remove(name: string): Promise<unknown>;
  list(page?: ListPage): Promise<ListGroupsCommandOutput>;
  join(name: string, username: string): Promise<unknown>;
  leave(name: string, username: string): Promise<unknown>;
  ofUser(username: string, page?: ListPage): Promise<AdminListGroupsForUserCommandOutput>;
  members(name: string, page?: ListPage): Promise<ListUsersInGroupCommandOutput>;
}

export function groupsOf({ client }: Pick<Service, 'client'>, { id: UserPoolId }: { readonly id: string }): Groups {
  const named = (GroupName: string) => ({ UserPoolId, GroupName });
  return {
    create: async (name, members) => (await client.send(new CreateGroupCommand({ ...named(name), ...members }))).Group,
    get: async (name) => (await client.send(new GetGroupCommand(named(name)))).Group,
    update: async (name, members) => (await client.send(new UpdateGroupCommand({ ...named(name), ...members }))).Group,
    remove: (name) => client.send(new DeleteGroupCommand(named(name))),
    list: (page) => client.send(new ListGroupsCommand({ UserPoolId, ...page })),
    join: (name, Username) => client.send(new AdminAddUserToGroupCommand({ ...named(name), Username })),
    leave: (name, Username) => client.send(new AdminRemoveUserFromGroupCommand({ ...named(name), Username })),
    ofUser: (Username, page) => client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username, ...page })),
    members: (name, page) => client.send(new ListUsersInGroupCommand({ ...named(name), ...page })),
  };
}

export const aRole = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;

export const groupNamesIn = ({ Groups = [] }: { readonly Groups?: readonly GroupType[] | undefined }) =>
  Groups.map(({ GroupName = '' }) => GroupName);

export const usernamesIn = ({ Users = [] }: ListUsersInGroupCommandOutput): readonly string[] =>
  Users.map(({ Username = '' }) => Username);

/** The pages of a list, one after the other, as a paginator asks for them. */
export async function everyPage<P extends { readonly NextToken?: string | undefined }>(
  list: (token: string | undefined) => Promise<P>,
): Promise<readonly P[]> {
  const pages: P[] = [];
  do {
    pages.push(await list(pages.at(-1)?.NextToken));
  } while (pages.at(-1)?.NextToken !== undefined);
  return pages;
}
