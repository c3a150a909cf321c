/** Refusals about app clients: their secrets, settings and flows. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

// Client secrets

/** Operations with a `SecretHash` member and those with a `SECRET_HASH` parameter word a missing one differently. */
export type SecretHashPlace = 'member' | 'parameter';

export const secretHashMissing = (clientId: string, place: SecretHashPlace): Refusal =>
  new Refusal(
    'NotAuthorizedException',
    place === 'member'
      ? `Client ${clientId} is configured for secret but secret was not received`
      : `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
    'recorded',
  );

export const secretHashWrong = (clientId: string): Refusal =>
  new Refusal('NotAuthorizedException', `Unable to verify secret hash for client ${clientId}`, 'recorded');

export const secretHashUncalledFor = (clientId: string, place: SecretHashPlace): Refusal =>
  new Refusal(
    'NotAuthorizedException',
    place === 'member'
      ? `Client ${clientId} is not configured with secret but secret was received`
      : `Unable to verify secret hash for client ${clientId}`,
  );

export const publicClientHasNoSecrets = (clientId: string): Refusal =>
  invalidParameter(`Client ${clientId} is a public client and has no client secrets.`);

export const clientSecretNotFound = (secretId: string): Refusal =>
  new Refusal('ResourceNotFoundException', `Client secret ${secretId} does not exist.`);

export const lastClientSecret = (): Refusal =>
  invalidParameter('The last client secret of an app client cannot be deleted.');

// Settings of clients

export const flowsMixed = (): Refusal =>
  invalidParameter('ExplicitAuthFlows with the ALLOW_ prefix cannot be mixed with those without it.');

export const clientTokensNotAlone = (): Refusal =>
  invalidParameter('ALLOW_CLIENT_TOKEN_AUTH cannot be combined with other ExplicitAuthFlows.');

export const secretGivenAndGenerated = (): Refusal =>
  invalidParameter('Only one of GenerateSecret or ClientSecret can be set.');

export const rotationWithRefreshFlow = (): Refusal =>
  invalidParameter('RefreshTokenRotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.');

export const contextDataWithoutSecret = (): Refusal =>
  invalidParameter('EnablePropagateAdditionalUserContextData needs a client with a secret.');

export const defaultRedirectNotListed = (): Refusal =>
  invalidParameter('DefaultRedirectURI must be one of CallbackURLs.');

export const redirectUriInvalid = (uri: string): Refusal => invalidParameter(`Invalid redirect URI: ${uri}`);

export const attributeListInvalid = (kind: 'read' | 'write'): Refusal =>
  invalidParameter(`Invalid ${kind} attributes specified while creating a client`);

export const requiredAttributeNotWritable = (name: string): Refusal =>
  invalidParameter(`WriteAttributes must contain the required attribute ${name}.`);

export const oauthIncomplete = (): Refusal =>
  new Refusal(
    'InvalidOAuthFlowException',
    'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
  );

export const clientCredentialsNotAlone = (): Refusal =>
  new Refusal(
    'InvalidOAuthFlowException',
    'client_credentials flow can not be selected along with code flow or implicit flow.',
  );

export const clientCredentialsWithoutSecret = (): Refusal =>
  new Refusal(
    'InvalidOAuthFlowException',
    'client_credentials flow can not be selected if client does not have a client secret.',
  );

export const scopeUnknown = (scope: string): Refusal =>
  new Refusal('ScopeDoesNotExistException', `Invalid scope requested: ${scope}`);

/** Of a request for a token, whose operations declare no error of its own for it. */
export const scopeNotGranted = (scope: string): Refusal => invalidParameter(`Invalid scope requested: ${scope}`);

export const noScopesToGrant = (clientId: string): Refusal =>
  invalidParameter(`Client ${clientId} has no scopes of resource servers.`);

export const providerUnknown = (name: string, poolId: string): Refusal =>
  invalidParameter(`The provider ${name} does not exist for User Pool ${poolId}.`);

export const sessionTrackingDisabled = (): Refusal =>
  invalidParameter('Session tracking is not enabled for the user pool.');

// Sessions of users

export const sessionNotFound = (sessionId: string): Refusal =>
  new Refusal('ResourceNotFoundException', `Session ${sessionId} does not exist.`);

export const currentSessionKept = (): Refusal =>
  invalidParameter('The current session cannot be revoked by its own access token. Sign out instead.');

// Resource servers

export const resourceServerExists = (identifier: string, poolId: string): Refusal =>
  invalidParameter(`${identifier} already exists in user pool ${poolId}.`);

export const resourceServerNotFound = (identifier: string): Refusal =>
  new Refusal('ResourceNotFoundException', `Resource server ${identifier} does not exist.`);

export const resourceServerReserved = (identifier: string): Refusal =>
  invalidParameter(`${identifier} is reserved and cannot be the identifier of a resource server.`);

export const scopeNameRepeated = (name: string): Refusal =>
  invalidParameter(`Each scope of a resource server needs its own name: ${name} is given more than once.`);

// Flows that a client does not allow

export const srpNotEnabled = (): Refusal =>
  new Refusal('InvalidParameterException', 'USER_SRP_AUTH is not enabled for the client.', 'recorded');

export const customAuthNotEnabled = (): Refusal =>
  new Refusal('InvalidParameterException', 'CUSTOM_AUTH is not enabled for the client.', 'recorded');

export const adminAuthNotEnabled = (): Refusal =>
  new Refusal('InvalidParameterException', 'Auth flow not enabled for this client', 'recorded');

export const userPasswordNotEnabled = (): Refusal =>
  new Refusal('InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client', 'recorded');

export const refreshNotEnabled = (): Refusal => invalidParameter('REFRESH_TOKEN_AUTH flow not enabled for this client');

export const choiceNotEnabled = (): Refusal => invalidParameter('USER_AUTH flow not enabled for this client');

export const clientTokensNotEnabled = (): Refusal =>
  invalidParameter('CLIENT_TOKEN_AUTH flow not enabled for this client');

export const refreshFlowWithRotation = (): Refusal =>
  new Refusal(
    'UnsupportedOperationException',
    'REFRESH_TOKEN_AUTH is not available to a client with refresh token rotation.',
  );
