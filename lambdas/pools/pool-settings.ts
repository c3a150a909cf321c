/** What CreateUserPool and UpdateUserPool make of a pool's settings. */
import { mfaCannotBeTurnedOn } from '../core/contract/errors.ts';
import type { PoolSettings, VerificationMessageTemplate } from '../core/model/pool.ts';
import { present } from '../core/rules/present.ts';
import { requirePoolSettings } from './pool-checks.ts';

type Name = keyof PoolSettings;

/** The settings by the names of the request, with the three older members for what a template says today. */
export type PoolInput = PoolSettings & {
  readonly SmsVerificationMessage?: string | undefined;
  readonly EmailVerificationMessage?: string | undefined;
  readonly EmailVerificationSubject?: string | undefined;
};

/**
 * What an update does with a setting that the request leaves out: it keeps it, or returns it to its default. Some stay
 * as the pool was created with them, and some are set elsewhere, by operations of their own.
 */
const omission: Readonly<Record<Name, 'keeps' | 'resets' | 'created' | 'elsewhere'>> = {
  Policies: 'keeps',
  DeletionProtection: 'keeps',
  LambdaConfig: 'resets',
  AutoVerifiedAttributes: 'resets',
  AliasAttributes: 'created',
  UsernameAttributes: 'created',
  UsernameConfiguration: 'created',
  VerificationMessageTemplate: 'resets',
  SmsAuthenticationMessage: 'resets',
  MfaConfiguration: 'keeps',
  UserAttributeUpdateSettings: 'resets',
  DeviceConfiguration: 'resets',
  EmailConfiguration: 'resets',
  SmsConfiguration: 'resets',
  AdminCreateUserConfig: 'resets',
  UserPoolAddOns: 'resets',
  AccountRecoverySetting: 'resets',
  UserPoolTier: 'keeps',
  KeyConfiguration: 'keeps',
  IssuerConfiguration: 'keeps',
  DcrConfiguration: 'keeps',
  AcrConfiguration: 'keeps',
  EnabledMfas: 'elsewhere',
  SoftwareTokenMfaConfiguration: 'elsewhere',
  EmailMfaConfiguration: 'elsewhere',
  WebAuthnConfiguration: 'elsewhere',
  UserSessionTracking: 'elsewhere',
  TokenSession: 'elsewhere',
};

// The table has every name once, so its keys are the names.
const names = Object.keys(omission) as readonly Name[];

/** The settings of a new pool; refuses those that contradict each other. */
export function newPoolSettings(input: PoolInput): PoolSettings {
  const given = settingsFrom((name) => (omission[name] === 'elsewhere' ? undefined : asked(input, name)));
  // Text messages are the only second factor that a pool can be created with.
  const settings: PoolSettings = isMfaOn(given) ? { ...given, EnabledMfas: ['SMS_MFA'] } : given;
  requirePoolSettings(settings);
  return settings;
}

/** The settings after an update; refuses those that contradict each other or ask for what cannot change. */
export function changedPoolSettings(before: PoolSettings, input: PoolInput): PoolSettings {
  const merged = settingsFrom((name) => {
    const when = omission[name];
    if (when === 'created' || when === 'elsewhere') return before[name];
    return asked(input, name) ?? (when === 'keeps' ? before[name] : undefined);
  });
  const after = { ...merged, Policies: policiesAfter(before, input) };
  const settings = present({ ...after, ...factorsAfter(after, input) });
  requirePoolSettings(settings, before);
  return settings;
}

const settingsFrom = (value: (name: Name) => unknown): PoolSettings =>
  // Each value comes from the member of the same name.
  present(Object.fromEntries(names.map((name) => [name, value(name)])) as PoolSettings);

function asked(input: PoolInput, name: Name): unknown {
  return name === 'VerificationMessageTemplate' ? templateFrom(input) : input[name];
}

/** The older members fill what the template leaves out. */
function templateFrom(input: PoolInput): VerificationMessageTemplate | undefined {
  const template = present<VerificationMessageTemplate>({
    SmsMessage: input.SmsVerificationMessage,
    EmailMessage: input.EmailVerificationMessage,
    EmailSubject: input.EmailVerificationSubject,
    ...present(input.VerificationMessageTemplate ?? {}),
  });
  return Object.keys(template).length > 0 ? template : undefined;
}

/** Each of the two policies is replaced only by one of its kind; one that names no factors says nothing of them. */
function policiesAfter({ Policies: before }: PoolSettings, { Policies: asked }: PoolInput): PoolSettings['Policies'] {
  const PasswordPolicy = asked?.PasswordPolicy ?? before?.PasswordPolicy;
  const SignInPolicy = asked?.SignInPolicy?.AllowedFirstAuthFactors ? asked.SignInPolicy : before?.SignInPolicy;
  return PasswordPolicy || SignInPolicy ? present({ PasswordPolicy, SignInPolicy }) : undefined;
}

const isMfaOn = ({ MfaConfiguration = 'OFF' }: PoolSettings): boolean => MfaConfiguration !== 'OFF';

const noFactors = {
  EnabledMfas: undefined,
  SoftwareTokenMfaConfiguration: undefined,
  EmailMfaConfiguration: undefined,
} as const satisfies PoolSettings;

/** `after` still has the factors from before the update; where they are turned off, nothing is left of them. */
function factorsAfter(after: PoolSettings, input: PoolInput): PoolSettings {
  if (!isMfaOn(after)) return noFactors;
  if (after.EnabledMfas) return {};
  if (input.MfaConfiguration === 'ON') throw mfaCannotBeTurnedOn();
  return { EnabledMfas: ['SMS_MFA'] };
}
