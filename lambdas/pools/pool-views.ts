/** How answers show a pool: what it was told, and the API's defaults where it was told nothing. */
import type { Branded } from '../core/contract/shape.ts';
import type {
  DcrConfiguration,
  LambdaConfig,
  MfaFactor,
  Pool,
  PoolSettings,
  SignInPolicy,
  SmsConfiguration,
  WebAuthnConfiguration,
} from '../core/model/pool.ts';
import { acrLevels } from '../core/rules/acr-levels.ts';
import { passwordPolicy } from '../core/rules/password-policy.ts';
import { poolArn } from '../core/rules/pool-arns.ts';
import { withoutUndefined } from '../core/rules/present.ts';
import { isTierAtLeast, tierOf } from '../core/rules/tiers.ts';

/** `UserPoolType`, the same after creation and on every later look. */
export const describePool = (pool: Pool, numberOfUsers: number) => ({
  ...describeSettings(pool.settings),
  SmsConfiguration: describeTexts(pool),
  // Every id that is stored was made in the form that the brand stands for.
  Id: pool.id as Branded<'PoolId'>,
  Name: pool.name,
  Arn: poolArn(pool),
  SchemaAttributes: pool.schema,
  UserPoolTags: pool.tags,
  Domain: pool.domain,
  CustomDomain: pool.customDomain,
  CreationDate: pool.createdAt,
  LastModifiedDate: pool.modifiedAt,
  EstimatedNumberOfUsers: numberOfUsers,
});

/** What GetUserPoolMfaConfig shows, which has a block for each factor that is on. */
export function describeMfa(pool: Pool) {
  const { settings } = pool;
  const isOn = (factor: MfaFactor): boolean => settings.EnabledMfas?.includes(factor) ?? false;
  const { SmsAuthenticationMessage, WebAuthnConfiguration: passkeys } = settings;
  return {
    MfaConfiguration: settings.MfaConfiguration ?? 'OFF',
    SmsMfaConfiguration: isOn('SMS_MFA')
      ? withoutUndefined({ SmsAuthenticationMessage, SmsConfiguration: describeTexts(pool) })
      : undefined,
    SoftwareTokenMfaConfiguration: settings.SoftwareTokenMfaConfiguration,
    EmailMfaConfiguration: isOn('EMAIL_OTP') ? (settings.EmailMfaConfiguration ?? {}) : undefined,
    WebAuthnConfiguration: passkeys && withDefaults(onePasskey, passkeys),
  } as const;
}

const onePasskey: WebAuthnConfiguration = { UserVerification: 'preferred', FactorConfiguration: 'SINGLE_FACTOR' };

/** Without what operations of its own show. */
function describeSettings({
  EnabledMfas: _factors,
  SoftwareTokenMfaConfiguration: _apps,
  EmailMfaConfiguration: _email,
  WebAuthnConfiguration: _passkeys,
  UserSessionTracking: _tracking,
  TokenSession: _sessions,
  ...settings
}: PoolSettings) {
  return {
    ...settings,
    ...describeVerification(settings),
    Policies: describePolicies(settings),
    DeletionProtection: settings.DeletionProtection ?? 'INACTIVE',
    LambdaConfig: describeTriggers(settings.LambdaConfig),
    MfaConfiguration: settings.MfaConfiguration ?? 'OFF',
    EmailConfiguration: withDefaults({ EmailSendingAccount: 'COGNITO_DEFAULT' }, settings.EmailConfiguration),
    AdminCreateUserConfig: describeInvitations(settings),
    AccountRecoverySetting: settings.AccountRecoverySetting?.RecoveryMechanisms
      ? settings.AccountRecoverySetting
      : emailThenPhone,
    UserPoolTier: tierOf(settings),
    KeyConfiguration: withDefaults({ KeyType: 'AWS_OWNED_KEY' }, settings.KeyConfiguration),
    IssuerConfiguration: withDefaults({ Type: 'ORIGINAL' }, settings.IssuerConfiguration),
    AcrConfiguration: acrLevels(settings),
    DcrConfiguration: describeRegistration(settings),
  } as const;
}

/** SNS is asked in the region of the pool, unless another one was named. */
function describeTexts({ region, settings }: Pool): SmsConfiguration | undefined {
  const given = settings.SmsConfiguration;
  return given?.SnsCallerArn ? withDefaults<SmsConfiguration>({ SnsRegion: region }, given) : given;
}

const describeRegistration = ({ DcrConfiguration: given }: PoolSettings): DcrConfiguration | undefined =>
  given && withDefaults({ EnableStatus: 'Enabled', OpenDcrEnabled: false }, given);

const withDefaults = <T extends object>(defaults: T, given: T | undefined): T => ({
  ...defaults,
  ...(given && withoutUndefined(given)),
});

const emailThenPhone = {
  RecoveryMechanisms: [
    { Priority: 1, Name: 'verified_email' },
    { Priority: 2, Name: 'verified_phone_number' },
  ],
} as const;

const passwordOnly: SignInPolicy = { AllowedFirstAuthFactors: ['PASSWORD'] };

/** The plan without other first factors does not speak of them. */
function describePolicies(settings: PoolSettings) {
  const { PasswordHistorySize: history, ...policy } = passwordPolicy({ settings });
  return {
    PasswordPolicy: { ...policy, ...(history > 0 && { PasswordHistorySize: history }) },
    ...(isTierAtLeast(settings, 'ESSENTIALS') && { SignInPolicy: describeFirstFactors(settings) }),
  };
}

const describeFirstFactors = ({ Policies }: PoolSettings): SignInPolicy =>
  Policies?.SignInPolicy?.AllowedFirstAuthFactors ? Policies.SignInPolicy : passwordOnly;

/** The older member for the life of a temporary password says the same as the newer one. */
const describeInvitations = (settings: PoolSettings) => ({
  AllowAdminCreateUserOnly: settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
  UnusedAccountValidityDays: passwordPolicy({ settings }).TemporaryPasswordValidityDays,
  ...(settings.AdminCreateUserConfig?.InviteMessageTemplate && {
    InviteMessageTemplate: settings.AdminCreateUserConfig.InviteMessageTemplate,
  }),
});

/** The template, and what it says of codes once more in the three older members. */
function describeVerification({ VerificationMessageTemplate: template }: PoolSettings) {
  return {
    VerificationMessageTemplate: withDefaults({ DefaultEmailOption: 'CONFIRM_WITH_CODE' }, template),
    SmsVerificationMessage: template?.SmsMessage,
    EmailVerificationMessage: template?.EmailMessage,
    EmailVerificationSubject: template?.EmailSubject,
  } as const;
}

/** The function that changes tokens has two members, and each is shown when the other was given. */
export function describeTriggers(config: LambdaConfig = {}): LambdaConfig {
  const versioned = config.PreTokenGenerationConfig;
  if (versioned) return { ...config, PreTokenGeneration: versioned.LambdaArn };
  const arn = config.PreTokenGeneration;
  if (arn === undefined) return config;
  return { ...config, PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: arn } };
}
