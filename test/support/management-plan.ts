/** Every operation by which somebody manages pools, in an order in which all of them succeed, as a script would send them. */

export interface Step {
  readonly operation: string;
  /** `{name}` stands for what an earlier answer gave. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Names for parts of the answer. */
  readonly keep?: Readonly<Record<string, string>>;
  /** What the answer has, beside other things. */
  readonly answer?: object;
  /** The member that holds a list, which is read page by page as well, and how many there are in all. */
  readonly list?: string;
  readonly length?: number;
  /** What it is about may take a few seconds to get ready. */
  readonly eventually?: true;
  /** Only for tools that know this operation: the input has members that are as new. */
  readonly when?: string;
}

const inPool = { UserPoolId: '{pool}' } as const;
const ada = { ...inPool, Username: 'ada' } as const;
const client = { ...inPool, ClientId: '{client}' } as const;
const server = { ...inPool, Identifier: 'https://api.example.com' } as const;
const provider = { ...inPool, ProviderName: 'Upstream' } as const;
const prefix = { ...inPool, Domain: '{prefix}' } as const;
const customDomain = {
  ...inPool,
  Domain: '{customDomain}',
  CustomDomainConfig: { CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/one' },
} as const;
const limit = {
  LimitDefinition: { LimitClass: 'API_CATEGORY', Attributes: { Category: 'UserAuthentication' } },
} as const;
const permanent = { Password: 'Analytical-1843', Permanent: true } as const;

const pools: readonly Step[] = [
  {
    operation: 'CreateUserPool',
    input: {
      PoolName: 'tools',
      AutoVerifiedAttributes: ['email'],
      UserPoolTags: { stage: 'test' },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
    },
    keep: { pool: 'UserPool.Id', arn: 'UserPool.Arn' },
    answer: { UserPool: { Name: 'tools', UserPoolTags: { stage: 'test' } } },
  },
  {
    operation: 'AddCustomAttributes',
    input: { ...inPool, CustomAttributes: [{ Name: 'plan', AttributeDataType: 'String' }] },
  },
  { operation: 'TagResource', input: { ResourceArn: '{arn}', Tags: { team: 'ponds' } } },
  { operation: 'UntagResource', input: { ResourceArn: '{arn}', TagKeys: ['stage'] } },
  { operation: 'ListTagsForResource', input: { ResourceArn: '{arn}' }, answer: { Tags: { team: 'ponds' } } },
  {
    operation: 'SetUserPoolMfaConfig',
    input: { ...inPool, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
    answer: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
  },
  { operation: 'GetUserPoolMfaConfig', input: inPool, answer: { MfaConfiguration: 'OPTIONAL' } },
  { operation: 'SetUserPoolMfaConfig', input: { ...inPool, MfaConfiguration: 'OFF' } },
  {
    operation: 'SetUserPoolSessionConfiguration',
    input: { ...inPool, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 7 } },
  },
  { operation: 'GetUserPoolSessionConfiguration', input: inPool, answer: { TokenSession: { MaxPerUser: 7 } } },
  {
    operation: 'UpdateUserPool',
    input: { ...inPool, AutoVerifiedAttributes: ['email'], UserPoolTags: { team: 'ponds' } },
  },
  { operation: 'DescribeUserPool', input: inPool, answer: { UserPool: { UserPoolTags: { team: 'ponds' } } } },
  { operation: 'ListUserPools', input: { MaxResults: 60 }, list: 'UserPools' },
  { operation: 'GetProvisionedLimit', input: limit },
  { operation: 'UpdateProvisionedLimit', input: { ...limit, RequestedLimitValue: 120 } },
];

const clients: readonly Step[] = [
  {
    operation: 'CreateUserPoolClient',
    input: { ...inPool, ClientName: 'web', GenerateSecret: true },
    keep: { client: 'UserPoolClient.ClientId' },
  },
  {
    operation: 'CreateUserPoolClient',
    input: {
      ...inPool,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    },
    keep: { app: 'UserPoolClient.ClientId' },
  },
  { operation: 'CreateUserPoolClient', input: { ...inPool, ClientName: 'batch' } },
  { operation: 'UpdateUserPoolClient', input: { ...client, ClientName: 'site' } },
  { operation: 'DescribeUserPoolClient', input: client, answer: { UserPoolClient: { ClientName: 'site' } } },
  { operation: 'ListUserPoolClients', input: inPool, list: 'UserPoolClients', length: 3 },
  {
    operation: 'AddUserPoolClientSecret',
    input: client,
    keep: { secret: 'ClientSecretDescriptor.ClientSecretId' },
  },
  { operation: 'ListUserPoolClientSecrets', input: client, list: 'ClientSecrets', length: 2 },
  { operation: 'DeleteUserPoolClientSecret', input: { ...client, ClientSecretId: '{secret}' } },
  { operation: 'SetUserPoolClientSessionConfiguration', input: { ...client, SSOSession: { MaxValidityMinutes: 30 } } },
  { operation: 'GetUserPoolClientSessionConfiguration', input: client },
  {
    operation: 'CreateResourceServer',
    input: { ...server, Name: 'api', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reading' }] },
  },
  ...['b', 'c'].map((name) => ({
    operation: 'CreateResourceServer',
    input: { ...inPool, Identifier: name, Name: name },
  })),
  { operation: 'UpdateResourceServer', input: { ...server, Name: 'service' } },
  { operation: 'DescribeResourceServer', input: server, answer: { ResourceServer: { Name: 'service' } } },
  { operation: 'ListResourceServers', input: { ...inPool, MaxResults: 50 }, list: 'ResourceServers', length: 3 },
  { operation: 'DeleteResourceServer', input: server },
];

const device = { ...ada, DeviceKey: '{device}' } as const;

/** Ada signs in once, on a device that her application confirms; its secret matters to nobody here. */
const factors: readonly Step[] = [
  { operation: 'UpdateUserPool', input: { ...inPool, DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } } },
  {
    operation: 'InitiateAuth',
    input: {
      ClientId: '{app}',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: permanent.Password },
    },
    keep: { token: 'AuthenticationResult.AccessToken', device: 'AuthenticationResult.NewDeviceMetadata.DeviceKey' },
  },
  {
    operation: 'ConfirmDevice',
    input: {
      AccessToken: '{token}',
      DeviceKey: '{device}',
      DeviceSecretVerifierConfig: { Salt: 'AQIDBAUGBwgJCgsMDQ4PEA==', PasswordVerifier: 'AgME' },
    },
  },
  { operation: 'AdminListDevices', input: ada, answer: { Devices: [{}] } },
  { operation: 'AdminGetDevice', input: device, answer: { Device: {} } },
  { operation: 'AdminUpdateDeviceStatus', input: { ...device, DeviceRememberedStatus: 'not_remembered' } },
  { operation: 'AdminForgetDevice', input: device },
  { operation: 'AdminListUserSessions', input: ada, keep: { session: 'Sessions.0.SessionId' } },
  { operation: 'AdminRevokeUserSession', input: { ...ada, SessionId: '{session}' } },
  { operation: 'AdminSetUserMFAPreference', input: { ...ada, SMSMfaSettings: { Enabled: false } } },
  { operation: 'AdminGetUserAuthFactors', input: ada, answer: { Username: 'ada' } },
  { operation: 'AdminDeleteSoftwareToken', input: ada },
];

const users: readonly Step[] = [
  {
    operation: 'AdminCreateUser',
    input: { ...ada, MessageAction: 'SUPPRESS', UserAttributes: [{ Name: 'phone_number', Value: '+12065550100' }] },
  },
  ...['bob', 'eve'].map((Username) => ({
    operation: 'AdminCreateUser',
    input: { ...inPool, Username, MessageAction: 'SUPPRESS' },
  })),
  { operation: 'AdminSetUserPassword', input: { ...ada, ...permanent } },
  {
    operation: 'AdminUpdateUserAttributes',
    input: {
      ...ada,
      UserAttributes: [
        { Name: 'email', Value: 'ada@example.com' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'custom:plan', Value: 'gold' },
      ],
    },
  },
  { operation: 'AdminDeleteUserAttributes', input: { ...ada, UserAttributeNames: ['custom:plan'] } },
  {
    operation: 'AdminSetUserSettings',
    input: { ...ada, MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] },
  },
  ...factors,
  { operation: 'AdminDisableUser', input: ada },
  { operation: 'AdminEnableUser', input: ada },
  { operation: 'AdminUserGlobalSignOut', input: ada },
  { operation: 'AdminGetUser', input: ada, answer: { Username: 'ada', UserStatus: 'CONFIRMED', Enabled: true } },
  { operation: 'AdminResetUserPassword', input: ada },
  { operation: 'SignUp', input: { ClientId: '{app}', Username: 'mary', Password: permanent.Password } },
  { operation: 'AdminConfirmSignUp', input: { ...inPool, Username: 'mary' } },
  { operation: 'ListUsers', input: inPool, list: 'Users', length: 4 },
];

const groups: readonly Step[] = [
  ...['readers', 'writers', 'owners'].map((GroupName) => ({
    operation: 'CreateGroup',
    input: { ...inPool, GroupName },
  })),
  { operation: 'UpdateGroup', input: { ...inPool, GroupName: 'readers', Precedence: 3 } },
  { operation: 'GetGroup', input: { ...inPool, GroupName: 'readers' }, answer: { Group: { Precedence: 3 } } },
  { operation: 'ListGroups', input: inPool, list: 'Groups', length: 3 },
  ...['readers', 'writers', 'owners'].map((GroupName) => ({
    operation: 'AdminAddUserToGroup',
    input: { ...ada, GroupName },
  })),
  ...['bob', 'eve'].map((Username) => ({
    operation: 'AdminAddUserToGroup',
    input: { ...inPool, Username, GroupName: 'readers' },
  })),
  { operation: 'AdminListGroupsForUser', input: ada, list: 'Groups', length: 3 },
  { operation: 'ListUsersInGroup', input: { ...inPool, GroupName: 'readers' }, list: 'Users', length: 3 },
  { operation: 'AdminRemoveUserFromGroup', input: { ...ada, GroupName: 'writers' } },
  { operation: 'DeleteGroup', input: { ...inPool, GroupName: 'owners' } },
];

const providerDetails = {
  client_id: 'millpond',
  client_secret: 'known to two',
  attributes_request_method: 'GET',
  oidc_issuer: 'https://login.example.com',
  authorize_scopes: 'openid email',
} as const;

const federation: readonly Step[] = [
  ...['Upstream', 'Second', 'Third'].map((ProviderName) => ({
    operation: 'CreateIdentityProvider',
    input: {
      ...inPool,
      ProviderName,
      ProviderType: 'OIDC',
      ProviderDetails: providerDetails,
      IdpIdentifiers: [`${ProviderName}.example`],
    },
  })),
  {
    operation: 'UpdateIdentityProvider',
    input: { ...provider, AttributeMapping: { email: 'email', username: 'sub' } },
  },
  {
    operation: 'DescribeIdentityProvider',
    input: provider,
    answer: { IdentityProvider: { AttributeMapping: { email: 'email', username: 'sub' } } },
  },
  {
    operation: 'GetIdentityProviderByIdentifier',
    input: { ...inPool, IdpIdentifier: 'Upstream.example' },
    answer: { IdentityProvider: { ProviderName: 'Upstream' } },
  },
  { operation: 'ListIdentityProviders', input: inPool, list: 'Providers', length: 3 },
  {
    operation: 'AdminLinkProviderForUser',
    input: {
      ...inPool,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'ada' },
      SourceUser: {
        ProviderName: 'Upstream',
        ProviderAttributeName: 'Cognito_Subject',
        ProviderAttributeValue: '4711',
      },
    },
  },
  {
    operation: 'AdminDisableProviderForUser',
    input: {
      ...inPool,
      User: { ProviderName: 'Upstream', ProviderAttributeName: 'Cognito_Subject', ProviderAttributeValue: '4711' },
    },
  },
  { operation: 'DeleteIdentityProvider', input: provider },
];

const appearance: readonly Step[] = [
  { operation: 'CreateUserPoolDomain', input: prefix },
  {
    operation: 'DescribeUserPoolDomain',
    input: { Domain: '{prefix}' },
    answer: { DomainDescription: { Status: 'ACTIVE' } },
  },
  { operation: 'CreateUserPoolDomain', input: customDomain },
  { operation: 'UpdateUserPoolDomain', input: customDomain },
  { operation: 'SetUICustomization', input: { ...inPool, CSS: '.banner-customizable { background-color: teal; }' } },
  { operation: 'GetUICustomization', input: inPool },
  {
    operation: 'CreateManagedLoginBranding',
    input: { ...client, UseCognitoProvidedValues: true },
    keep: { style: 'ManagedLoginBranding.ManagedLoginBrandingId' },
  },
  {
    operation: 'UpdateManagedLoginBranding',
    input: { ...inPool, ManagedLoginBrandingId: '{style}', UseCognitoProvidedValues: true },
  },
  { operation: 'DescribeManagedLoginBranding', input: { ...inPool, ManagedLoginBrandingId: '{style}' } },
  { operation: 'DescribeManagedLoginBrandingByClient', input: client },
  { operation: 'DeleteManagedLoginBranding', input: { ...inPool, ManagedLoginBrandingId: '{style}' } },
  {
    operation: 'CreateTerms',
    input: {
      ...client,
      TermsName: 'terms-of-use',
      TermsSource: 'LINK',
      Enforcement: 'NONE',
      Links: { 'cognito:default': 'https://example.com/terms' },
    },
    keep: { terms: 'Terms.TermsId' },
  },
  {
    operation: 'UpdateTerms',
    input: { ...inPool, TermsId: '{terms}', Links: { 'cognito:default': 'https://example.com/new' } },
  },
  { operation: 'DescribeTerms', input: { ...inPool, TermsId: '{terms}' } },
  { operation: 'DescribeTermsByClient', input: { ...client, TermsName: 'terms-of-use' } },
  { operation: 'ListTerms', input: inPool, list: 'Terms', length: 1 },
  { operation: 'DeleteTerms', input: { ...inPool, TermsId: '{terms}' } },
];

const key = 'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab';
const inReplicated = { UserPoolId: '{replicated}' } as const;
const replica = { ...inReplicated, RegionName: 'eu-central-1' } as const;

const replicas: readonly Step[] = (
  [
    {
      operation: 'CreateUserPool',
      input: {
        PoolName: 'replicated',
        KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: key },
        IssuerConfiguration: { Type: 'UPDATED' },
      },
      keep: { replicated: 'UserPool.Id' },
    },
    { operation: 'CreateUserPoolReplica', input: replica },
    { operation: 'ListUserPoolReplicas', input: inReplicated, list: 'UserPoolReplicas', length: 2 },
    { operation: 'UpdateUserPoolReplica', input: { ...replica, Status: 'ACTIVE' }, eventually: true },
    { operation: 'UpdateUserPoolReplica', input: { ...replica, Status: 'INACTIVE' } },
    { operation: 'DeleteUserPoolReplica', input: replica },
  ] as const
).map((step) => ({ ...step, when: 'CreateUserPoolReplica' }));

const farewell: readonly Step[] = [
  { operation: 'DeleteUserPoolDomain', input: prefix },
  { operation: 'DeleteUserPoolDomain', input: { ...inPool, Domain: '{customDomain}' } },
  { operation: 'DeleteUserPoolClient', input: client },
  { operation: 'AdminDeleteUser', input: ada },
  { operation: 'DeleteUserPool', input: inPool },
];

export const managementPlan: readonly Step[] = [
  ...pools,
  ...clients,
  ...users,
  ...groups,
  ...federation,
  ...appearance,
  ...replicas,
  ...farewell,
];
