/** An administrator changes an app client; what the request leaves out returns to its default. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId, providerName } from '../../core/contract/shapes/identifiers.ts';
import { scopes } from '../../core/contract/shapes/oauth.ts';
import { clientSettingsFrom } from '../../core/rules/app-client-settings.ts';
import { describeClient } from '../../core/rules/app-client-views.ts';
import { changeClient } from '../change-client.ts';
import { clientGaps } from '../gaps.ts';
import {
  analyticsConfiguration,
  authSessionValidity,
  clientName,
  explicitAuthFlow,
  oauthFlows,
  preventUserExistenceErrors,
  redirectUrl,
  redirectUrls,
  refreshTokenRotation,
  refreshTokenValidity,
  tokenValidity,
  tokenValidityUnits,
  userPoolClientType,
} from '../shapes.ts';

export const UpdateUserPoolClient = operation({
  name: 'UpdateUserPoolClient',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: clientId,
    ClientName: s.optional(clientName),
    RefreshTokenValidity: s.optional(refreshTokenValidity),
    AccessTokenValidity: s.optional(tokenValidity),
    IdTokenValidity: s.optional(tokenValidity),
    TokenValidityUnits: s.optional(tokenValidityUnits),
    ReadAttributes: s.optional(s.list(s.string({ min: 1, max: 2048 }))),
    WriteAttributes: s.optional(s.list(s.string({ min: 1, max: 2048 }))),
    ExplicitAuthFlows: s.optional(s.list(explicitAuthFlow)),
    SupportedIdentityProviders: s.optional(s.list(providerName)),
    CallbackURLs: s.optional(redirectUrls),
    LogoutURLs: s.optional(redirectUrls),
    DefaultRedirectURI: s.optional(redirectUrl),
    AllowedOAuthFlows: s.optional(oauthFlows),
    AllowedOAuthScopes: s.optional(scopes),
    AllowedOAuthFlowsUserPoolClient: s.optional(s.boolean()),
    AnalyticsConfiguration: s.optional(analyticsConfiguration),
    PreventUserExistenceErrors: s.optional(preventUserExistenceErrors),
    EnableTokenRevocation: s.optional(s.boolean()),
    EnablePropagateAdditionalUserContextData: s.optional(s.boolean()),
    AuthSessionValidity: s.optional(authSessionValidity),
    RefreshTokenRotation: s.optional(refreshTokenRotation),
  }),
  output: s.structure({ UserPoolClient: s.optional(userPoolClientType) }),
  errors: [
    'ConcurrentModificationException',
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidOAuthFlowException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'ScopeDoesNotExistException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'clock'],
  gaps: clientGaps,

  async handle(input, ports) {
    const changed = await changeClient(ports, input.UserPoolId, input.ClientId, (client, pool) => ({
      ...client,
      name: input.ClientName ?? client.name,
      settings: clientSettingsFrom(input, { pool, hasSecret: client.secrets.length > 0 }),
      modifiedAt: ports.clock.now(),
    }));
    return { UserPoolClient: describeClient(changed) };
  },
});
