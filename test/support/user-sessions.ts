/** Tracked sessions, as their user and an administrator see and end them. */
import {
  AdminListUserSessionsCommand,
  AdminRevokeUserSessionCommand,
  ListUserSessionsCommand,
  type RevokeAssociatedSessionsType,
  RevokeUserSessionCommand,
  type SessionDescriptionType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Service } from './start-service.ts';

interface UserSessions {
  list(access: string): Promise<readonly SessionDescriptionType[]>;
  revoke(access: string, SessionId: string | undefined, linked?: RevokeAssociatedSessionsType): Promise<unknown>;
  adminList(Username: string): Promise<readonly SessionDescriptionType[]>;
  adminRevoke(Username: string, SessionId: string | undefined, linked?: RevokeAssociatedSessionsType): Promise<unknown>;
}

export function userSessionsOf(
  { client }: Pick<Service, 'client'>,
  { id: UserPoolId }: { readonly id: string },
): UserSessions {
  return {
    list: async (AccessToken) => (await client.send(new ListUserSessionsCommand({ AccessToken }))).Sessions ?? [],
    revoke: (AccessToken, SessionId, RevokeAssociatedSessions) =>
      client.send(new RevokeUserSessionCommand({ AccessToken, SessionId, RevokeAssociatedSessions })),
    adminList: async (Username) =>
      (await client.send(new AdminListUserSessionsCommand({ UserPoolId, Username }))).Sessions ?? [],
    adminRevoke: (Username, SessionId, RevokeAssociatedSessions) =>
      client.send(new AdminRevokeUserSessionCommand({ UserPoolId, Username, SessionId, RevokeAssociatedSessions })),
  };
}

export const idsIn = (sessions: readonly SessionDescriptionType[]): readonly (string | undefined)[] =>
  sessions.map(({ SessionId }) => SessionId);
