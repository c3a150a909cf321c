/** How long an app client is content with a sign-in, as an administrator sets it. */
import {
  GetUserPoolClientSessionConfigurationCommand,
  SetUserPoolClientSessionConfigurationCommand,
  SetUserPoolSessionConfigurationCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { bodyOf } from './people.ts';
import type { App } from './signing-in.ts';
import type { Service } from './start-service.ts';

export function sessionsOf({ client }: Pick<Service, 'client'>, { poolId, id }: App) {
  const named = { UserPoolId: poolId, ClientId: id };
  return {
    get: async () => bodyOf(await client.send(new GetUserPoolClientSessionConfigurationCommand(named))),
    async set(MaxValidityMinutes: number) {
      const asked = { ...named, SSOSession: { MaxValidityMinutes } };
      return bodyOf(await client.send(new SetUserPoolClientSessionConfigurationCommand(asked)));
    },
  };
}

/** Whether a pool keeps track of sessions. */
export const tracking = (
  { client }: Pick<Service, 'client'>,
  { id: UserPoolId }: { readonly id: string },
  UserSessionTracking: 'ENABLED' | 'DISABLED',
  MaxPerUser = 20,
) =>
  client.send(
    new SetUserPoolSessionConfigurationCommand({ UserPoolId, UserSessionTracking, TokenSession: { MaxPerUser } }),
  );
