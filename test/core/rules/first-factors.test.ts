import { describe, expect, test } from 'vitest';
import type { PoolSettings } from '../../../lambdas/core/model/pool.ts';
import type { User } from '../../../lambdas/core/model/user.ts';
import { availableFactors } from '../../../lambdas/core/rules/first-factors.ts';

type Person = Parameters<typeof availableFactors>[1];

const everything: Person = {
  status: 'CONFIRMED',
  password: { sealed: new Uint8Array(1) },
  attributes: { email: 'a@b', email_verified: 'true', phone_number: '+1', phone_number_verified: 'true' },
  passkeyCounts: { 'example.com': 1, 'former.example': 1 },
};

const allowing = (
  AllowedFirstAuthFactors: NonNullable<
    NonNullable<PoolSettings['Policies']>['SignInPolicy']
  >['AllowedFirstAuthFactors'],
  more: Partial<PoolSettings> = {},
): PoolSettings => ({ Policies: { SignInPolicy: { AllowedFirstAuthFactors } }, ...more });

const all = allowing(['WEB_AUTHN', 'SMS_OTP', 'EMAIL_OTP', 'PASSWORD']);
const strict = { MfaConfiguration: 'ON' } as const;
const twoInOne = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } } as const;

describe('What somebody can begin to sign in with', () => {
  test.each<{ what: string; settings: PoolSettings; user?: Partial<User>; factors: readonly string[] }>([
    {
      what: 'all of it, in the order of the API',
      settings: all,
      factors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
    },
    { what: 'a password where the pool says nothing', settings: {}, factors: ['PASSWORD'] },
    {
      what: 'a password where the pool does not name it',
      settings: allowing(['EMAIL_OTP']),
      factors: ['PASSWORD', 'EMAIL_OTP'],
    },
    { what: 'never an app', settings: allowing(['SOFTWARE_TOKEN']), factors: ['PASSWORD'] },
    {
      what: 'no password without one',
      settings: all,
      user: { password: undefined },
      factors: ['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
    },
    {
      what: 'no passkey without one',
      settings: all,
      user: { passkeyCounts: { 'example.com': 0 } },
      factors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
    },
    {
      what: 'no passkey where none was counted',
      settings: all,
      user: { passkeyCounts: undefined },
      factors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
    },
    {
      what: 'no passkey with those of other relying parties alone',
      settings: all,
      user: { passkeyCounts: { 'former.example': 2 } },
      factors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
    },
    {
      what: 'no code at an address that is not verified',
      settings: all,
      user: { attributes: { email: 'a@b', email_verified: 'false', phone_number: '+1' } },
      factors: ['PASSWORD', 'WEB_AUTHN'],
    },
    {
      what: 'no code at an address that is not there',
      settings: all,
      user: { attributes: { email: '', email_verified: 'true', phone_number_verified: 'true' } },
      factors: ['PASSWORD', 'WEB_AUTHN'],
    },
    {
      what: 'a password alone for who was invited',
      settings: all,
      user: { status: 'FORCE_CHANGE_PASSWORD' },
      factors: ['PASSWORD'],
    },
    {
      what: 'nothing for who is of another provider',
      settings: all,
      user: { status: 'EXTERNAL_PROVIDER' },
      factors: [],
    },
    { what: 'no code where everybody gives two factors', settings: { ...all, ...strict }, factors: ['PASSWORD'] },
    {
      what: 'codes where some give two',
      settings: { ...allowing(['EMAIL_OTP']), MfaConfiguration: 'OPTIONAL' },
      factors: ['PASSWORD', 'EMAIL_OTP'],
    },
    {
      what: 'a passkey that is two factors',
      settings: { ...all, ...strict, ...twoInOne },
      factors: ['PASSWORD', 'WEB_AUTHN'],
    },
  ])('is $what', ({ settings, user = {}, factors }) => {
    expect(availableFactors({ settings }, { ...everything, ...user } as Person, 'example.com')).toEqual(factors);
  });

  test('is no passkey in a pool that has no relying party', () => {
    expect(availableFactors({ settings: all }, everything, undefined)).toEqual(['PASSWORD', 'EMAIL_OTP', 'SMS_OTP']);
  });
});
