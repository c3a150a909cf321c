/** Which rate every operation counts towards, and what one request takes from. */
import { describe, expect, test } from 'vitest';
import { drawsOf, drawsOnUser, requireCategory, userNamedIn } from '../../../lambdas/core/rules/rate-draws.ts';
import {
  freeRate,
  isAdjustable,
  isRateCategory,
  maximumRate,
  rateCategories,
  rateInForce,
  usualRates,
} from '../../../lambdas/core/rules/request-rates.ts';
import { rooms } from '../../../lambdas/index.ts';

const operations = Object.values(rooms).flatMap((room) => Object.values(room));
const categories = Object.keys(usualRates).filter(isRateCategory);

describe('Request rates', () => {
  test('are there for each of the 140 operations, and for nothing else', () => {
    expect([...rateCategories.keys()].toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
    expect(operations).toHaveLength(140);
  });

  test('name each operation once', () => {
    const named = categories.map((category) => [...rateCategories.values()].filter((each) => each === category).length);
    expect(named.reduce((sum, count) => sum + count, 0)).toBe(140);
  });

  test('tell what reads pools and clients from what changes them, as the operations declare it', () => {
    for (const { name, caller } of operations) {
      const category = rateCategories.get(name) ?? '';
      if (!/^UserPool.*(Read|Update)$/.test(category)) continue;
      const isReading = caller.access === 'Read' || caller.access === 'List';
      expect([name, category.endsWith('Read')]).toEqual([name, isReading]);
    }
  });

  test('can be raised in six categories, up to ten times what is free unless the deployment says otherwise', () => {
    expect(categories.filter(isAdjustable)).toEqual([
      'UserAuthentication',
      'UserCreation',
      'UserFederation',
      'UserRead',
      'UserToken',
      'UserResourceRead',
    ]);
    expect([maximumRate({}, 'UserRead'), maximumRate({}, 'UserList')]).toEqual([1200, 30]);
    expect(maximumRate({ maximumRates: { UserRead: 500 } }, 'UserRead')).toBe(500);
    expect(maximumRate({ rates: { UserRead: 7 } }, 'UserRead')).toBe(70);
  });

  test('hold as raised, within the bounds that the deployment has today', () => {
    expect(rateInForce({}, 'UserRead', undefined)).toBe(120);
    expect(rateInForce({}, 'UserRead', 300)).toBe(300);
    expect(rateInForce({ rates: { UserRead: 400 } }, 'UserRead', 300)).toBe(400);
    expect(rateInForce({ maximumRates: { UserRead: 200 } }, 'UserRead', 300)).toBe(200);
    expect(freeRate({ rates: { UserRead: 400 } }, 'UserRead')).toBe(400);
  });
});

describe('A request counts', () => {
  const nothing = { pool: undefined, user: undefined };

  test('towards its category alone when it names neither pool nor user', () => {
    expect(drawsOf('ListUserPools', 'UserPoolRead', 15, nothing)).toEqual([{ of: 'UserPoolRead', rate: 15 }]);
  });

  test('towards five for its operation on one pool first, where it is about what a pool has', () => {
    const subject = { pool: 'us-east-1_A', user: undefined };
    expect(drawsOf('CreateGroup', 'UserPoolResourceUpdate', 15, subject)).toEqual([
      { of: 'pool#CreateGroup#us-east-1_A', rate: 5 },
      { of: 'UserPoolResourceUpdate', rate: 15 },
    ]);
    expect(drawsOf('DescribeUserPool', 'UserPoolRead', 15, subject)).toEqual([{ of: 'UserPoolRead', rate: 15 }]);
  });

  test('towards ten for the user first, reads and writes apart, letter case aside', () => {
    const ada = { pool: 'us-east-1_A', user: 'Ada' };
    expect(drawsOf('AdminGetUser', 'UserRead', 120, ada)[0]).toEqual({ of: 'reads#us-east-1_A#ada', rate: 10 });
    expect(drawsOf('AdminEnableUser', 'UserUpdate', 25, ada)[0]).toEqual({ of: 'writes#us-east-1_A#ada', rate: 10 });
    expect(drawsOnUser('UserList', ada)).toEqual([]);
    expect(drawsOnUser('UserRead', { ...ada, pool: undefined })).toEqual([]);
    expect(drawsOnUser('UserRead', { ...ada, user: 'a'.repeat(128) })).toHaveLength(1);
    expect(drawsOnUser('UserRead', { ...ada, user: 'a'.repeat(129) })).toEqual([]);
  });

  test('as an answer to a challenge towards three times the rate of sign-ins, and then towards theirs', () => {
    for (const name of ['RespondToAuthChallenge', 'AdminRespondToAuthChallenge']) {
      expect(drawsOf(name, 'UserAuthentication', 80, nothing)).toEqual([
        { of: 'challenges', rate: 240, excess: { of: 'UserAuthentication', rate: 80 } },
      ]);
    }
    expect(drawsOf('InitiateAuth', 'UserAuthentication', 80, nothing)).toEqual([
      { of: 'UserAuthentication', rate: 80 },
    ]);
  });

  test('as an answer with a new password towards changes of passwords', () => {
    const input = { ChallengeName: 'NEW_PASSWORD_REQUIRED' };
    const category = requireCategory('RespondToAuthChallenge', input);
    expect(category).toBe('UserAccountRecovery');
    expect(drawsOf('RespondToAuthChallenge', category, 30, nothing)).toEqual([{ of: 'UserAccountRecovery', rate: 30 }]);
    expect(requireCategory('InitiateAuth', input)).toBe('UserAuthentication');
  });

  test('for the user that its parameters name, in whichever of the three ways', () => {
    expect(userNamedIn({ Username: 'ada' })).toBe('ada');
    expect(userNamedIn({ AuthParameters: { USERNAME: 'ada' } })).toBe('ada');
    expect(userNamedIn({ ChallengeResponses: { USERNAME: 'ada' } })).toBe('ada');
    expect(userNamedIn({ AuthParameters: { REFRESH_TOKEN: 'x' }, Username: 7 })).toBeUndefined();
  });

  test('nowhere when nobody has put the operation into the table, which is a fault', () => {
    expect(() => requireCategory('MakeCoffee', {})).toThrow('MakeCoffee has no request rate');
  });
});
