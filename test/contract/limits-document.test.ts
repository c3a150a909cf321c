/** What a document of limits may say, and the sentence for what it may not. */
import { describe, expect, test } from 'vitest';
import { LimitsRefused, limitSettings, requireLimits } from '../../lambdas/core/contract/limits-document.ts';
import { usualQuotas } from '../../lambdas/core/rules/quotas.ts';
import { usualRates } from '../../lambdas/core/rules/request-rates.ts';

function refusal(document: unknown): string {
  try {
    requireLimits(document);
  } catch (error) {
    if (error instanceof LimitsRefused) return error.message;
    throw error;
  }
  return 'nothing is refused';
}

const quotaNames = Object.keys(usualQuotas).join(', ');
const categories = Object.keys(usualRates).join(', ');
const adjustable = 'UserAuthentication, UserCreation, UserFederation, UserRead, UserToken, UserResourceRead';

describe('A document of limits', () => {
  test('that says nothing leaves everything as it is', () => {
    expect(limitSettings(requireLimits({}))).toEqual({});
  });

  test('turns limits of rates on, with other rates or as they are, and leaves them off', () => {
    expect(limitSettings(requireLimits({ rates: true }))).toEqual({ rates: {} });
    expect(limitSettings(requireLimits({ rates: { UserList: 5 } }))).toEqual({ rates: { UserList: 5 } });
    expect(limitSettings(requireLimits({ rates: false }))).toEqual({});
  });

  test('takes every quota, every category and every adjustable category by its name', () => {
    const document = {
      rates: { ...usualRates },
      quotas: { ...usualQuotas },
      maximumRates: Object.fromEntries(adjustable.split(', ').map((name) => [name, 5000])),
    };
    expect(limitSettings(requireLimits(document))).toEqual(document);
  });

  test.each([
    [[], 'limits must be an object with members among rates, maximumRates, quotas.'],
    [null, 'limits must be an object with members among rates, maximumRates, quotas.'],
    [{ quota: {} }, 'limits cannot have quota, only rates, maximumRates, quotas.'],
    [{ rates: 30 }, 'rates must be true, false, or an object of categories and numbers.'],
    [{ rates: ['UserList'] }, 'rates must be true, false, or an object of categories and numbers.'],
    [{ rates: { ListUsers: 30 } }, `rates cannot have ListUsers, only ${categories}.`],
    [{ quotas: true }, `quotas must be an object with members among ${quotaNames}.`],
    [{ quotas: { groups: 3 } }, `quotas cannot have groups, only ${quotaNames}.`],
    [{ quotas: { toString: 3 } }, `quotas cannot have toString, only ${quotaNames}.`],
    [{ maximumRates: { UserList: 60 } }, `maximumRates cannot have UserList, only ${adjustable}.`],
    [{ maximumRates: { UserRead: 119 } }, 'maximumRates.UserRead must be at least 120, which every account has.'],
    [
      { rates: { UserRead: 500 }, maximumRates: { UserRead: 400 } },
      'maximumRates.UserRead must be at least 500, which every account has.',
    ],
  ])('is refused when it is %j', (document, sentence) => {
    expect(refusal(document)).toBe(sentence);
  });

  test.each([0, -1, 1.5, 1e9 + 1, Number.NaN, Infinity, '30', null, true, [1]])('has no number like %j', (number) => {
    const wanted = (name: string) => `${name} must be a whole number from 1 to 1000000000.`;
    expect(refusal({ quotas: { groupsPerPool: number } })).toBe(wanted('quotas.groupsPerPool'));
    expect(refusal({ rates: { UserList: number } })).toBe(wanted('rates.UserList'));
    expect(refusal({ maximumRates: { UserRead: number } })).toBe(wanted('maximumRates.UserRead'));
  });

  test('is taken from JSON in which a name is no ordinary one', () => {
    expect(refusal(JSON.parse('{"__proto__": {"rates": true}}'))).toMatch(/^limits cannot have __proto__, /);
  });
});
