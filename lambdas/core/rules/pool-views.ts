/** How answers show a pool: what it was told, and the API's defaults where it was told nothing. */
import type { Branded } from '../contract/shape.ts';
import type { DcrConfiguration, LambdaConfig, Pool, PoolSettings, SignInPolicy } from '../model/pool.ts';
import { acrLevels } from './acr-levels.ts';
import { passwordPolicy } from './password-policy.ts';
import { withoutUndefined } from './present.ts';
import { isTierAtLeast, tierOf } from './tiers.ts';

export const poolArn = ({ partition, region, account, id }: Pool): string =>
  `arn:${partition}:cognito-idp:${region}:${account}:userpool/${id}`;

/** `UserPoolType`, the same after creation and on every later look. */
export const describePool = (pool: Pool, numberOfUsers: number) => ({
  ...describeSettings(pool.settings),
  // Every id that is stored was made in the form that the brand stands for.
  Id: pool.id as Branded<'PoolId'>,
  Name: pool.name,
  Arn: poolArn(pool),
  SchemaAttributes: pool.schema,
  UserPoolTags: pool.tags,
  CreationDate: pool.createdAt,
  LastModifiedDate: pool.modifiedAt,
  EstimatedNumberOfUsers: numberOfUsers,
});

function describeSettings({
  EnabledMfas: _factors,
  EmailMfaConfiguration: _email,
  WebAuthnConfiguration: _passkeys,
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
    AccountRecoverySetting: settings.AccountRecoverySetting ?? emailThenPhone,
    UserPoolTier: tierOf(settings),
    KeyConfiguration: withDefaults({ KeyType: 'AWS_OWNED_KEY' }, settings.KeyConfiguration),
    IssuerConfiguration: withDefaults({ Type: 'ORIGINAL' }, settings.IssuerConfiguration),
    AcrConfiguration: acrLevels(settings),
    DcrConfiguration: describeRegistration(settings),
  } as const;
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
    ...(isTierAtLeast(settings, 'ESSENTIALS') && { SignInPolicy: settings.Policies?.SignInPolicy ?? passwordOnly }),
  };
}

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
