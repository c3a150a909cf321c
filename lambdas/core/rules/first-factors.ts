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

type Factored = Pick<User, 'status' | 'password' | 'attributes' | 'passkeyCounts'>;

/** Passkeys are for one relying party, which is the pool's; without it, nobody has one. */
type RelyingPartyId = string | undefined;

/** Whether the pool lets anybody begin with it. Codes are no first factor where the second one may be the same mailbox. */
const offers: Readonly<Record<UsableFactor, (settings: PoolSettings, relyingPartyId: RelyingPartyId) => boolean>> = {
  PASSWORD: () => true,
  EMAIL_OTP: (settings) => settings.MfaConfiguration !== 'ON',
  SMS_OTP: (settings) => settings.MfaConfiguration !== 'ON',
  WEB_AUTHN: (settings, relyingPartyId) =>
    relyingPartyId !== undefined &&
    (settings.MfaConfiguration !== 'ON' || isSecondFactor(settings.WebAuthnConfiguration)),
};

const holds: Readonly<Record<UsableFactor, (user: Factored, relyingPartyId: RelyingPartyId) => boolean>> = {
  PASSWORD: ({ password }) => password !== undefined,
  EMAIL_OTP: (user) => isReachable(user, 'email'),
  SMS_OTP: (user) => isReachable(user, 'phone_number'),
  WEB_AUTHN: ({ passkeyCounts = {} }, relyingPartyId = '') => (passkeyCounts[relyingPartyId] ?? 0) > 0,
};

/** What some user of the pool can begin to sign in with. */
export const offeredFactors = (settings: PoolSettings, relyingPartyId: RelyingPartyId): readonly UsableFactor[] => {
  const allowed = firstFactorsOf(settings);
  return inOrder.filter((factor) => allowed.includes(factor) && offers[factor](settings, relyingPartyId));
};

/** What this user can begin to sign in with. */
export function availableFactors(
  { settings }: Pick<Pool, 'settings'>,
  user: Factored,
  relyingPartyId: RelyingPartyId,
): readonly UsableFactor[] {
  if (user.status === 'EXTERNAL_PROVIDER') return [];
  const offered = offeredFactors(settings, relyingPartyId).filter((factor) => holds[factor](user, relyingPartyId));
  // Whoever was invited has to choose a password before anything else.
  return user.status === 'FORCE_CHANGE_PASSWORD' ? offered.filter((factor) => factor === 'PASSWORD') : offered;
}

/** Whether a code at the address is something that this user can begin to sign in with. */
export const isCodeAvailable = (
  pool: Pick<Pool, 'settings'>,
  user: Factored,
  factor: 'EMAIL_OTP' | 'SMS_OTP',
): boolean => availableFactors(pool, user, undefined).includes(factor);

/** Codes go to verified addresses alone. */
const isReachable = ({ attributes }: Pick<User, 'attributes'>, address: VerifiableAttribute): boolean =>
  Boolean(attributes[address]) && attributes[flagOf(address)] === 'true';
