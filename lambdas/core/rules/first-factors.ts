/** How people of a pool may begin to sign in. */
import type { FirstFactor, Pool, PoolSettings, WebAuthnConfiguration } from '../model/pool.ts';
import type { User, VerifiableAttribute } from '../model/user.ts';
import { flagOf } from './addresses.ts';

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

/** All that somebody may begin to sign in with, in the order of the API. An authenticator app is never a first factor. */
const inOrder = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const satisfies readonly FirstFactor[];

export type UsableFactor = (typeof inOrder)[number];

type Factored = Pick<User, 'status' | 'password' | 'attributes' | 'passkeyCount'>;

/** Whether the pool lets anybody begin with it. Codes are no first factor where the second one may be the same mailbox. */
const offers: Readonly<Record<UsableFactor, (settings: PoolSettings) => boolean>> = {
  PASSWORD: () => true,
  EMAIL_OTP: (settings) => settings.MfaConfiguration !== 'ON',
  SMS_OTP: (settings) => settings.MfaConfiguration !== 'ON',
  WEB_AUTHN: (settings) => settings.MfaConfiguration !== 'ON' || isSecondFactor(settings.WebAuthnConfiguration),
};

const holds: Readonly<Record<UsableFactor, (user: Factored) => boolean>> = {
  PASSWORD: ({ password }) => password !== undefined,
  EMAIL_OTP: (user) => isReachable(user, 'email'),
  SMS_OTP: (user) => isReachable(user, 'phone_number'),
  WEB_AUTHN: ({ passkeyCount = 0 }) => passkeyCount > 0,
};

/** What some user of the pool can begin to sign in with. */
export const offeredFactors = (settings: PoolSettings): readonly UsableFactor[] => {
  const allowed = firstFactorsOf(settings);
  return inOrder.filter((factor) => allowed.includes(factor) && offers[factor](settings));
};

/** What this user can begin to sign in with. */
export function availableFactors({ settings }: Pick<Pool, 'settings'>, user: Factored): readonly UsableFactor[] {
  if (user.status === 'EXTERNAL_PROVIDER') return [];
  const offered = offeredFactors(settings).filter((factor) => holds[factor](user));
  // Whoever was invited has to choose a password before anything else.
  return user.status === 'FORCE_CHANGE_PASSWORD' ? offered.filter((factor) => factor === 'PASSWORD') : offered;
}

/** Codes go to verified addresses alone. */
const isReachable = ({ attributes }: Pick<User, 'attributes'>, address: VerifiableAttribute): boolean =>
  Boolean(attributes[address]) && attributes[flagOf(address)] === 'true';
