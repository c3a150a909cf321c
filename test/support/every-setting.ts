/** Every setting of a pool and of an app client, each with a value that differs from its default. */
import type {
  UpdateUserPoolClientCommandInput,
  UpdateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';

export const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/1b2c';

/** How a pool is told to send text messages. */
export const texts = {
  SnsCallerArn: 'arn:aws:iam::000000000000:role/texts',
  ExternalId: 'texts',
  SnsRegion: 'eu-west-1',
};

type Given<Input, Left extends keyof Input> = { [Name in Exclude<keyof Input, Left>]-?: NonNullable<Input[Name]> };

/** The older members repeat what the template says. */
type OlderMembers = 'SmsVerificationMessage' | 'EmailVerificationMessage' | 'EmailVerificationSubject';

/** All that CreateUserPool and UpdateUserPool take alike. */
export const everyPoolSetting: Given<UpdateUserPoolCommandInput, 'UserPoolId' | OlderMembers> = {
  PoolName: 'Shop, all of it',
  Policies: {
    PasswordPolicy: {
      MinimumLength: 12,
      RequireUppercase: false,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: false,
      PasswordHistorySize: 3,
      TemporaryPasswordValidityDays: 2,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
  },
  DeletionProtection: 'ACTIVE',
  LambdaConfig: {
    PreSignUp: functionArn('may-come'),
    CustomMessage: functionArn('words'),
    PostConfirmation: functionArn('welcome'),
    PreAuthentication: functionArn('before'),
    PostAuthentication: functionArn('after'),
    DefineAuthChallenge: functionArn('define'),
    CreateAuthChallenge: functionArn('create'),
    VerifyAuthChallengeResponse: functionArn('verify'),
    PreTokenGeneration: functionArn('tokens'),
    UserMigration: functionArn('migrate'),
    PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: functionArn('tokens') },
    CustomSMSSender: { LambdaVersion: 'V1_0', LambdaArn: functionArn('texts') },
    CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: functionArn('mail') },
    KMSKeyID: keyArn,
    InboundFederation: { LambdaVersion: 'V1_0', LambdaArn: functionArn('federate') },
  },
  AutoVerifiedAttributes: ['email'],
  VerificationMessageTemplate: {
    SmsMessage: 'Type {####}',
    EmailMessage: '<b>Type</b> {####}',
    EmailSubject: 'Type this',
    EmailMessageByLink: 'Follow {##this##}',
    EmailSubjectByLink: 'Follow this',
    DefaultEmailOption: 'CONFIRM_WITH_LINK',
  },
  SmsAuthenticationMessage: 'Sign in with {####}',
  MfaConfiguration: 'OPTIONAL',
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  EmailConfiguration: {
    SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/shop@example.com',
    ReplyToEmailAddress: 'answers@example.com',
    EmailSendingAccount: 'DEVELOPER',
    From: 'Shop <shop@example.com>',
    ConfigurationSet: 'shop',
  },
  SmsConfiguration: texts,
  UserPoolTags: { team: 'shop', empty: '' },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    UnusedAccountValidityDays: 2,
    InviteMessageTemplate: {
      SMSMessage: '{username}: {####}',
      EmailMessage: 'You are {username}: {####}',
      EmailSubject: 'Come in',
    },
  },
  UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_phone_number' }] },
  UserPoolTier: 'PLUS',
  KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: keyArn },
  IssuerConfiguration: { Type: 'UPDATED' },
  DcrConfiguration: {
    EnableStatus: 'Enabled',
    OpenDcrEnabled: true,
    AuthenticatedGrantTypes: ['code'],
    OpenDcrGrantTypes: [],
    AllowedScopes: ['openid'],
  },
  AcrConfiguration: { Level2: { AcrValue: 'https://shop.example.com/acr/two' } },
};

/** All that CreateUserPoolClient and UpdateUserPoolClient take alike; the client needs a secret. */
export const everyClientSetting: Given<UpdateUserPoolClientCommandInput, 'UserPoolId' | 'ClientId'> = {
  ClientName: 'web, all of it',
  RefreshTokenValidity: 90,
  AccessTokenValidity: 600,
  IdTokenValidity: 20,
  TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'minutes', RefreshToken: 'minutes' },
  ReadAttributes: ['email', 'email_verified'],
  WriteAttributes: ['email', 'name'],
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
  SupportedIdentityProviders: ['COGNITO'],
  CallbackURLs: ['https://shop.example.com/in', 'shop:in'],
  LogoutURLs: ['https://shop.example.com/out'],
  DefaultRedirectURI: 'shop:in',
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid', 'email'],
  AllowedOAuthFlowsUserPoolClient: true,
  AnalyticsConfiguration: {
    ApplicationId: '0a1b',
    RoleArn: 'arn:aws:iam::000000000000:role/analytics',
    ExternalId: 'analytics',
    UserDataShared: true,
  },
  PreventUserExistenceErrors: 'ENABLED',
  EnableTokenRevocation: false,
  EnablePropagateAdditionalUserContextData: true,
  AuthSessionValidity: 15,
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
};
