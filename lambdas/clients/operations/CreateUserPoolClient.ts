/** An administrator registers an application with a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientSecret, poolId, providerName } from '../../core/contract/shapes/identifiers.ts';
import { scopes } from '../../core/contract/shapes/oauth.ts';
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

export const CreateUserPoolClient = operation({
  name: 'CreateUserPoolClient',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientName: clientName,
    GenerateSecret: s.optional(s.boolean()),
    ClientSecret: s.optional(clientSecret),
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
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidOAuthFlowException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'ScopeDoesNotExistException',
    'TooManyRequestsException',
  ],
});
