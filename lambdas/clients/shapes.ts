/** Shapes that several operations of the clients room share. */
import { s } from '../core/contract/shape.ts';
import {
  arn,
  clientId,
  clientSecret,
  domain,
  poolId,
  providerName,
  regionName,
} from '../core/contract/shapes/identifiers.ts';
import { oauthFlow, scopes } from '../core/contract/shapes/oauth.ts';
import { text } from '../core/contract/shapes/text.ts';

export const clientSecretId = s.string({ min: 1, max: 128 });
export const clientSecretDescriptor = s.structure({
  ClientSecretId: s.optional(clientSecretId),
  ClientSecretValue: s.optional(clientSecret),
  ClientSecretCreateDate: s.optional(s.timestamp()),
});

export const resourceServerIdentifier = s.string({ min: 1, max: 256, pattern: String.raw`[\x21\x23-\x5B\x5D-\x7E]+` });
export const resourceServerName = s.string({ min: 1, max: 256, pattern: String.raw`[\w\s+=,.@-]+` });
const resourceServerScopeName = s.string({ min: 1, max: 256, pattern: String.raw`[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+` });
const resourceServerScope = s.structure({
  ScopeName: resourceServerScopeName,
  ScopeDescription: s.string({ min: 1, max: 256 }),
});

export const resourceServerScopes = s.list(resourceServerScope, { max: 100 });
export const resourceServerType = s.structure({
  UserPoolId: s.optional(poolId),
  Identifier: s.optional(resourceServerIdentifier),
  Name: s.optional(resourceServerName),
  Scopes: s.optional(resourceServerScopes),
  ManagedBy: s.optional(s.oneOf('COGNITO')),
});

export const clientName = s.string({ min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` });
const refreshTokenValidity = s.integer({ min: 0, max: 315360000 });
const tokenValidity = s.integer({ min: 1, max: 86400 });
const timeUnit = s.oneOf('seconds', 'minutes', 'hours', 'days');
const tokenValidityUnits = s.structure({
  AccessToken: s.optional(timeUnit),
  IdToken: s.optional(timeUnit),
  RefreshToken: s.optional(timeUnit),
});

const explicitAuthFlow = s.oneOf(
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CLIENT_TOKEN_AUTH',
);
const redirectUrl = s.string({ min: 1, max: 1024, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` });
const redirectUrls = s.list(redirectUrl, { max: 100 });
const oauthFlows = s.list(oauthFlow, { max: 3 });
const analyticsConfiguration = s.structure({
  ApplicationId: s.optional(s.string({ pattern: '^[0-9a-fA-F]+$' })),
  ApplicationArn: s.optional(arn),
  RoleArn: s.optional(arn),
  ExternalId: s.optional(text),
  UserDataShared: s.optional(s.boolean()),
});

const preventUserExistenceErrors = s.oneOf('LEGACY', 'ENABLED');
const authSessionValidity = s.integer({ min: 3, max: 15 });
const refreshTokenRotation = s.structure({
  Feature: s.oneOf('ENABLED', 'DISABLED'),
  RetryGracePeriodSeconds: s.optional(s.integer({ min: 0, max: 60 })),
});

/** Members of the requests that settle a client, and of the answers that show one. */
export const clientSettings = {
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
} as const;

export const clientType = s.oneOf('DCR', 'REGULAR');
export const userPoolClientType = s.structure({
  UserPoolId: s.optional(poolId),
  ClientName: s.optional(clientName),
  ClientId: s.optional(clientId),
  ClientSecret: s.optional(clientSecret),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
  ...clientSettings,
  ClientType: s.optional(clientType),
});

export const customDomainConfig = s.structure({
  CertificateArn: arn,
  SecurityPolicy: s.optional(s.oneOf('TLS_V1', 'TLS_V1_2_2021', 'TLS_V1_3_2025')),
});

const failover = s.structure({ SecondaryRegion: regionName, PrimaryRoute53HealthCheckId: s.string({ max: 64 }) });

export const routing = s.structure({ Failover: s.optional(failover) });

/** What is wrong with the characters of a new one is said in words of the operation's own. */
export const newDomain = s.string({ ...domain, accepts: () => true });

const s3Bucket = s.string({ min: 3, max: 1024, pattern: String.raw`^[0-9A-Za-z\.\-_]*(?<!\.)$` });
export const domainDescription = s.structure({
  UserPoolId: s.optional(poolId),
  AWSAccountId: s.optional(s.string({ max: 12, pattern: '[0-9]+' })),
  Domain: s.optional(domain),
  S3Bucket: s.optional(s3Bucket),
  CloudFrontDistribution: s.optional(text),
  Version: s.optional(s.string({ min: 1, max: 20 })),
  Status: s.optional(s.oneOf('CREATING', 'DELETING', 'UPDATING', 'ACTIVE', 'FAILED')),
  CustomDomainConfig: s.optional(customDomainConfig),
  ManagedLoginVersion: s.optional(s.integer()),
  Routing: s.optional(routing),
});

export const clientSsoSession = s.structure({ MaxValidityMinutes: s.integer({ min: 0, max: 129600 }) });

export const userPoolClientDescription = s.structure({
  ClientId: s.optional(clientId),
  UserPoolId: s.optional(poolId),
  ClientName: s.optional(clientName),
});
