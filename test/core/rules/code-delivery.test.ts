import { describe, expect, test } from 'vitest';
import type { PoolSettings } from '../../../lambdas/core/model/pool.ts';
import type { Attributes, MfaPreferences } from '../../../lambdas/core/model/user.ts';
import {
  deliveryDetails,
  deliveryTo,
  findSignUpDelivery,
  invitationDeliveries,
  requireAttributeDelivery,
  requireRecoveryDelivery,
  requireSelfRecovery,
  requireSignUpDelivery,
  requireVerifiable,
  simulatedDelivery,
} from '../../../lambdas/core/rules/code-delivery.ts';
import { aSealer } from '../../support/key-material.ts';
import { aPool, aUser } from '../../support/model.ts';
import { refusalOf } from '../../support/refusals.ts';

const email = 'ada@example.com';
const phone = '+12065559934';
const both = { email, phone_number: phone };
const toMail = { medium: 'EMAIL', attribute: 'email', target: email };
const toPhone = { medium: 'SMS', attribute: 'phone_number', target: phone };

const withSettings = (settings: PoolSettings) => aPool({ settings });
const verifying = (...names: ('email' | 'phone_number')[]) => withSettings({ AutoVerifiedAttributes: names });

describe('The code of a registration', () => {
  test.each<[string, ('email' | 'phone_number')[], Attributes, unknown]>([
    ['nowhere in a pool that verifies nothing', [], both, undefined],
    ['to the mailbox that the pool verifies', ['email'], both, toMail],
    ['to the phone that the pool verifies', ['phone_number'], both, toPhone],
    ['nowhere without the address that the pool verifies', ['email'], { phone_number: phone }, undefined],
    ['to the phone where the pool verifies both', ['email', 'phone_number'], both, toPhone],
    ['to the one address there is where the pool verifies both', ['email', 'phone_number'], { email }, toMail],
  ])('goes %s', (_where, names, attributes, expected) => {
    expect(findSignUpDelivery(verifying(...names), attributes)).toEqual(expected);
  });

  test('goes to the same address again', () => {
    expect(requireSignUpDelivery(verifying('email'), { attributes: both })).toEqual(toMail);
  });

  test('is not sent again where the pool verifies nothing', () => {
    expect(refusalOf(() => requireSignUpDelivery(verifying(), { attributes: both }))).toBe(
      'InvalidParameterException: Cannot resend codes. Auto verification not turned on.',
    );
  });

  test('is not sent again to a user without the address', () => {
    expect(refusalOf(() => requireSignUpDelivery(verifying('email'), { attributes: {} }))).toMatch(
      /^InvalidParameterException: /,
    );
  });
});

describe('The code that verifies an attribute', () => {
  test('goes to the present address', () => {
    expect(requireAttributeDelivery(aUser({ attributes: both }), 'email')).toEqual(toMail);
  });

  test('goes to the new address while one waits', () => {
    const waiting = aUser({ attributes: { email: 'old@example.com' }, pending: { email } });
    expect(requireAttributeDelivery(waiting, 'email')).toEqual(toMail);
  });

  test('goes nowhere without an address', () => {
    expect(refusalOf(() => requireAttributeDelivery(aUser(), 'phone_number'))).toMatch(/^InvalidParameterException: /);
  });

  test('is for addresses alone', () => {
    expect(requireVerifiable('phone_number')).toBe('phone_number');
    for (const name of ['', 'Email', 'name', 'email_verified', 'sub', '__proto__']) {
      expect(refusalOf(() => requireVerifiable(name))).toMatch(/^InvalidParameterException: /);
    }
  });
});

type Mechanism = 'verified_email' | 'verified_phone_number' | 'admin_only';

const recovering = (...names: Mechanism[]): PoolSettings => ({
  AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, at) => ({ Priority: at + 1, Name })) },
});

const verified = { ...both, email_verified: 'true', phone_number_verified: 'true' };
const noAddress =
  'InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number';

describe('The code that resets a password', () => {
  test.each<[string, PoolSettings, Attributes, unknown]>([
    ['to the phone without a setting', {}, verified, toPhone],
    [
      'to a verified mailbox when the phone is not verified',
      {},
      { ...verified, phone_number_verified: 'false' },
      toMail,
    ],
    ['to the mailbox where that comes first', recovering('verified_email', 'verified_phone_number'), verified, toMail],
    ['to the phone where that comes first', recovering('verified_phone_number', 'verified_email'), verified, toPhone],
    [
      'to the second choice when the first is not verified',
      recovering('verified_email', 'verified_phone_number'),
      { ...verified, email_verified: 'false' },
      toPhone,
    ],
  ])('goes %s', (_where, settings, attributes, expected) => {
    expect(requireRecoveryDelivery(withSettings(settings), aUser({ attributes }))).toEqual(expected);
  });

  test('follows the priorities, whatever the order they are listed in', () => {
    const RecoveryMechanisms = [
      { Priority: 2, Name: 'verified_phone_number' },
      { Priority: 1, Name: 'verified_email' },
    ] as const;
    const pool = withSettings({ AccountRecoverySetting: { RecoveryMechanisms } });
    expect(requireRecoveryDelivery(pool, aUser({ attributes: verified }))).toEqual(toMail);
  });

  test.each<[string, PoolSettings, Attributes]>([
    ['is verified', {}, both],
    ['is there', {}, {}],
    ['has a value beside its flag', {}, { email_verified: 'true' }],
    ['is of the kind that the pool names', recovering('verified_email'), { ...verified, email_verified: 'false' }],
  ])('goes nowhere when no address %s', (_what, settings, attributes) => {
    expect(refusalOf(() => requireRecoveryDelivery(withSettings(settings), aUser({ attributes })))).toBe(noAddress);
  });

  test('is the administrators’ business where the pool says so', () => {
    const pool = withSettings(recovering('admin_only'));
    const refused = 'NotAuthorizedException: Contact administrator to reset password.';
    expect(refusalOf(() => requireSelfRecovery(pool))).toBe(refused);
    expect(refusalOf(() => requireRecoveryDelivery(pool, aUser({ attributes: verified })))).toBe(refused);
    expect(refusalOf(() => requireSelfRecovery(aPool()))).toBe('nothing is refused');
  });

  test.each<[string, MfaPreferences, unknown]>([
    ['SMS is', { enabled: ['SMS_MFA'] }, toMail],
    ['e-mail is', { enabled: ['EMAIL_OTP'] }, toPhone],
    ['an app is', { enabled: ['SOFTWARE_TOKEN_MFA'] }, toPhone],
    [
      'SMS was chosen in the older way and is',
      { enabled: [], options: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] },
      toMail,
    ],
  ])('does not go where %s the second factor', (_what, mfa, expected) => {
    const pool = withSettings({ MfaConfiguration: 'OPTIONAL' });
    expect(requireRecoveryDelivery(pool, aUser({ attributes: verified, mfa }))).toEqual(expected);
  });

  test('goes nowhere when both addresses are second factors', () => {
    const user = aUser({ attributes: verified, mfa: { enabled: ['SMS_MFA', 'EMAIL_OTP'] } });
    expect(refusalOf(() => requireRecoveryDelivery(withSettings({ MfaConfiguration: 'ON' }), user))).toBe(noAddress);
  });

  test('may go to a former second factor once the pool asks for none', () => {
    const user = aUser({ attributes: verified, mfa: { enabled: ['SMS_MFA'] } });
    expect(requireRecoveryDelivery(withSettings({ MfaConfiguration: 'OFF' }), user)).toEqual(toPhone);
  });
});

describe('An invitation', () => {
  test.each<[string, Attributes, ('EMAIL' | 'SMS')[] | undefined, unknown[]]>([
    ['to the phone when nothing was asked for', both, undefined, [toPhone]],
    ['to the mailbox when there is no phone', { email }, undefined, [toMail]],
    ['nowhere without an address', {}, undefined, []],
    ['to the medium that was asked for', both, ['EMAIL'], [toMail]],
    ['to both media', both, ['SMS', 'EMAIL'], [toPhone, toMail]],
    ['once, however often a medium is named', both, ['EMAIL', 'EMAIL'], [toMail]],
  ])('goes %s', (_where, attributes, asked, expected) => {
    expect(invitationDeliveries(attributes, asked)).toEqual(expected);
  });

  test('is refused when a medium was asked for that the user has no address for', () => {
    expect(refusalOf(() => invitationDeliveries({ email }, ['EMAIL', 'SMS']))).toMatch(/^InvalidParameterException: /);
  });
});

describe('The answer about a delivery', () => {
  test('shows no more of the address than its first letters, or its last four digits', () => {
    expect(deliveryDetails(deliveryTo('email', email))).toEqual({
      Destination: 'a***@e***',
      DeliveryMedium: 'EMAIL',
      AttributeName: 'email',
    });
    expect(deliveryDetails(deliveryTo('phone_number', phone))).toEqual({
      Destination: '+*******9934',
      DeliveryMedium: 'SMS',
      AttributeName: 'phone_number',
    });
  });
});

describe('The answer about a name that nobody has', () => {
  const sealer = aSealer();
  const simulated = (settings: PoolSettings, name: string, reason: 'sign-up' | 'recovery' = 'recovery') =>
    simulatedDelivery({ sealer }, withSettings(settings), name, reason);

  test('is shaped as that about a user, and the same every time', async () => {
    const first = await simulated({ AutoVerifiedAttributes: ['email'] }, 'nobody');
    expect(first).toEqual({
      Destination: expect.stringMatching(/^[a-z]\*\*\*@[a-z]\*\*\*$/),
      DeliveryMedium: 'EMAIL',
      AttributeName: 'email',
    });
    expect(await simulated({ AutoVerifiedAttributes: ['email'] }, 'nobody')).toEqual(first);
  });

  test.each<[string, PoolSettings, string, 'sign-up' | 'recovery', 'EMAIL' | 'SMS']>([
    ['e-mail where the pool verifies it', { AutoVerifiedAttributes: ['email'] }, 'nobody', 'sign-up', 'EMAIL'],
    ['the phone where the pool does not', {}, 'nobody', 'sign-up', 'SMS'],
    ['the pool’s first way to recover', recovering('verified_email'), 'nobody', 'recovery', 'EMAIL'],
    ['what is verified, when registering', recovering('verified_email'), 'nobody', 'sign-up', 'SMS'],
    ['the kind of the name', { UsernameAttributes: ['phone_number', 'email'] }, 'no@one.org', 'recovery', 'EMAIL'],
    ['the kind of the name', { UsernameAttributes: ['phone_number', 'email'] }, '+15550123', 'recovery', 'SMS'],
  ])('names %s', async (_what, settings, name, reason, medium) => {
    expect(await simulated(settings, name, reason)).toMatchObject({ DeliveryMedium: medium });
  });

  test('is the same for names that the pool takes for the same', async () => {
    const folding: PoolSettings = { UsernameConfiguration: { CaseSensitive: false } };
    expect(await simulated(folding, 'NoBody')).toEqual(await simulated(folding, 'nobody'));
    expect(await simulated({}, 'NoBody')).not.toEqual(await simulated({}, 'nobody'));
  });

  test('masks a name that is itself an address', async () => {
    expect(await simulated({ UsernameAttributes: ['email'] }, 'nobody@example.com')).toMatchObject({
      Destination: 'n***@e***',
    });
  });
});
