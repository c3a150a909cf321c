/** The second factors: those that a pool offers, and those that a user has turned on. */
import type { MfaFactor, Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';

/** Each of them once, in the order in which answers name them. */
export const mfaFactors = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const satisfies readonly MfaFactor[];

export const offeredFactors = ({ settings }: Pick<Pool, 'settings'>): readonly MfaFactor[] =>
  mfaFactors.filter((factor) => settings.EnabledMfas?.includes(factor));

/** In the newer way or in the older one, which knows text messages alone. */
export const enabledFactors = ({ mfa }: Pick<User, 'mfa'>): readonly MfaFactor[] =>
  mfaFactors.filter(
    (factor) => mfa?.enabled.includes(factor) || (factor === 'SMS_MFA' && (mfa?.options ?? []).length > 0),
  );
