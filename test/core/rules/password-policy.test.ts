import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PasswordPolicy, PoolSettings } from '../../../lambdas/core/model/pool.ts';
import {
  type EffectivePasswordPolicy,
  passwordPolicy,
  requirePassword,
  temporaryPasswordEnd,
} from '../../../lambdas/core/rules/password-policy.ts';
import { invitationPassword } from '../../../lambdas/users/invitation-passwords.ts';
import { someMoment } from '../../support/model.ts';
import { refusalOf } from '../../support/refusals.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const policyOf = (settings: PoolSettings) => passwordPolicy({ settings });
const given = (PasswordPolicy: PasswordPolicy) => policyOf({ Policies: { PasswordPolicy } });
const defaults = policyOf({});
const open = given({});
const refused = (
  policy: EffectivePasswordPolicy,
  password: string,
  wording: 'signing-up' | 'changing' = 'signing-up',
) => refusalOf(() => requirePassword(policy, password, wording));

describe('A password policy', () => {
  test('is the API’s where the pool has none', () => {
    expect(defaults).toEqual({
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      PasswordHistorySize: 0,
      TemporaryPasswordValidityDays: 7,
    });
  });

  test('asks only for what it names where the pool has one', () => {
    expect(given({ RequireNumbers: true, PasswordHistorySize: 24 })).toEqual({
      MinimumLength: 6,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: true,
      RequireSymbols: false,
      PasswordHistorySize: 24,
      TemporaryPasswordValidityDays: 7,
    });
  });

  test.each<[number | undefined, number | undefined, number]>([
    [undefined, undefined, 7],
    [0, undefined, 7],
    [undefined, 0, 7],
    [3, undefined, 3],
    [undefined, 30, 30],
    [3, 30, 3],
  ])('lets temporary passwords live %s days, or %s in the older member: %i', (newer, older, days) => {
    const policy = policyOf({
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: newer } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: older },
    });
    expect(temporaryPasswordEnd(policy, someMoment)).toBe(someMoment + days * 86_400_000);
  });
});

describe('A password', () => {
  const missing = (rule: string) => `InvalidPasswordException: Password did not conform with policy: ${rule}`;

  test.each([
    ['Aa1!aaa', 'Password not long enough'],
    ['AA1!AAAA', 'Password must have lowercase characters'],
    ['aa1!aaaa', 'Password must have uppercase characters'],
    ['Aaa!aaaa', 'Password must have numeric characters'],
    ['Aa1aaaaa', 'Password must have symbol characters'],
  ])('like %s is refused: %s', (password, rule) => {
    expect(refused(defaults, password)).toBe(missing(rule));
    expect(refused(defaults, password, 'changing')).toBe(
      `InvalidPasswordException: Password does not conform to policy: ${rule}`,
    );
  });

  test('is refused for the first of the rules that it breaks', () => {
    const order = ['', 'aaaaaaaa', 'aAaaaaaa', 'aA1aaaaa'].map((password) => refused(defaults, password));
    expect(order).toEqual([
      missing('Password not long enough'),
      missing('Password must have uppercase characters'),
      missing('Password must have numeric characters'),
      missing('Password must have symbol characters'),
    ]);
    expect(refused(defaults, 'AAAAAAAA')).toBe(missing('Password must have lowercase characters'));
  });

  test.each([...'^$*.[]{}()?-"!@#%&/\\,><\':;|_~`+='])('has a symbol in %s', (symbol) => {
    expect(refused(defaults, `Aa1aaaa${symbol}`)).toBe('nothing is refused');
  });

  test('has a symbol in a blank, but only inside', () => {
    expect(refused(defaults, 'Aa1 aaaa')).toBe('nothing is refused');
    for (const password of [' Aa1!aaaa', 'Aa1!aaaa ', 'Aa1!\taaaa', 'Aa1!aaaa\n']) {
      expect(refused(open, password)).toMatch(/^InvalidParameterException: /);
    }
  });

  test('may have letters of every script, which satisfy no rule', () => {
    expect(refused(given({ RequireLowercase: true }), 'éàüßñø')).toBe(
      missing('Password must have lowercase characters'),
    );
    expect(refused(given({ RequireUppercase: true }), 'ÉÀÜÑØŁ')).toBe(
      missing('Password must have uppercase characters'),
    );
    expect(refused(given({ RequireNumbers: true }), '٣٤٥٦٧٨')).toBe(missing('Password must have numeric characters'));
    expect(refused(given({ RequireSymbols: true }), '€€€€€€')).toBe(missing('Password must have symbol characters'));
    expect(refused(open, 'пароль')).toBe('nothing is refused');
  });

  test('is as long as the policy says, and no longer than the API allows', () => {
    expect(refused(given({ MinimumLength: 99 }), 'a'.repeat(98))).toBe(missing('Password not long enough'));
    expect(refused(given({ MinimumLength: 99 }), 'a'.repeat(99))).toBe('nothing is refused');
    expect(refused(open, 'a'.repeat(256))).toBe('nothing is refused');
    expect(refused(open, 'a'.repeat(257))).toMatch(/^InvalidPasswordException: /);
  });
});

describe('The password of an invitation', () => {
  test('meets every policy that a pool can have', () => {
    const random = seededRandom();
    const policies = fc.record({
      MinimumLength: fc.integer({ min: 6, max: 99 }),
      RequireUppercase: fc.boolean(),
      RequireLowercase: fc.boolean(),
      RequireNumbers: fc.boolean(),
      RequireSymbols: fc.boolean(),
    });
    fc.assert(
      fc.property(policies, (asked) => {
        const password = invitationPassword(random, given(asked));
        expect(refused(given(asked), password)).toBe('nothing is refused');
        expect(password.length).toBeGreaterThanOrEqual(8);
      }),
      { numRuns: 100 },
    );
  });

  test('has no character that HTML would change', () => {
    const random = seededRandom();
    for (let made = 0; made < 100; made++) expect(invitationPassword(random, defaults)).not.toMatch(/[<>&"'\s]/);
  });

  test('is another one each time', () => {
    const random = seededRandom();
    const made = Array.from({ length: 100 }, () => invitationPassword(random, defaults));
    expect(new Set(made).size).toBe(100);
  });
});
