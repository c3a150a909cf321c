/** What CreateUserPool and UpdateUserPool make of a pool's settings. */
import { mfaCannotBeTurnedOn, smsNeededForMfa } from '../contract/errors.ts';
import type { MfaFactor, PoolSettings, VerificationMessageTemplate } from '../model/pool.ts';
import { hasSms, requirePoolSettings } from './pool-checks.ts';
import { present } from './present.ts';

type Name = keyof PoolSettings;

/** The settings by the names of the request, with the three older members for what a template says today. */
export type PoolInput = Partial<Pick<PoolSettings, Exclude<Name, 'EnabledMfas'>>> & {
  readonly SmsVerificationMessage?: string | undefined;
  readonly EmailVerificationMessage?: string | undefined;
  readonly EmailVerificationSubject?: string | undefined;
};

/**
 * What an update does with a setting that the request leaves out: it keeps it, or returns it to its default. What is
 * fixed stays as the pool was created, or belongs to other operations.
 */
const omission: Readonly<Record<Name, 'keeps' | 'resets' | 'fixed'>> = {
  Policies: 'keeps',
  DeletionProtection: 'keeps',
  LambdaConfig: 'resets',
  AutoVerifiedAttributes: 'resets',
  AliasAttributes: 'fixed',
  UsernameAttributes: 'fixed',
  UsernameConfiguration: 'fixed',
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
  EnabledMfas: 'fixed',
  EmailMfaConfiguration: 'fixed',
  WebAuthnConfiguration: 'fixed',
};

// The table has every name once, so its keys are the names.
const names = Object.keys(omission) as readonly Name[];
const setElsewhere: readonly Name[] = ['EnabledMfas', 'EmailMfaConfiguration', 'WebAuthnConfiguration'];

/** The settings of a new pool; refuses those that contradict each other. */
export function newPoolSettings(input: PoolInput): PoolSettings {
  const given = settingsFrom((name) => (setElsewhere.includes(name) ? undefined : asked(input, name)));
  const settings = present({ ...given, EnabledMfas: factorsAtCreation(given) });
  requirePoolSettings(settings);
  return settings;
}

/** The settings after an update; refuses those that contradict each other or ask for what cannot change. */
export function changedPoolSettings(before: PoolSettings, input: PoolInput): PoolSettings {
  const merged = settingsFrom((name) => {
    if (omission[name] === 'fixed') return before[name];
    return asked(input, name) ?? (omission[name] === 'keeps' ? before[name] : undefined);
  });
  const after = { ...merged, Policies: policiesAfter(before, input) };
  const settings = present({ ...after, EnabledMfas: factorsAfter(before, after, input) });
  requirePoolSettings(settings, before);
  return settings;
}

const settingsFrom = (value: (name: Name) => unknown): PoolSettings =>
  // Each value comes from the member of the same name.
  present(Object.fromEntries(names.map((name) => [name, value(name)])) as PoolSettings);

function asked(input: PoolInput, name: Name): unknown {
  if (name === 'VerificationMessageTemplate') return templateFrom(input);
  return name === 'EnabledMfas' ? undefined : input[name];
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

/** Each of the two policies is replaced only by one of its kind. */
function policiesAfter(before: PoolSettings, { Policies: asked }: PoolInput): PoolSettings['Policies'] {
  const { PasswordPolicy, SignInPolicy } = { ...before.Policies, ...present(asked ?? {}) };
  return PasswordPolicy || SignInPolicy ? present({ PasswordPolicy, SignInPolicy }) : undefined;
}

const isMfaOn = ({ MfaConfiguration = 'OFF' }: PoolSettings): boolean => MfaConfiguration !== 'OFF';

/** Text messages are the only second factor that a pool can be created with. */
function factorsAtCreation(settings: PoolSettings): readonly MfaFactor[] | undefined {
  if (!isMfaOn(settings)) return undefined;
  if (!hasSms(settings)) throw smsNeededForMfa();
  return ['SMS_MFA'];
}

function factorsAfter(before: PoolSettings, after: PoolSettings, input: PoolInput): readonly MfaFactor[] | undefined {
  if (!isMfaOn(after)) return undefined;
  const enabled = before.EnabledMfas ?? [];
  if (enabled.length === 0 && input.MfaConfiguration === 'ON') throw mfaCannotBeTurnedOn();
  const factors: readonly MfaFactor[] = enabled.length > 0 ? enabled : ['SMS_MFA'];
  if (factors.includes('SMS_MFA') && !hasSms(after)) throw smsNeededForMfa();
  return factors;
}
