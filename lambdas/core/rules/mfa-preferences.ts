/** Which second factors a user wants, as SetUserMFAPreference and its administrator form change it. */
import {
  factorUndeliverable,
  lastFactorNeeded,
  passkeyIsNoSecondFactor,
  passkeyNeedsOtherFactor,
  severalPreferredFactors,
  softwareTokenNotSetUp,
  softwareTokenNotVerified,
} from '../contract/errors.ts';
import type { MfaFactor, Pool } from '../model/pool.ts';
import type { SoftwareToken } from '../model/software-token.ts';
import type { MfaPreferences, User } from '../model/user.ts';
import { isSecondFactor } from './first-factors.ts';
import { enabledFactors, mfaFactors } from './mfa-factors.ts';

interface AskedFactor {
  readonly Enabled?: boolean | undefined;
  readonly PreferredMfa?: boolean | undefined;
}

/** By the names of the request. What it does not name stays as it is. */
export interface AskedPreferences {
  readonly SMSMfaSettings?: AskedFactor | undefined;
  readonly SoftwareTokenMfaSettings?: AskedFactor | undefined;
  readonly EmailMfaSettings?: AskedFactor | undefined;
  readonly WebAuthnMfaSettings?: Pick<AskedFactor, 'Enabled'> | undefined;
}

type Asked = Readonly<Record<MfaFactor, AskedFactor | undefined>>;

export const preferenceGaps = ['`WebAuthnMfaSettings` is checked, and has no effect.'] as const;

export function withPreferences(
  pool: Pool,
  user: User,
  token: SoftwareToken | undefined,
  given: AskedPreferences,
): User {
  const asked: Asked = {
    SMS_MFA: given.SMSMfaSettings,
    SOFTWARE_TOKEN_MFA: given.SoftwareTokenMfaSettings,
    EMAIL_OTP: given.EmailMfaSettings,
  };
  for (const factor of mfaFactors) if (asked[factor]?.Enabled) requireReady(factor, user, token);
  const after = { ...user, mfa: preferencesAfter(user.mfa, asked) };
  requireOneLeft(pool, user, after);
  if (given.WebAuthnMfaSettings?.Enabled) requirePasskeyUse(pool, after);
  return after;
}

/** Without the factor, however it was turned on. */
export const withoutFactor = (user: User, factor: MfaFactor): User => {
  const asked = { SMS_MFA: undefined, SOFTWARE_TOKEN_MFA: undefined, EMAIL_OTP: undefined };
  return { ...user, mfa: preferencesAfter(user.mfa, { ...asked, [factor]: { Enabled: false } }) };
};

function requireReady(factor: MfaFactor, { attributes }: User, token: SoftwareToken | undefined): void {
  if (factor !== 'SOFTWARE_TOKEN_MFA') {
    if (!attributes[factor === 'SMS_MFA' ? 'phone_number' : 'email']) throw factorUndeliverable();
    return;
  }
  if (token?.secret) return;
  throw token?.pending ? softwareTokenNotVerified() : softwareTokenNotSetUp();
}

/** Nothing is left of preferences that name no factor. */
function preferencesAfter(mfa: MfaPreferences | undefined, asked: Asked): MfaPreferences | undefined {
  const enabled = mfaFactors.filter((factor) => asked[factor]?.Enabled ?? (!asked[factor] && isOn(mfa, factor)));
  const options = asked.SMS_MFA && !asked.SMS_MFA.Enabled ? undefined : mfa?.options;
  if (enabled.length === 0 && !options) return undefined;
  return { enabled, preferred: preferredAfter(mfa, asked, enabled), ...(options && { options }) };
}

const isOn = (mfa: MfaPreferences | undefined, factor: MfaFactor): boolean => mfa?.enabled.includes(factor) ?? false;

/** What is not turned on is not preferred, whatever the request says of it. */
function preferredAfter(
  mfa: MfaPreferences | undefined,
  asked: Asked,
  enabled: readonly MfaFactor[],
): MfaFactor | undefined {
  const [chosen, ...others] = enabled.filter((factor) => asked[factor]?.PreferredMfa);
  if (others.length > 0) throw severalPreferredFactors();
  const former = enabled.find((factor) => factor === mfa?.preferred);
  return chosen ?? (former && asked[former]?.PreferredMfa === false ? undefined : former);
}

function requireOneLeft({ settings }: Pool, before: User, after: User): void {
  if (settings.MfaConfiguration !== 'ON') return;
  if (enabledFactors(before).length > 0 && enabledFactors(after).length === 0) throw lastFactorNeeded();
}

function requirePasskeyUse({ settings }: Pool, after: User): void {
  if (!isSecondFactor(settings.WebAuthnConfiguration)) throw passkeyIsNoSecondFactor();
  if (enabledFactors(after).length === 0) throw passkeyNeedsOtherFactor();
}
