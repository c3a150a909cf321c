import { describe, expect, test } from 'vitest';
import type { ClientSettings, TimeUnit } from '../../../lambdas/core/model/client.ts';
import { filledUnits, requireTokenValidity, tokenValidity } from '../../../lambdas/core/rules/token-validity.ts';
import { refusalOf } from '../../support/refusals.ts';

const outOfRange = 'InvalidParameterException: Invalid range for token validity.';
const refused = (settings: ClientSettings) => refusalOf(() => requireTokenValidity(settings));
const day = 86_400;

describe('The validity of tokens', () => {
  test('is an hour, an hour and 30 days, with 3 minutes to answer, when nothing was said', () => {
    expect(tokenValidity({})).toEqual({
      accessToken: 3600,
      idToken: 3600,
      refreshToken: 30 * day,
      authSession: 180,
    });
  });

  test('counts in hours and days until a unit says otherwise', () => {
    const settings = { AccessTokenValidity: 2, IdTokenValidity: 3, RefreshTokenValidity: 4, AuthSessionValidity: 15 };
    expect(tokenValidity(settings)).toEqual({
      accessToken: 7200,
      idToken: 10_800,
      refreshToken: 4 * day,
      authSession: 900,
    });
    expect(
      tokenValidity({ ...settings, TokenValidityUnits: { IdToken: 'minutes', AccessToken: undefined } }),
    ).toMatchObject({ accessToken: 7200, idToken: 180, refreshToken: 4 * day });
  });

  test('is 30 days for a refresh token of 0, whatever its unit', () => {
    expect(
      tokenValidity({ RefreshTokenValidity: 0, TokenValidityUnits: { RefreshToken: 'seconds' } }).refreshToken,
    ).toBe(30 * day);
  });

  test.each<[number, TimeUnit, boolean]>([
    [299, 'seconds', false],
    [300, 'seconds', true],
    [86_400, 'seconds', true],
    [86_401, 'seconds', false],
    [4, 'minutes', false],
    [5, 'minutes', true],
    [1, 'days', true],
    [2, 'days', false],
    [24, 'hours', true],
    [25, 'hours', false],
  ])('of %i %s for access and ID tokens is allowed: %s', (validity, unit, isAllowed) => {
    const expected = isAllowed ? 'nothing is refused' : outOfRange;
    expect(refused({ AccessTokenValidity: validity, TokenValidityUnits: { AccessToken: unit } })).toBe(expected);
    expect(refused({ IdTokenValidity: validity, TokenValidityUnits: { IdToken: unit } })).toBe(expected);
  });

  test.each<[number, TimeUnit, boolean]>([
    [59, 'minutes', false],
    [60, 'minutes', true],
    [3650, 'days', true],
    [3651, 'days', false],
    [0, 'seconds', true],
    [30, 'seconds', false],
  ])('of %i %s for refresh tokens is allowed: %s', (validity, unit, isAllowed) => {
    expect(refused({ RefreshTokenValidity: validity, TokenValidityUnits: { RefreshToken: unit } })).toBe(
      isAllowed ? 'nothing is refused' : outOfRange,
    );
  });

  test('is refused when a unit alone puts a value out of range', () => {
    expect(refused({ AccessTokenValidity: 60 })).toBe(outOfRange);
    expect(refused({ TokenValidityUnits: { RefreshToken: 'seconds' } })).toBe(outOfRange);
    // A unit without a value leaves the default of an hour alone.
    expect(refused({ TokenValidityUnits: { AccessToken: 'days' } })).toBe('nothing is refused');
  });

  test('is never shorter for what refreshes than for what is refreshed', () => {
    const units = { RefreshToken: 'hours', AccessToken: 'hours', IdToken: 'hours' } as const;
    const longer = { RefreshTokenValidity: 2, TokenValidityUnits: units };
    expect(refused({ ...longer, AccessTokenValidity: 3 })).toMatch(/^InvalidParameterException: Refresh token/);
    expect(refused({ ...longer, IdTokenValidity: 3 })).toMatch(/^InvalidParameterException: Refresh token/);
    expect(refused({ ...longer, AccessTokenValidity: 2, IdTokenValidity: 2 })).toBe('nothing is refused');
  });
});

describe('The units in answers', () => {
  test('are none until one was given, then all', () => {
    expect(filledUnits(undefined)).toEqual({});
    expect(filledUnits({})).toEqual({});
    expect(filledUnits({ AccessToken: undefined })).toEqual({});
    expect(filledUnits({ AccessToken: 'seconds' })).toEqual({
      AccessToken: 'seconds',
      IdToken: 'hours',
      RefreshToken: 'days',
    });
  });
});
