/** The older setting of second factors, which knows codes by SMS and nothing else. */
import { mfaOptionInvalid, smsFactorUndeliverable } from '../contract/errors.ts';
import type { MfaPreferences, User } from '../model/user.ts';

/** As a request names what it turns on. */
export interface AskedOption {
  readonly DeliveryMedium?: 'SMS' | 'EMAIL' | undefined;
  readonly AttributeName?: string | undefined;
}

const smsOption = { DeliveryMedium: 'SMS', AttributeName: 'phone_number' } as const;

/** The user with codes by SMS turned on, or, by an empty list, off. */
export function withSmsOption(user: User, asked: readonly AskedOption[]): User {
  const [option, ...others] = asked;
  if (!option) return { ...user, mfa: withoutSms(user.mfa) };
  if (others.length > 0 || !isSms(option)) throw mfaOptionInvalid();
  if (!user.attributes[smsOption.AttributeName]) throw smsFactorUndeliverable();
  return { ...user, mfa: { enabled: [], ...user.mfa, options: [smsOption] } };
}

const isSms = ({ DeliveryMedium, AttributeName }: AskedOption): boolean =>
  DeliveryMedium === smsOption.DeliveryMedium && AttributeName === smsOption.AttributeName;

/** However it was turned on; nothing is left of preferences that name no factor. */
function withoutSms(mfa: MfaPreferences | undefined): MfaPreferences | undefined {
  const enabled = mfa?.enabled.filter((factor) => factor !== 'SMS_MFA') ?? [];
  if (enabled.length === 0) return undefined;
  return { enabled, preferred: mfa?.preferred === 'SMS_MFA' ? undefined : mfa?.preferred };
}
