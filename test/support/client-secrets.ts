/** The secrets of an app client: what an administrator does with them, and what an application does by them. */
import { createHmac } from 'node:crypto';
import {
  AddUserPoolClientSecretCommand,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { somePassword } from './builders.ts';
import type { App } from './signing-in.ts';
import type { Service } from './start-service.ts';

export function secretsOf({ client }: Pick<Service, 'client'>, { poolId, id }: App) {
  const named = { UserPoolId: poolId, ClientId: id };
  return {
    add: async (ClientSecret?: string) => {
      const answer = await client.send(new AddUserPoolClientSecretCommand({ ...named, ClientSecret }));
      return answer.ClientSecretDescriptor ?? {};
    },
    remove: (ClientSecretId: string | undefined) =>
      client.send(new DeleteUserPoolClientSecretCommand({ ...named, ClientSecretId })),
    list: async () => {
      const { ClientSecrets = [] } = await client.send(new ListUserPoolClientSecretsCommand(named));
      return ClientSecrets;
    },
    /** Their ids, eldest first. */
    async ids() {
      const { ClientSecrets = [] } = await client.send(new ListUserPoolClientSecretsCommand(named));
      return ClientSecrets.map(({ ClientSecretId = '' }) => ClientSecretId);
    },
    async shown() {
      const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand(named));
      return UserPoolClient?.ClientSecret;
    },
    /** As an application does that has this secret. */
    signUp: (Username: string, secret: string | undefined) =>
      client.send(
        new SignUpCommand({
          ClientId: id,
          Username,
          Password: somePassword,
          SecretHash: hashBy(secret, `${Username}${id}`),
        }),
      ),
  };
}

/** What stands for the secret in a request. */
export const hashBy = (secret: string | undefined, text: string): string =>
  createHmac('sha256', secret ?? '')
    .update(text)
    .digest('base64');
