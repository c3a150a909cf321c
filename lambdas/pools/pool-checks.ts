/** What the settings of a pool must not say together. */
import {
  adminOnlyNotAlone,
  aliasesAndUsernameAttributes,
  customSenderWithoutKey,
  emailMfaWithoutSender,
  emailSourceMissing,
  firstFactorUnsupported,
  fromAddressInvalid,
  inviteTemplateIncomplete,
  passkeyAloneWithMfa,
  passkeyNotForMfa,
  passwordAndPasskeysOnlyWithMfa,
  recoveryMechanismRepeated,
  smsCallerAmbiguous,
  smsNeededForMfa,
  smsNeededForOtp,
  subjectTooLong,
  textRegionForeign,
  tokenGenerationAmbiguous,
  verificationWithoutAutoVerification,
} from '../core/contract/errors.ts';
import type { PoolSettings } from '../core/model/pool.ts';
import { requireAcrLevels } from '../core/rules/acr-levels.ts';
import { isEmail } from '../core/rules/addresses.ts';
import { allowsUsersWithoutPassword, firstFactorsOf, isSecondFactor } from '../core/rules/first-factors.ts';
import { requireFeaturesInTier } from '../core/rules/tiers.ts';

/** `before` are the settings that an update replaces. */
export function requirePoolSettings(settings: PoolSettings, before?: PoolSettings): void {
  requireFeaturesInTier(settings, before);
  for (const check of checks) check(settings, before);
}

/** Whether the pool was told how to send text messages. */
const hasSms = ({ SmsConfiguration }: PoolSettings): boolean =>
  Boolean(SmsConfiguration?.SnsCallerArn) || SmsConfiguration?.EumsSms !== undefined;

const checks: readonly ((settings: PoolSettings, before?: PoolSettings) => void)[] = [
  requireOneKindOfSignInName,
  requireSecondFactors,
  requireFirstFactors,
  requireFirstFactorsBesideMfa,
  requireVerifiedUpdates,
  requireSmsCaller,
  requireEmailSource,
  requireSenderKey,
  requireTokenFunction,
  requireRecovery,
  requireInvitation,
  requireSignInSubject,
  requireAcrLevels,
];

function requireOneKindOfSignInName({ AliasAttributes = [], UsernameAttributes = [] }: PoolSettings): void {
  if (AliasAttributes.length > 0 && UsernameAttributes.length > 0) throw aliasesAndUsernameAttributes();
}

function requireFirstFactors(settings: PoolSettings): void {
  const factors = firstFactorsOf(settings);
  if (factors.includes('SOFTWARE_TOKEN')) throw firstFactorUnsupported('SOFTWARE_TOKEN');
  if (factors.includes('SMS_OTP') && !hasSms(settings)) throw smsNeededForOtp();
}

/** The codes of second factors have to reach people. */
function requireSecondFactors(settings: PoolSettings): void {
  const factors = settings.EnabledMfas ?? [];
  if (factors.includes('SMS_MFA') && !hasSms(settings)) throw smsNeededForMfa();
  const hasOwnSender = settings.EmailConfiguration?.EmailSendingAccount === 'DEVELOPER';
  if (factors.includes('EMAIL_OTP') && !hasOwnSender) throw emailMfaWithoutSender();
}

/** With a second factor that everybody must give, a first one cannot be what the second would be. */
function requireFirstFactorsBesideMfa(settings: PoolSettings, before?: PoolSettings): void {
  if (settings.MfaConfiguration !== 'ON') return;
  const factors = firstFactorsOf(settings);
  if (factors.some((factor) => factor !== 'PASSWORD' && factor !== 'WEB_AUTHN')) throw passwordAndPasskeysOnlyWithMfa();
  if (!factors.includes('WEB_AUTHN') || isSecondFactor(settings.WebAuthnConfiguration)) return;
  const wasAllowed = before !== undefined && firstFactorsOf(before).includes('WEB_AUTHN');
  throw wasAllowed ? passkeyAloneWithMfa() : passkeyNotForMfa();
}

function requireVerifiedUpdates({ UserAttributeUpdateSettings, AutoVerifiedAttributes = [] }: PoolSettings): void {
  const waiting = UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  if (!waiting.every((name) => AutoVerifiedAttributes.includes(name))) throw verificationWithoutAutoVerification();
}

function requireSmsCaller({ SmsConfiguration }: PoolSettings): void {
  if (SmsConfiguration?.SnsCallerArn && SmsConfiguration.EumsSms) throw smsCallerAmbiguous();
}

/** What names a Region of its own for End User Messaging must name the pool's. */
export function requireTextsFrom(region: string, settings: PoolSettings): PoolSettings {
  const named = settings.SmsConfiguration?.EumsSms?.Region;
  if (named !== undefined && named !== region) throw textRegionForeign(region);
  return settings;
}

function requireEmailSource({ EmailConfiguration = {} }: PoolSettings): void {
  const { EmailSendingAccount, SourceArn, From } = EmailConfiguration;
  if (EmailSendingAccount === 'DEVELOPER' && !SourceArn) throw emailSourceMissing();
  if (From !== undefined && !isSender(From)) throw fromAddressInvalid();
}

/** `addr` or `Name <addr>`. A line break here would write headers of its own into every message. */
function isSender(from: string): boolean {
  if (/\p{Cc}/u.test(from)) return false;
  const opening = from.lastIndexOf('<');
  if (opening < 0) return isEmail(from);
  return from.endsWith('>') && isEmail(from.slice(opening + 1, -1));
}

function requireSenderKey({ LambdaConfig = {} }: PoolSettings): void {
  const hasSender = LambdaConfig.CustomEmailSender !== undefined || LambdaConfig.CustomSMSSender !== undefined;
  if (hasSender && !LambdaConfig.KMSKeyID) throw customSenderWithoutKey();
}

function requireTokenFunction({ LambdaConfig = {} }: PoolSettings): void {
  const { PreTokenGeneration: plain, PreTokenGenerationConfig: versioned } = LambdaConfig;
  if (plain !== undefined && versioned !== undefined && plain !== versioned.LambdaArn) throw tokenGenerationAmbiguous();
}

function requireRecovery({ AccountRecoverySetting }: PoolSettings): void {
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.length < 2) return;
  if (mechanisms.some(({ Name }) => Name === 'admin_only')) throw adminOnlyNotAlone();
  const names = new Set(mechanisms.map(({ Name }) => Name));
  const priorities = new Set(mechanisms.map(({ Priority }) => Priority));
  if (Math.min(names.size, priorities.size) < mechanisms.length) throw recoveryMechanismRepeated();
}

/** As long as the subjects of all other mail; its own shape has no bound. */
const longestSubject = 140;

function requireSignInSubject({ EmailMfaConfiguration }: PoolSettings): void {
  if ((EmailMfaConfiguration?.Subject?.length ?? 0) > longestSubject) throw subjectTooLong(longestSubject);
}

/** Who is invited needs the name and the password; the password only where there is always one. */
function requireInvitation(settings: PoolSettings): void {
  const { SMSMessage, EmailMessage } = settings.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  const placeholders = allowsUsersWithoutPassword(settings) ? ['{username}'] : ['{username}', '{####}'];
  for (const text of [SMSMessage, EmailMessage]) {
    const missing = text === undefined ? undefined : placeholders.find((placeholder) => !text.includes(placeholder));
    if (missing !== undefined) throw inviteTemplateIncomplete(missing);
  }
}
