import { describe, expect, test } from 'vitest';
import type { Group } from '../../../lambdas/core/model/group.ts';
import { byPrecedence, groupClaims, preferredRole } from '../../../lambdas/core/rules/groups-in-tokens.ts';
import { aGroup } from '../../support/model.ts';

const group = (name: string, precedence?: number, roleArn?: string): Group => aGroup(name, { precedence, roleArn });

describe('The groups in a token', () => {
  test('are not mentioned where there are none', () => {
    expect(groupClaims([])).toEqual({});
  });

  test('come by precedence, those without last, and by name where that decides nothing', () => {
    const groups = [group('z'), group('b', 1), group('c', 0), group('a', 1), group('y')];
    expect(byPrecedence(groups).map(({ name }) => name)).toEqual(['c', 'a', 'b', 'y', 'z']);
    expect(groupClaims(groups)).toEqual({ 'cognito:groups': ['c', 'a', 'b', 'y', 'z'] });
  });

  test('bring their roles, each once, and the first of them as the preferred one', () => {
    expect(groupClaims([group('b', 2, 'r2'), group('a', 1, 'r1'), group('c', 3, 'r2'), group('d', 0)])).toEqual({
      'cognito:groups': ['d', 'a', 'b', 'c'],
      'cognito:roles': ['r1', 'r2'],
      'cognito:preferred_role': 'r1',
    });
  });

  test.each<[string, Group[], string | undefined]>([
    ['none without a role', [group('a', 0)], undefined],
    ['the one of the lowest number', [group('a', 5, 'r5'), group('b', 1, 'r1')], 'r1'],
    ['none where two of one rank disagree', [group('a', 1, 'r1'), group('b', 1, 'r2')], undefined],
    ['the one that two of one rank agree on', [group('a', 1, 'r1'), group('b', 1, 'r1')], 'r1'],
    [
      'the one before a disagreement of lower rank',
      [group('a', 0, 'r0'), group('b', 1, 'r1'), group('c', 1, 'r2')],
      'r0',
    ],
    ['one of no rank when there is no other', [group('a', undefined, 'r')], 'r'],
    ['none where two of no rank disagree', [group('a', undefined, 'r1'), group('b', undefined, 'r2')], undefined],
  ])('prefer %s', (_what, groups, expected) => {
    expect(preferredRole(groups)).toBe(expected);
    expect(groupClaims(groups)['cognito:preferred_role']).toBe(expected);
  });
});
