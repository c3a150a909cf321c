/** Makes pools, clients and users through the API, as the tests of operations start from. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  type UserPoolClientType,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';

export type BuiltPool = UserPoolType & { readonly id: string };

export type BuiltClient = UserPoolClientType & { readonly id: string; readonly poolId: string };

export interface BuiltUser {
  readonly poolId: string;
  /** As the service calls the user: in a pool of addresses, the `sub`. */
  readonly username: string;
  readonly sub: string;
  readonly password: string;
}

export interface NewUser {
  readonly username?: string;
  /** Permanent, unless `invited`. */
  readonly password?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Left in the state that an invitation leaves users in, with the password as a temporary one. */
  readonly invited?: boolean;
}

export interface Builders {
  aPool(settings?: Partial<CreateUserPoolCommandInput>): Promise<BuiltPool>;
  /** Without a secret, for every flow that takes a password, unless the settings say otherwise. */
  aClient(pool: { readonly id: string }, settings?: Partial<CreateUserPoolClientCommandInput>): Promise<BuiltClient>;
  /** Confirmed, with a password; nobody is told. */
  aUser(pool: { readonly id: string }, user?: NewUser): Promise<BuiltUser>;
}

const flows = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
] as const;

export const somePassword = 'Correct-Horse-9';

export function builders(client: CognitoIdentityProviderClient): Builders {
  let users = 0;
  return {
    async aPool(settings = {}) {
      const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'a pool', ...settings }));
      return { ...UserPool, id: given(UserPool?.Id) };
    },
    async aClient({ id: UserPoolId }, settings = {}) {
      const { UserPoolClient } = await client.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: 'a client',
          ExplicitAuthFlows: [...flows],
          ...settings,
        }),
      );
      return { ...UserPoolClient, id: given(UserPoolClient?.ClientId), poolId: UserPoolId };
    },
    async aUser({ id: UserPoolId }, { username, password = somePassword, attributes = {}, invited = false } = {}) {
      users += 1;
      const { User } = await client.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: username ?? `user-${users}`,
          MessageAction: 'SUPPRESS',
          UserAttributes: attributesOf(attributes),
          ...(invited && { TemporaryPassword: password }),
        }),
      );
      const Username = given(User?.Username);
      if (!invited) {
        const permanent = { UserPoolId, Username, Password: password, Permanent: true };
        await client.send(new AdminSetUserPasswordCommand(permanent));
      }
      const sub = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
      return { poolId: UserPoolId, username: Username, sub: given(sub), password };
    },
  };
}

export const attributesOf = (attributes: Readonly<Record<string, string>>): AttributeType[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

function given(value: string | undefined): string {
  if (value === undefined) throw new Error('The answer lacks what it must have');
  return value;
}
