/** The second factors and passkeys of a pool, as SetUserPoolMfaConfig replaces them. */
import { mfaFactorMissing, mfaFactorsDisabled, mfaOffWithFactor } from '../core/contract/errors.ts';
import type { MfaFactor, PoolSettings, SmsConfiguration } from '../core/model/pool.ts';
import { present } from '../core/rules/present.ts';
import { requirePoolSettings } from './pool-checks.ts';

/** By the names of the request. A block of its own stands for each factor. */
export interface MfaInput
  extends Pick<PoolSettings, 'MfaConfiguration' | 'EmailMfaConfiguration' | 'WebAuthnConfiguration'> {
  readonly SmsMfaConfiguration?: SmsMfaConfiguration | undefined;
  readonly SoftwareTokenMfaConfiguration?: { readonly Enabled?: boolean | undefined } | undefined;
}

interface SmsMfaConfiguration {
  readonly SmsAuthenticationMessage?: string | undefined;
  readonly SmsConfiguration?: SmsConfiguration | undefined;
}

/**
 * The settings with their second factors replaced: those that the request leaves out are off, and without a word about
 * MFA all of them are.
 */
export function settingsWithMfa(before: PoolSettings, input: MfaInput): PoolSettings {
  const factors = factorsIn(input);
  requireFactors(input, factors);
  const settings = present<PoolSettings>({
    ...before,
    ...smsAfter(before, input.SmsMfaConfiguration),
    MfaConfiguration: input.MfaConfiguration ?? 'OFF',
    EnabledMfas: factors,
    SoftwareTokenMfaConfiguration: softwareTokenIn(input),
    EmailMfaConfiguration: input.EmailMfaConfiguration,
    WebAuthnConfiguration: input.WebAuthnConfiguration,
  });
  requirePoolSettings(settings, before);
  return settings;
}

/** For text messages and e-mail, to be named is to be on. */
function factorsIn(input: MfaInput): readonly MfaFactor[] {
  const isOn: Readonly<Record<MfaFactor, boolean>> = {
    SMS_MFA: input.SmsMfaConfiguration !== undefined,
    SOFTWARE_TOKEN_MFA: input.SoftwareTokenMfaConfiguration?.Enabled ?? false,
    EMAIL_OTP: input.EmailMfaConfiguration !== undefined,
  };
  // The table has every factor once, so its keys are the factors.
  return (Object.keys(isOn) as MfaFactor[]).filter((factor) => isOn[factor]);
}

/** Passkeys are no second factor here: they may be set beside one, and do not replace it. */
function requireFactors(input: MfaInput, factors: readonly MfaFactor[]): void {
  const isNamed = factors.length > 0 || input.SoftwareTokenMfaConfiguration !== undefined;
  const isOff = (input.MfaConfiguration ?? 'OFF') === 'OFF';
  if (isOff && isNamed) throw mfaOffWithFactor();
  if (isOff || factors.length > 0) return;
  throw isNamed ? mfaFactorsDisabled() : mfaFactorMissing();
}

const softwareTokenIn = ({ SoftwareTokenMfaConfiguration: given }: MfaInput) =>
  given && { Enabled: given.Enabled ?? false };

/** How text messages are sent serves verification as well: what the request does not speak of stays. */
function smsAfter(before: PoolSettings, asked: SmsMfaConfiguration | undefined): PoolSettings {
  if (!asked) return {};
  return {
    SmsAuthenticationMessage: asked.SmsAuthenticationMessage,
    SmsConfiguration: asked.SmsConfiguration ?? before.SmsConfiguration,
  };
}
