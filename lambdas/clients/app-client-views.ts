/** How answers show an app client: what it was told, and the API's defaults where it was told nothing. */
import type { Branded } from '../core/contract/shape.ts';
import type { Client } from '../core/model/client.ts';
import {
  defaultAuthSessionValidity,
  defaultRefreshTokenValidity,
  filledUnits,
  tokenValidity,
  unitSeconds,
} from '../core/rules/token-validity.ts';

/** `UserPoolClientType`, as CreateUserPoolClient and UpdateUserPoolClient answer it. */
export const describeClient = (client: Client) => ({
  ...client.settings,
  UserPoolId: client.poolId as Branded<'PoolId'>,
  // Every id that is stored was made in the form that its brand stands for.
  ClientId: client.id as Branded<'ClientId'>,
  ClientName: client.name,
  // Of two secrets the older one, which the applications in use have.
  ...(client.secrets[0] && { ClientSecret: client.secrets[0].value }),
  CreationDate: client.createdAt,
  LastModifiedDate: client.modifiedAt,
  RefreshTokenValidity: refreshTokenValidity(client),
  TokenValidityUnits: filledUnits(client.settings.TokenValidityUnits),
  AllowedOAuthFlowsUserPoolClient: client.settings.AllowedOAuthFlowsUserPoolClient ?? false,
  EnableTokenRevocation: client.settings.EnableTokenRevocation ?? true,
  EnablePropagateAdditionalUserContextData: client.settings.EnablePropagateAdditionalUserContextData ?? false,
  AuthSessionValidity: client.settings.AuthSessionValidity ?? defaultAuthSessionValidity,
});

/** What a list shows of a client. */
export const describeListedClient = (client: Client) => ({
  UserPoolId: client.poolId as Branded<'PoolId'>,
  ClientId: client.id as Branded<'ClientId'>,
  ClientName: client.name,
});

/** 0 asked for the default, which is shown in the unit that was asked for. */
function refreshTokenValidity({ settings }: Client): number {
  if (settings.RefreshTokenValidity !== 0) return settings.RefreshTokenValidity ?? defaultRefreshTokenValidity;
  return tokenValidity(settings).refreshToken / unitSeconds[settings.TokenValidityUnits?.RefreshToken ?? 'days'];
}
