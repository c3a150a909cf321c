/** A user pool: its identity, its schema, and its settings in the API's own words. */

export interface Pool {
  /** `<region>_<9 alphanumerics>`. */
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly settings: PoolSettings;
  /** The twenty standard attributes in the API's order, then custom ones in order of creation. */
  readonly schema: readonly SchemaAttribute[];
  readonly tags: Readonly<Record<string, string>>;
  /** The prefix below the deployment's own name that its pages stand under. */
  readonly domain?: string | undefined;
  /** The host name of its own that its pages stand under, beside the prefix or alone. */
  readonly customDomain?: string | undefined;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

/** What a list tells of a pool: never enough to save from. */
export interface ListedPool extends Pick<Pool, 'id' | 'name' | 'region' | 'createdAt' | 'modifiedAt'> {
  readonly settings: Pick<PoolSettings, 'LambdaConfig'>;
  /** Whether there are records of copies; some of them may have ended. */
  readonly hasReplicas: boolean;
}

/**
 * What CreateUserPool and UpdateUserPool were given, by the API's names: rules read them by these names and Describe
 * returns them unchanged. Absent means that the API's default applies.
 */
export interface PoolSettings {
  readonly Policies?:
    | { readonly PasswordPolicy?: PasswordPolicy | undefined; readonly SignInPolicy?: SignInPolicy | undefined }
    | undefined;
  readonly DeletionProtection?: 'ACTIVE' | 'INACTIVE' | undefined;
  readonly LambdaConfig?: LambdaConfig | undefined;
  readonly AutoVerifiedAttributes?: readonly ('phone_number' | 'email')[] | undefined;
  readonly AliasAttributes?: readonly ('phone_number' | 'email' | 'preferred_username')[] | undefined;
  readonly UsernameAttributes?: readonly ('phone_number' | 'email')[] | undefined;
  readonly UsernameConfiguration?: { readonly CaseSensitive: boolean } | undefined;
  readonly VerificationMessageTemplate?: VerificationMessageTemplate | undefined;
  readonly SmsAuthenticationMessage?: string | undefined;
  readonly MfaConfiguration?: 'OFF' | 'ON' | 'OPTIONAL' | undefined;
  readonly UserAttributeUpdateSettings?:
    | { readonly AttributesRequireVerificationBeforeUpdate?: readonly ('phone_number' | 'email')[] | undefined }
    | undefined;
  readonly DeviceConfiguration?: DeviceConfiguration | undefined;
  readonly EmailConfiguration?: EmailConfiguration | undefined;
  readonly SmsConfiguration?: SmsConfiguration | undefined;
  readonly AdminCreateUserConfig?: AdminCreateUserConfig | undefined;
  readonly UserPoolAddOns?: UserPoolAddOns | undefined;
  readonly AccountRecoverySetting?:
    | { readonly RecoveryMechanisms?: readonly RecoveryMechanism[] | undefined }
    | undefined;
  readonly UserPoolTier?: UserPoolTier | undefined;
  readonly KeyConfiguration?: KeyConfiguration | undefined;
  readonly IssuerConfiguration?: { readonly Type?: 'ORIGINAL' | 'UPDATED' | undefined } | undefined;
  readonly DcrConfiguration?: DcrConfiguration | undefined;
  readonly AcrConfiguration?: AcrConfiguration | undefined;
  /** The second factors that are on; CloudFormation has a word for them, the API shows one block for each. */
  readonly EnabledMfas?: readonly MfaFactor[] | undefined;
  /** As it was given: the API shows one that is off as well, but none that was never named. */
  readonly SoftwareTokenMfaConfiguration?: { readonly Enabled: boolean } | undefined;
  readonly EmailMfaConfiguration?:
    | { readonly Message?: string | undefined; readonly Subject?: string | undefined }
    | undefined;
  readonly WebAuthnConfiguration?: WebAuthnConfiguration | undefined;
  /** Of SetUserPoolSessionConfiguration, which sets both. */
  readonly UserSessionTracking?: 'ENABLED' | 'DISABLED' | undefined;
  readonly TokenSession?: { readonly MaxPerUser: number } | undefined;
}

export type UserPoolTier = 'LITE' | 'ESSENTIALS' | 'PLUS';

/** ARNs of functions, by the moment at which they run. */
export interface LambdaConfig {
  readonly PreSignUp?: string | undefined;
  readonly CustomMessage?: string | undefined;
  readonly PostConfirmation?: string | undefined;
  readonly PreAuthentication?: string | undefined;
  readonly PostAuthentication?: string | undefined;
  readonly DefineAuthChallenge?: string | undefined;
  readonly CreateAuthChallenge?: string | undefined;
  readonly VerifyAuthChallengeResponse?: string | undefined;
  readonly PreTokenGeneration?: string | undefined;
  readonly PreTokenGenerationConfig?: VersionedLambda<'V1_0' | 'V2_0' | 'V3_0'> | undefined;
  readonly UserMigration?: string | undefined;
  readonly CustomSMSSender?: VersionedLambda<'V1_0'> | undefined;
  readonly CustomEmailSender?: VersionedLambda<'V1_0'> | undefined;
  readonly KMSKeyID?: string | undefined;
  readonly InboundFederation?: VersionedLambda<'V1_0'> | undefined;
}

export interface VersionedLambda<Version extends string> {
  readonly LambdaVersion: Version;
  readonly LambdaArn: string;
}

export interface DeviceConfiguration {
  readonly ChallengeRequiredOnNewDevice?: boolean | undefined;
  readonly DeviceOnlyRememberedOnUserPrompt?: boolean | undefined;
}

export interface SmsConfiguration {
  readonly SnsCallerArn?: string | undefined;
  readonly ExternalId?: string | undefined;
  readonly SnsRegion?: string | undefined;
  readonly EumsSms?: EumsSms | undefined;
}

export interface EumsSms {
  readonly CallerArn: string;
  readonly ExternalId?: string | undefined;
  readonly OriginationIdentity?: string | undefined;
  readonly ConfigurationSetName?: string | undefined;
  readonly InEntityId?: string | undefined;
  readonly InTemplateId?: string | undefined;
  readonly Region?: string | undefined;
}

export interface UserPoolAddOns {
  readonly AdvancedSecurityMode: 'OFF' | 'AUDIT' | 'ENFORCED';
  readonly AdvancedSecurityAdditionalFlows?: { readonly CustomAuthMode?: 'AUDIT' | 'ENFORCED' | undefined } | undefined;
}

export interface KeyConfiguration {
  readonly KeyType?: 'AWS_OWNED_KEY' | 'CUSTOMER_MANAGED_KEY' | undefined;
  readonly KmsKeyArn?: string | undefined;
}

export interface DcrConfiguration {
  readonly EnableStatus?: 'Enabled' | 'Disabled' | undefined;
  readonly OpenDcrEnabled?: boolean | undefined;
  readonly AuthenticatedGrantTypes?: readonly OAuthFlow[] | undefined;
  readonly OpenDcrGrantTypes?: readonly OAuthFlow[] | undefined;
  readonly AllowedScopes?: readonly string[] | undefined;
}

export type OAuthFlow = 'code' | 'implicit' | 'client_credentials';

/** By level, `Level1` to `Level4`. */
export type AcrConfiguration = Readonly<Partial<Record<string, { readonly AcrValue: string }>>>;

export type FirstFactor = 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN' | 'SOFTWARE_TOKEN';

/** As users' preferences and challenges name them. */
export type MfaFactor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

export interface WebAuthnConfiguration {
  readonly RelyingPartyId?: string | undefined;
  readonly UserVerification?: 'required' | 'preferred' | undefined;
  readonly FactorConfiguration?: 'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION' | undefined;
}

export interface PasswordPolicy {
  readonly MinimumLength?: number | undefined;
  readonly RequireUppercase?: boolean | undefined;
  readonly RequireLowercase?: boolean | undefined;
  readonly RequireNumbers?: boolean | undefined;
  readonly RequireSymbols?: boolean | undefined;
  readonly PasswordHistorySize?: number | undefined;
  readonly TemporaryPasswordValidityDays?: number | undefined;
}

export interface SignInPolicy {
  readonly AllowedFirstAuthFactors?: readonly FirstFactor[] | undefined;
}

export interface VerificationMessageTemplate {
  readonly SmsMessage?: string | undefined;
  readonly EmailMessage?: string | undefined;
  readonly EmailSubject?: string | undefined;
  readonly EmailMessageByLink?: string | undefined;
  readonly EmailSubjectByLink?: string | undefined;
  readonly DefaultEmailOption?: 'CONFIRM_WITH_LINK' | 'CONFIRM_WITH_CODE' | undefined;
}

export interface EmailConfiguration {
  readonly SourceArn?: string | undefined;
  readonly ReplyToEmailAddress?: string | undefined;
  readonly EmailSendingAccount?: 'COGNITO_DEFAULT' | 'DEVELOPER' | undefined;
  readonly From?: string | undefined;
  readonly ConfigurationSet?: string | undefined;
}

export interface AdminCreateUserConfig {
  readonly AllowAdminCreateUserOnly?: boolean | undefined;
  readonly UnusedAccountValidityDays?: number | undefined;
  readonly InviteMessageTemplate?:
    | {
        readonly SMSMessage?: string | undefined;
        readonly EmailMessage?: string | undefined;
        readonly EmailSubject?: string | undefined;
      }
    | undefined;
}

export interface RecoveryMechanism {
  readonly Priority: number;
  readonly Name: 'verified_email' | 'verified_phone_number' | 'admin_only';
}

/** One attribute of a pool's schema, by its full name (`custom:plan`, `dev:custom:plan`). */
export interface SchemaAttribute {
  readonly Name: string;
  readonly AttributeDataType: 'String' | 'Number' | 'DateTime' | 'Boolean';
  readonly DeveloperOnlyAttribute: boolean;
  readonly Mutable: boolean;
  readonly Required: boolean;
  readonly StringAttributeConstraints?:
    | { readonly MinLength?: string | undefined; readonly MaxLength?: string | undefined }
    | undefined;
  readonly NumberAttributeConstraints?:
    | { readonly MinValue?: string | undefined; readonly MaxValue?: string | undefined }
    | undefined;
}
