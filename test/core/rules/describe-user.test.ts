import { describe, expect, test } from 'vitest';
import { describeFactors, describeUser } from '../../../lambdas/core/rules/describe-user.ts';
import { idTokenAttributes } from '../../../lambdas/core/rules/id-token-attributes.ts';
import { uuidAt } from '../../../lambdas/core/rules/identifiers.ts';
import { isRevoked } from '../../../lambdas/core/rules/revocation.ts';
import { signedOut } from '../../../lambdas/core/rules/sign-out.ts';
import { aClient, aPool, aUser, someMoment } from '../../support/model.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const options = [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] as const;

describe('A user in an answer', () => {
  test('has name, attributes, dates and state, and nothing of the password', () => {
    const user = aUser({ attributes: { name: 'Ada' }, password: { sealed: new Uint8Array([1]) } });
    expect(describeUser(aPool(), user)).toEqual({
      Username: 'ada',
      Attributes: [
        { Name: 'sub', Value: user.sub },
        { Name: 'name', Value: 'Ada' },
      ],
      UserCreateDate: someMoment,
      UserLastModifiedDate: someMoment,
      Enabled: true,
      UserStatus: 'CONFIRMED',
    });
  });

  test('has the older options of second factors once they are set', () => {
    expect(describeUser(aPool(), aUser({ mfa: { enabled: [], options } })).MFAOptions).toEqual(options);
  });

  test('has second factors once there are some', () => {
    expect(Object.values(describeFactors(aUser())).filter((value) => value !== undefined)).toEqual([]);
    expect(describeFactors(aUser({ mfa: { enabled: [] } })).UserMFASettingList).toBeUndefined();
    const mfa = { enabled: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], preferred: 'SMS_MFA', options } as const;
    expect(describeFactors(aUser({ mfa }))).toEqual({
      MFAOptions: options,
      PreferredMfaSetting: 'SMS_MFA',
      UserMFASettingList: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
    });
  });
});

describe('A user in an ID token', () => {
  test('has attributes in the types of OpenID Connect', () => {
    const attributes = {
      name: 'Ada',
      email: 'a@b.c',
      email_verified: 'true',
      phone_number_verified: 'false',
      address: 'here',
      updated_at: '1693948278',
      nickname: '',
    };
    expect(idTokenAttributes(aPool(), aClient(), aUser({ attributes }))).toEqual({
      name: 'Ada',
      email: 'a@b.c',
      email_verified: true,
      phone_number_verified: false,
      address: { formatted: 'here' },
      updated_at: 1_693_948_278,
    });
  });

  test('has those that the client may read', () => {
    const narrow = aClient({ settings: { ReadAttributes: ['name'] } });
    expect(idTokenAttributes(aPool(), narrow, aUser({ attributes: { name: 'Ada', email: 'a@b.c' } }))).toEqual({
      name: 'Ada',
    });
  });
});

describe('A session', () => {
  const random = seededRandom();
  const begun = (at: number) => ({ originJti: uuidAt(random, at), eventId: uuidAt(random, at) });
  const family = (revoked: boolean) => ({ revoked, generation: 0, rotatedAt: 0 });

  test('lasts until somebody ends it', () => {
    expect(isRevoked(aUser(), undefined, begun(someMoment))).toBe(false);
    expect(isRevoked(aUser(), family(false), begun(someMoment))).toBe(false);
    expect(isRevoked(aUser(), family(true), begun(someMoment))).toBe(true);
  });

  test.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('that began %i ms after the sign-out is over: %s', (later, isOver) => {
    const user = aUser(signedOut(aUser(), someMoment));
    const session = begun(someMoment + later);
    expect(isRevoked(user, undefined, session)).toBe(isOver);
    expect(isRevoked(user, undefined, { ...session, originJti: undefined })).toBe(isOver);
  });

  test('that was signed out stays so, and one that began since is over with the next, whatever the clock says', () => {
    const once = aUser(signedOut(aUser(), someMoment));
    const twice = aUser(signedOut(once, someMoment - 5000));
    expect(isRevoked(twice, undefined, begun(someMoment))).toBe(true);
    expect(isRevoked(twice, undefined, begun(someMoment + 1))).toBe(true);
    expect(signedOut(once, someMoment + 9)).toEqual({ tokensValidAfter: someMoment + 9 });
  });
});
