/** Shapes that several operations of the pools room share. */
import { wholeMatch } from '../core/contract/pattern.ts';
import { s } from '../core/contract/shape.ts';
import { arn, clientId, domain, poolId, regionName } from '../core/contract/shapes/identifiers.ts';
import { oauthFlow } from '../core/contract/shapes/oauth.ts';
import { text } from '../core/contract/shapes/text.ts';
import { authFactor } from '../core/contract/shapes/users.ts';

// As published, the patterns of messages and addresses take a hostile text's length to the second or third power. Their
// own marks belong to the characters that they allow around them, so it is enough to look for both one after the other.
const isMessage = (value: string): boolean => wholeMatch(String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`).test(value);

function hasLink(value: string): boolean {
  const opening = value.indexOf('{##');
  return opening >= 0 && value.includes('##}', opening + '{##'.length);
}

const isAddress = (value: string): boolean =>
  wholeMatch(String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`).test(value) && value.slice(1, -1).includes('@');

const customAttributeName = s.string({ min: 1, max: 20, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` });
const numberAttributeConstraints = s.structure({ MinValue: s.optional(text), MaxValue: s.optional(text) });

const stringAttributeConstraints = s.structure({ MinLength: s.optional(text), MaxLength: s.optional(text) });

export const schemaAttribute = s.structure({
  Name: s.optional(customAttributeName),
  AttributeDataType: s.optional(s.oneOf('String', 'Number', 'DateTime', 'Boolean')),
  DeveloperOnlyAttribute: s.optional(s.boolean()),
  Mutable: s.optional(s.boolean()),
  Required: s.optional(s.boolean()),
  NumberAttributeConstraints: s.optional(numberAttributeConstraints),
  StringAttributeConstraints: s.optional(stringAttributeConstraints),
});

export const poolName = s.string({ min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` });
const passwordPolicy = s.structure({
  MinimumLength: s.optional(s.integer({ min: 6, max: 99 })),
  RequireUppercase: s.optional(s.boolean()),
  RequireLowercase: s.optional(s.boolean()),
  RequireNumbers: s.optional(s.boolean()),
  RequireSymbols: s.optional(s.boolean()),
  PasswordHistorySize: s.optional(s.integer({ min: 0, max: 24 })),
  TemporaryPasswordValidityDays: s.optional(s.integer({ min: 0, max: 365 })),
});

const signInPolicy = s.structure({ AllowedFirstAuthFactors: s.optional(s.list(authFactor, { min: 1, max: 5 })) });

export const policies = s.structure({
  PasswordPolicy: s.optional(passwordPolicy),
  SignInPolicy: s.optional(signInPolicy),
});

export const deletionProtection = s.oneOf('ACTIVE', 'INACTIVE');
const preTokenGenerationVersionConfig = s.structure({ LambdaVersion: s.oneOf('V1_0', 'V2_0', 'V3_0'), LambdaArn: arn });

const lambdaVersion = s.oneOf('V1_0');
const versionedLambda = s.structure({ LambdaVersion: lambdaVersion, LambdaArn: arn });

export const lambdaConfig = s.structure({
  PreSignUp: s.optional(arn),
  CustomMessage: s.optional(arn),
  PostConfirmation: s.optional(arn),
  PreAuthentication: s.optional(arn),
  PostAuthentication: s.optional(arn),
  DefineAuthChallenge: s.optional(arn),
  CreateAuthChallenge: s.optional(arn),
  VerifyAuthChallengeResponse: s.optional(arn),
  PreTokenGeneration: s.optional(arn),
  UserMigration: s.optional(arn),
  PreTokenGenerationConfig: s.optional(preTokenGenerationVersionConfig),
  CustomSMSSender: s.optional(versionedLambda),
  CustomEmailSender: s.optional(versionedLambda),
  KMSKeyID: s.optional(arn),
  InboundFederation: s.optional(versionedLambda),
});

export const verifiableAttribute = s.oneOf('phone_number', 'email');
export const smsCodeMessage = s.string({ min: 6, max: 140, pattern: String.raw`.*\{####\}.*` });
export const emailCodeMessage = s.string({
  min: 6,
  max: 20000,
  pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`,
  accepts: (value) => isMessage(value) && value.includes('{####}'),
});
export const emailSubject = s.string({ min: 1, max: 140, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+` });
const emailLinkMessage = s.string({
  min: 6,
  max: 20000,
  pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`,
  accepts: (value) => isMessage(value) && hasLink(value),
});
export const verificationMessageTemplate = s.structure({
  SmsMessage: s.optional(smsCodeMessage),
  EmailMessage: s.optional(emailCodeMessage),
  EmailSubject: s.optional(emailSubject),
  EmailMessageByLink: s.optional(emailLinkMessage),
  EmailSubjectByLink: s.optional(emailSubject),
  DefaultEmailOption: s.optional(s.oneOf('CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE')),
});

export const mfaMode = s.oneOf('OFF', 'ON', 'OPTIONAL');
export const userAttributeUpdateSettings = s.structure({
  AttributesRequireVerificationBeforeUpdate: s.optional(s.list(verifiableAttribute)),
});

export const deviceConfiguration = s.structure({
  ChallengeRequiredOnNewDevice: s.optional(s.boolean()),
  DeviceOnlyRememberedOnUserPrompt: s.optional(s.boolean()),
});

const emailAddress = s.string({
  pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+`,
  accepts: isAddress,
});
const sesConfigurationSet = s.string({ min: 1, max: 64, pattern: '^[a-zA-Z0-9_-]+$' });
export const emailConfiguration = s.structure({
  SourceArn: s.optional(arn),
  ReplyToEmailAddress: s.optional(emailAddress),
  EmailSendingAccount: s.optional(s.oneOf('COGNITO_DEFAULT', 'DEVELOPER')),
  From: s.optional(text),
  ConfigurationSet: s.optional(sesConfigurationSet),
});

const optionalArn = s.string({
  max: 2048,
  pattern: String.raw`(arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?)?`,
});
const eumsSmsConfiguration = s.structure({
  CallerArn: arn,
  ExternalId: s.optional(text),
  OriginationIdentity: s.optional(text),
  ConfigurationSetName: s.optional(text),
  InEntityId: s.optional(text),
  InTemplateId: s.optional(text),
  Region: s.optional(regionName),
});

export const smsConfiguration = s.structure({
  SnsCallerArn: s.optional(optionalArn),
  ExternalId: s.optional(text),
  SnsRegion: s.optional(regionName),
  EumsSms: s.optional(eumsSmsConfiguration),
});

export const tagKey = s.string({ min: 1, max: 128 });
export const tags = s.map(tagKey, s.string({ max: 256 }));
const emailInviteMessage = s.string({ min: 6, max: 20000, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*` });
const messageTemplate = s.structure({
  SMSMessage: s.optional(s.string({ min: 6, max: 140, pattern: '(?s).*' })),
  EmailMessage: s.optional(emailInviteMessage),
  EmailSubject: s.optional(emailSubject),
});

export const adminCreateUserConfig = s.structure({
  AllowAdminCreateUserOnly: s.optional(s.boolean()),
  UnusedAccountValidityDays: s.optional(s.integer({ min: 0, max: 365 })),
  InviteMessageTemplate: s.optional(messageTemplate),
});

export const schemaAttributes = s.list(schemaAttribute, { min: 1, max: 50 });
const advancedSecurityAdditionalFlows = s.structure({ CustomAuthMode: s.optional(s.oneOf('AUDIT', 'ENFORCED')) });

export const userPoolAddOns = s.structure({
  AdvancedSecurityMode: s.oneOf('OFF', 'AUDIT', 'ENFORCED'),
  AdvancedSecurityAdditionalFlows: s.optional(advancedSecurityAdditionalFlows),
});

export const usernameConfiguration = s.structure({ CaseSensitive: s.boolean() });

const recoveryOption = s.structure({
  Priority: s.integer({ min: 1, max: 2 }),
  Name: s.oneOf('verified_email', 'verified_phone_number', 'admin_only'),
});

export const accountRecoverySetting = s.structure({
  RecoveryMechanisms: s.optional(s.list(recoveryOption, { min: 1, max: 2 })),
});

export const userPoolTier = s.oneOf('LITE', 'ESSENTIALS', 'PLUS');
export const keyConfiguration = s.structure({
  KeyType: s.optional(s.oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KEY')),
  KmsKeyArn: s.optional(arn),
});

export const issuerConfiguration = s.structure({ Type: s.optional(s.oneOf('ORIGINAL', 'UPDATED')) });

const status = s.oneOf('Enabled', 'Disabled');
export const dcrConfiguration = s.structure({
  EnableStatus: s.optional(status),
  OpenDcrEnabled: s.optional(s.boolean()),
  AuthenticatedGrantTypes: s.optional(s.list(oauthFlow)),
  OpenDcrGrantTypes: s.optional(s.list(oauthFlow)),
  AllowedScopes: s.optional(s.list(s.string())),
});

export const acrLevelConfig = s.structure({ AcrValue: s.string() });

export const userPoolType = s.structure({
  Id: s.optional(poolId),
  Name: s.optional(poolName),
  Policies: s.optional(policies),
  DeletionProtection: s.optional(deletionProtection),
  LambdaConfig: s.optional(lambdaConfig),
  Status: s.optional(status),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
  SchemaAttributes: s.optional(schemaAttributes),
  AutoVerifiedAttributes: s.optional(s.list(verifiableAttribute)),
  AliasAttributes: s.optional(s.list(s.oneOf('phone_number', 'email', 'preferred_username'))),
  UsernameAttributes: s.optional(s.list(verifiableAttribute)),
  SmsVerificationMessage: s.optional(smsCodeMessage),
  EmailVerificationMessage: s.optional(emailCodeMessage),
  EmailVerificationSubject: s.optional(emailSubject),
  VerificationMessageTemplate: s.optional(verificationMessageTemplate),
  SmsAuthenticationMessage: s.optional(smsCodeMessage),
  UserAttributeUpdateSettings: s.optional(userAttributeUpdateSettings),
  MfaConfiguration: s.optional(mfaMode),
  DeviceConfiguration: s.optional(deviceConfiguration),
  EstimatedNumberOfUsers: s.optional(s.integer()),
  EmailConfiguration: s.optional(emailConfiguration),
  SmsConfiguration: s.optional(smsConfiguration),
  UserPoolTags: s.optional(tags),
  SmsConfigurationFailure: s.optional(text),
  EmailConfigurationFailure: s.optional(text),
  Domain: s.optional(domain),
  CustomDomain: s.optional(domain),
  AdminCreateUserConfig: s.optional(adminCreateUserConfig),
  UserPoolAddOns: s.optional(userPoolAddOns),
  UsernameConfiguration: s.optional(usernameConfiguration),
  Arn: s.optional(arn),
  AccountRecoverySetting: s.optional(accountRecoverySetting),
  UserPoolTier: s.optional(userPoolTier),
  KeyConfiguration: s.optional(keyConfiguration),
  IssuerConfiguration: s.optional(issuerConfiguration),
  DcrConfiguration: s.optional(dcrConfiguration),
  AcrConfiguration: s.optional(s.map(s.string(), acrLevelConfig)),
});

export const userPoolReplica = s.structure({
  RegionName: s.optional(regionName),
  Status: s.optional(s.oneOf('CREATING', 'ACTIVE', 'INACTIVE', 'DELETING')),
  Role: s.optional(s.oneOf('PRIMARY', 'SECONDARY')),
  UserPoolArn: s.optional(arn),
});

const compromisedCredentialsActions = s.structure({ EventAction: s.oneOf('BLOCK', 'NO_ACTION') });

export const compromisedCredentialsRiskConfiguration = s.structure({
  EventFilter: s.optional(s.list(s.oneOf('SIGN_IN', 'PASSWORD_CHANGE', 'SIGN_UP'))),
  Actions: compromisedCredentialsActions,
});

const emailNotificationBody = s.string({ min: 6, max: 20000, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]+` });
const notifyEmail = s.structure({
  Subject: emailSubject,
  HtmlBody: s.optional(emailNotificationBody),
  TextBody: s.optional(emailNotificationBody),
});

const notifyConfiguration = s.structure({
  From: s.optional(text),
  ReplyTo: s.optional(text),
  SourceArn: arn,
  BlockEmail: s.optional(notifyEmail),
  NoActionEmail: s.optional(notifyEmail),
  MfaEmail: s.optional(notifyEmail),
});

const accountTakeoverAction = s.structure({
  Notify: s.boolean(),
  EventAction: s.oneOf('BLOCK', 'MFA_IF_CONFIGURED', 'MFA_REQUIRED', 'NO_ACTION'),
});

const accountTakeoverActions = s.structure({
  LowAction: s.optional(accountTakeoverAction),
  MediumAction: s.optional(accountTakeoverAction),
  HighAction: s.optional(accountTakeoverAction),
});

export const accountTakeoverRiskConfiguration = s.structure({
  NotifyConfiguration: s.optional(notifyConfiguration),
  Actions: accountTakeoverActions,
});

const ipRanges = s.list(text, { max: 200 });
export const riskExceptionConfiguration = s.structure({
  BlockedIPRangeList: s.optional(ipRanges),
  SkippedIPRangeList: s.optional(ipRanges),
});

export const riskConfiguration = s.structure({
  UserPoolId: s.optional(poolId),
  ClientId: s.optional(clientId),
  CompromisedCredentialsRiskConfiguration: s.optional(compromisedCredentialsRiskConfiguration),
  AccountTakeoverRiskConfiguration: s.optional(accountTakeoverRiskConfiguration),
  RiskExceptionConfiguration: s.optional(riskExceptionConfiguration),
  LastModifiedDate: s.optional(s.timestamp()),
});

const cloudWatchLogsConfiguration = s.structure({ LogGroupArn: s.optional(arn) });

const s3Arn = s.string({
  min: 3,
  max: 1024,
  pattern: String.raw`arn:[\w+=/,.@-]+:[\w+=/,.@-]+:::[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?`,
});
const s3Configuration = s.structure({ BucketArn: s.optional(s3Arn) });

const firehoseConfiguration = s.structure({ StreamArn: s.optional(arn) });

const logConfiguration = s.structure({
  LogLevel: s.oneOf('ERROR', 'INFO'),
  EventSource: s.oneOf('userNotification', 'userAuthEvents'),
  CloudWatchLogsConfiguration: s.optional(cloudWatchLogsConfiguration),
  S3Configuration: s.optional(s3Configuration),
  FirehoseConfiguration: s.optional(firehoseConfiguration),
});

export const logConfigurations = s.list(logConfiguration, { max: 2 });
export const logDeliveryConfiguration = s.structure({ UserPoolId: poolId, LogConfigurations: logConfigurations });

export const limitDefinition = s.structure({ LimitClass: s.oneOf('API_CATEGORY'), Attributes: s.map(text, text) });

export const limitType = s.structure({
  LimitDefinition: limitDefinition,
  ProvisionedLimitValue: s.integer(),
  FreeLimitValue: s.integer(),
});

export const smsMfaConfig = s.structure({
  SmsAuthenticationMessage: s.optional(smsCodeMessage),
  SmsConfiguration: s.optional(smsConfiguration),
});

export const softwareTokenMfaConfig = s.structure({ Enabled: s.optional(s.boolean()) });

export const emailMfaConfig = s.structure({
  Message: s.optional(emailCodeMessage),
  Subject: s.optional(s.string({ pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+` })),
});

export const webAuthnConfiguration = s.structure({
  RelyingPartyId: s.optional(s.string({ min: 1, max: 127 })),
  UserVerification: s.optional(s.oneOf('required', 'preferred')),
  FactorConfiguration: s.optional(s.oneOf('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION')),
});

export const userSessionTracking = s.oneOf('DISABLED', 'ENABLED');
export const tokenSession = s.structure({ MaxPerUser: s.integer({ min: 1, max: 100 }) });

export const userPoolDescription = s.structure({
  Id: s.optional(poolId),
  Name: s.optional(poolName),
  LambdaConfig: s.optional(lambdaConfig),
  Status: s.optional(status),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
  ReplicaRegions: s.optional(s.list(text)),
});
