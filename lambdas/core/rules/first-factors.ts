/** How people of a pool may begin to sign in. */
import type { FirstFactor, PoolSettings, WebAuthnConfiguration } from '../model/pool.ts';

/** A password is always among them, whatever else a pool names. */
export const firstFactorsOf = ({ Policies }: PoolSettings): readonly FirstFactor[] => [
  ...new Set<FirstFactor>(['PASSWORD', ...(Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [])]),
];

/** Whether people can sign in with a code alone, so that an account without a password is of use. */
export const allowsUsersWithoutPassword = (settings: PoolSettings): boolean =>
  firstFactorsOf(settings).some((factor) => factor === 'EMAIL_OTP' || factor === 'SMS_OTP');

/** Whether a passkey is as good as a password with a second factor; unless a pool says so, it is one factor. */
export const isSecondFactor = (passkeys: WebAuthnConfiguration | undefined): boolean =>
  passkeys?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION';
