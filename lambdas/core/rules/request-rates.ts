/** Which operation counts towards which request rate, and how high the rates are. */
import type { RateCategory, Rates } from '../model/request-rate.ts';
import type { Settings } from '../ports/settings.ts';

/** "Quotas in Amazon Cognito" in its developer guide; of those that can be raised, the value before. */
export const usualRates: Rates = {
  UserAuthentication: 120,
  UserCreation: 50,
  UserFederation: 25,
  UserAccountRecovery: 30,
  UserRead: 120,
  UserUpdate: 25,
  UserToken: 120,
  UserResourceRead: 50,
  UserResourceUpdate: 25,
  UserList: 30,
  UserPoolRead: 15,
  UserPoolUpdate: 15,
  UserPoolResourceRead: 20,
  UserPoolResourceUpdate: 15,
  UserPoolClientRead: 15,
  UserPoolClientUpdate: 15,
  ClientAuthentication: 150,
  LimitManagement: 1,
};

/** What an account can raise by itself (UpdateProvisionedLimit). */
const adjustable: ReadonlySet<RateCategory> = new Set([
  'UserAuthentication',
  'UserCreation',
  'UserFederation',
  'UserRead',
  'UserToken',
  'UserResourceRead',
]);

/** So many times what is free, where the deployment says nothing else. */
const usualHeadroom = 10;

export const isRateCategory = (name: string): name is RateCategory => Object.hasOwn(usualRates, name);
export const isAdjustable = (category: RateCategory): boolean => adjustable.has(category);

type Told = Pick<Settings, 'rates' | 'maximumRates'>;

/** What every account has before it raises anything. */
export const freeRate = ({ rates }: Told, category: RateCategory): number => rates?.[category] ?? usualRates[category];

/** The most that an account can raise a rate to. */
export const maximumRate = (told: Told, category: RateCategory): number =>
  told.maximumRates?.[category] ?? (isAdjustable(category) ? usualHeadroom : 1) * freeRate(told, category);

/** What holds for an account that has raised the rate to this; a deployment may have changed the bounds since. */
export function rateInForce(told: Told, category: RateCategory, raised: number | undefined): number {
  const free = freeRate(told, category);
  return raised === undefined ? free : Math.max(free, Math.min(raised, maximumRate(told, category)));
}

/** By category; those that the guide does not name stand with their like. */
const operationsOf: Readonly<Record<RateCategory, readonly string[]>> = {
  UserAuthentication: [
    'AdminInitiateAuth',
    'AdminRespondToAuthChallenge',
    'GetTokensFromRefreshToken',
    'InitiateAuth',
    'RespondToAuthChallenge',
  ],
  UserCreation: ['AdminConfirmSignUp', 'AdminCreateUser', 'ConfirmSignUp', 'SignUp'],
  // People whom another provider has signed in come to endpoints of OAuth and SAML, not to operations.
  UserFederation: [],
  UserAccountRecovery: [
    'AdminResetUserPassword',
    'AdminSetUserPassword',
    'ChangePassword',
    'ConfirmForgotPassword',
    'ForgotPassword',
  ],
  UserRead: ['AdminGetUser', 'AdminGetUserAuthFactors', 'GetUser', 'GetUserAuthFactors'],
  UserUpdate: [
    'AdminAddUserToGroup',
    'AdminDeleteUser',
    'AdminDeleteUserAttributes',
    'AdminDisableProviderForUser',
    'AdminDisableUser',
    'AdminEnableUser',
    'AdminLinkProviderForUser',
    'AdminRemoveUserFromGroup',
    'AdminUpdateUserAttributes',
    'AdminUserGlobalSignOut',
    'DeleteUser',
    'DeleteUserAttributes',
    'GlobalSignOut',
    'UpdateUserAttributes',
    'VerifyUserAttribute',
  ],
  UserToken: ['RevokeToken'],
  UserResourceRead: [
    'AdminGetDevice',
    'AdminListDevices',
    'AdminListGroupsForUser',
    'AdminListUserAuthEvents',
    'AdminListUserSessions',
    'GetDevice',
    'GetUserAttributeVerificationCode',
    'ListDevices',
    'ListUserSessions',
    'ListWebAuthnCredentials',
    'ResendConfirmationCode',
  ],
  UserResourceUpdate: [
    'AdminDeleteSoftwareToken',
    'AdminForgetDevice',
    'AdminRevokeUserSession',
    'AdminSetUserMFAPreference',
    'AdminSetUserSettings',
    'AdminUpdateAuthEventFeedback',
    'AdminUpdateDeviceStatus',
    'AssociateSoftwareToken',
    'CompleteWebAuthnRegistration',
    'ConfirmDevice',
    'DeleteWebAuthnCredential',
    'ForgetDevice',
    'RevokeUserSession',
    'SetUserMFAPreference',
    'SetUserSettings',
    'StartWebAuthnRegistration',
    'UpdateAuthEventFeedback',
    'UpdateDeviceStatus',
    'VerifySoftwareToken',
  ],
  UserList: ['ListUsers', 'ListUsersInGroup'],
  UserPoolRead: ['DescribeUserPool', 'ListUserPools'],
  UserPoolUpdate: ['CreateUserPool', 'DeleteUserPool', 'UpdateUserPool'],
  UserPoolResourceRead: [
    'DescribeIdentityProvider',
    'DescribeManagedLoginBranding',
    'DescribeManagedLoginBrandingByClient',
    'DescribeResourceServer',
    'DescribeRiskConfiguration',
    'DescribeTerms',
    'DescribeTermsByClient',
    'DescribeUserImportJob',
    'DescribeUserPoolDomain',
    'GetCSVHeader',
    'GetGroup',
    'GetIdentityProviderByIdentifier',
    'GetLogDeliveryConfiguration',
    'GetSigningCertificate',
    'GetUICustomization',
    'GetUserPoolMfaConfig',
    'GetUserPoolSessionConfiguration',
    'ListGroups',
    'ListIdentityProviders',
    'ListResourceServers',
    'ListTagsForResource',
    'ListTerms',
    'ListUserImportJobs',
    'ListUserPoolReplicas',
  ],
  UserPoolResourceUpdate: [
    'AddCustomAttributes',
    'CreateGroup',
    'CreateIdentityProvider',
    'CreateManagedLoginBranding',
    'CreateResourceServer',
    'CreateTerms',
    'CreateUserImportJob',
    'CreateUserPoolDomain',
    'CreateUserPoolReplica',
    'DeleteGroup',
    'DeleteIdentityProvider',
    'DeleteManagedLoginBranding',
    'DeleteResourceServer',
    'DeleteTerms',
    'DeleteUserPoolDomain',
    'DeleteUserPoolReplica',
    'SetLogDeliveryConfiguration',
    'SetRiskConfiguration',
    'SetUICustomization',
    'SetUserPoolMfaConfig',
    'SetUserPoolSessionConfiguration',
    'StartUserImportJob',
    'StopUserImportJob',
    'TagResource',
    'UntagResource',
    'UpdateGroup',
    'UpdateIdentityProvider',
    'UpdateManagedLoginBranding',
    'UpdateResourceServer',
    'UpdateTerms',
    'UpdateUserPoolDomain',
    'UpdateUserPoolReplica',
  ],
  UserPoolClientRead: [
    'DescribeUserPoolClient',
    'GetUserPoolClientSessionConfiguration',
    'ListUserPoolClientSecrets',
    'ListUserPoolClients',
  ],
  UserPoolClientUpdate: [
    'AddUserPoolClientSecret',
    'CreateUserPoolClient',
    'DeleteUserPoolClient',
    'DeleteUserPoolClientSecret',
    'SetUserPoolClientSessionConfiguration',
    'UpdateUserPoolClient',
  ],
  ClientAuthentication: ['GetClientToken'],
  LimitManagement: ['GetProvisionedLimit', 'UpdateProvisionedLimit'],
};

/** The same, by operation. */
export const rateCategories: ReadonlyMap<string, RateCategory> = new Map(
  // Object.entries forgets that the keys of a table are its names.
  (Object.entries(operationsOf) as [RateCategory, readonly string[]][]).flatMap(([category, names]) =>
    names.map((name): [string, RateCategory] => [name, category]),
  ),
);
