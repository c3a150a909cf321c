/** What a pool asks of a password. */
import {
  type PasswordWording,
  passwordNotLongEnough,
  passwordTooLong,
  passwordWithoutLowercase,
  passwordWithoutNumber,
  passwordWithoutSymbol,
  passwordWithoutUppercase,
  passwordWithUnusableBlank,
  type Refusal,
} from '../contract/errors.ts';
import type { PasswordPolicy, PoolSettings } from '../model/pool.ts';

/** Every member decided. */
export interface EffectivePasswordPolicy {
  readonly MinimumLength: number;
  readonly RequireUppercase: boolean;
  readonly RequireLowercase: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireSymbols: boolean;
  /** How many permanent passwords may not be used again; 0 for none. */
  readonly PasswordHistorySize: number;
  readonly TemporaryPasswordValidityDays: number;
}

const whenOmitted: PasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};

const defaultValidityDays = 7;
const longest = 256;

/** A policy that was given asks only for what it names; a pool without one has the API's own. */
export function passwordPolicy({ settings }: { readonly settings: PoolSettings }): EffectivePasswordPolicy {
  const given = settings.Policies?.PasswordPolicy;
  const policy = given ?? whenOmitted;
  return {
    MinimumLength: policy.MinimumLength ?? 6,
    RequireUppercase: policy.RequireUppercase ?? false,
    RequireLowercase: policy.RequireLowercase ?? false,
    RequireNumbers: policy.RequireNumbers ?? false,
    RequireSymbols: policy.RequireSymbols ?? false,
    PasswordHistorySize: policy.PasswordHistorySize ?? 0,
    // 0 asks for the default in both members.
    TemporaryPasswordValidityDays:
      policy.TemporaryPasswordValidityDays ||
      settings.AdminCreateUserConfig?.UnusedAccountValidityDays ||
      defaultValidityDays,
  };
}

/** The moment (ms) after which a temporary password that is issued now no longer signs in. */
export const temporaryPasswordEnd = (policy: EffectivePasswordPolicy, now: number): number =>
  now + policy.TemporaryPasswordValidityDays * 24 * 60 * 60 * 1000;

/** Refuses with the first rule that the password breaks. `wording` follows the operation. */
export function requirePassword(policy: EffectivePasswordPolicy, password: string, wording: PasswordWording): void {
  const broken = rules(policy).find(({ holds }) => !holds(password));
  if (broken) throw broken.refusal(wording);
}

interface Rule {
  holds(password: string): boolean;
  refusal(wording: PasswordWording): Refusal;
}

const rules = (policy: EffectivePasswordPolicy): readonly Rule[] => [
  { holds: (text) => text.length <= longest, refusal: passwordTooLong },
  { holds: (text) => !unusableBlank.test(text), refusal: passwordWithUnusableBlank },
  { holds: (text) => text.length >= policy.MinimumLength, refusal: passwordNotLongEnough },
  { holds: (text) => !policy.RequireLowercase || /[a-z]/.test(text), refusal: passwordWithoutLowercase },
  { holds: (text) => !policy.RequireUppercase || /[A-Z]/.test(text), refusal: passwordWithoutUppercase },
  { holds: (text) => !policy.RequireNumbers || /[0-9]/.test(text), refusal: passwordWithoutNumber },
  { holds: (text) => !policy.RequireSymbols || symbol.test(text), refusal: passwordWithoutSymbol },
];

/** A blank counts as a symbol inside a password; first, last, or as another white space it may not stand. */
const unusableBlank = /^ | $|[\t\n\v\f\r]/;
const symbol = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/;
