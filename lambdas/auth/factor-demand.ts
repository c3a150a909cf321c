/** Which second factor a sign-in by password has to prove, decided on the pool and the user alone. */
import type { MfaFactor, Pool } from '../core/model/pool.ts';
import type { SoftwareToken } from '../core/model/software-token.ts';
import type { User } from '../core/model/user.ts';
import { flagOf } from '../core/rules/addresses.ts';
import { firstFactorsOf } from '../core/rules/first-factors.ts';
import { enabledFactors, mfaFactors, offeredFactors } from '../core/rules/mfa-factors.ts';

/** A user may choose when several are turned on and none comes first; one who has none sets one up. */
export type Demand =
  | { readonly kind: 'none' }
  | { readonly kind: 'factor'; readonly factor: MfaFactor }
  | { readonly kind: 'choice' | 'set-up'; readonly factors: readonly MfaFactor[] };

type Settings = Pick<Pool, 'settings'>;
type Asked = Pick<User, 'attributes' | 'mfa'>;

export function demandOf(pool: Settings, user: Asked, token: SoftwareToken | undefined): Demand {
  const mode = pool.settings.MfaConfiguration ?? 'OFF';
  if (mode === 'OFF') return { kind: 'none' };
  const factors = readyFactors(user, token);
  if (factors.length > 0) return among(user, factors);
  return mode === 'ON' ? demandOfUnprepared(pool, user) : { kind: 'none' };
}

/** One of these. */
export function among({ mfa }: Pick<User, 'mfa'>, factors: readonly MfaFactor[]): Demand {
  const [first, ...others] = factors;
  const factor = others.length === 0 ? first : factors.find((each) => each === mfa?.preferred);
  return factor ? { kind: 'factor', factor } : { kind: 'choice', factors };
}

/**
 * What a user can prove beside the password, whether the pool would ask for it or not: what they have turned on, else the
 * verified addresses that the pool sends codes to.
 */
export function secondFactorsOf(pool: Settings, user: Asked, token: SoftwareToken | undefined): readonly MfaFactor[] {
  const ready = readyFactors(user, token);
  return ready.length > 0 ? ready : mfaFactors.filter((factor) => isSentTo(pool, user, factor));
}

function isSentTo(pool: Settings, { attributes }: Asked, factor: MfaFactor): boolean {
  if (factor === 'SOFTWARE_TOKEN_MFA') return false;
  const address = factor === 'SMS_MFA' ? 'phone_number' : 'email';
  const isOffered =
    offeredFactors(pool).includes(factor) ||
    firstFactorsOf(pool.settings).includes(factor === 'SMS_MFA' ? 'SMS_OTP' : 'EMAIL_OTP');
  return isOffered && Boolean(attributes[address]) && attributes[flagOf(address)] === 'true';
}

/** Whether a factor that was asked for a while ago still proves something: not one that was turned off for another. */
export function stillProves(pool: Settings, user: Asked, token: SoftwareToken | undefined, factor: MfaFactor): boolean {
  if (demandOf(pool, user, token).kind === 'none') return true;
  const ready = readyFactors(user, token);
  return ready.length === 0 || ready.includes(factor);
}

const readyFactors = (user: Asked, token: SoftwareToken | undefined): readonly MfaFactor[] =>
  enabledFactors(user).filter((factor) => isReady(factor, user, token));

/** Whoever has an address that the pool sends codes to need not set anything up. */
function demandOfUnprepared(pool: Settings, user: Asked): Demand {
  const offered = offeredFactors(pool);
  const factor = mfaFactors.find((each) => offered.includes(each) && isReady(each, user, undefined));
  return factor ? { kind: 'factor', factor } : { kind: 'set-up', factors: offered };
}

/** Whether the user has what the factor takes. An app goes on to be good in a pool that no longer offers apps. */
function isReady(factor: MfaFactor, { attributes }: Asked, token: SoftwareToken | undefined): boolean {
  switch (factor) {
    case 'SMS_MFA':
      return Boolean(attributes['phone_number']);
    case 'EMAIL_OTP':
      return Boolean(attributes['email']);
    case 'SOFTWARE_TOKEN_MFA':
      return token?.secret !== undefined;
    default:
      return factor satisfies never;
  }
}
