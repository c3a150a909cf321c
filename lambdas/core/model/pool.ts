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
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

/** What a list tells of a pool: never enough to save from. */
export interface ListedPool extends Pick<Pool, 'id' | 'name' | 'region' | 'createdAt' | 'modifiedAt'> {
  readonly settings: Pick<PoolSettings, 'LambdaConfig'>;
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
  readonly LambdaConfig?: Readonly<Record<string, unknown>> | undefined;
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
  readonly DeviceConfiguration?: Readonly<Record<string, unknown>> | undefined;
  readonly EmailConfiguration?: EmailConfiguration | undefined;
  readonly SmsConfiguration?: Readonly<Record<string, unknown>> | undefined;
  readonly AdminCreateUserConfig?: AdminCreateUserConfig | undefined;
  readonly UserPoolAddOns?: Readonly<Record<string, unknown>> | undefined;
  readonly AccountRecoverySetting?:
    | { readonly RecoveryMechanisms?: readonly RecoveryMechanism[] | undefined }
    | undefined;
  readonly UserPoolTier?: 'LITE' | 'ESSENTIALS' | 'PLUS' | undefined;
  readonly KeyConfiguration?: Readonly<Record<string, unknown>> | undefined;
  readonly IssuerConfiguration?: Readonly<Record<string, unknown>> | undefined;
  readonly DcrConfiguration?: Readonly<Record<string, unknown>> | undefined;
  readonly AcrConfiguration?: Readonly<Record<string, unknown>> | undefined;
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
  readonly AllowedFirstAuthFactors?: readonly string[] | undefined;
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
