import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupKey } from '../../../lambdas/adapters/dynamodb/keys.ts';
import { foldGroupName } from '../../../lambdas/core/rules/group-names.ts';

describe('Names of groups', () => {
  test.each([
    ['Staff', 'staff'],
    ['STAFF', 'sTaFF'],
    ['Größe', 'GRÖßE'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['Ещё', 'ЕЩЁ'],
  ])('%s and %s are one', (one, other) => {
    expect(foldGroupName(one)).toBe(foldGroupName(other));
  });

  test.each([
    ['staff', 'staff2'],
    ['größe', 'grösse'],
    ['e\u0301', '\u00e9'],
  ])('%s and %s are two', (one, other) => {
    expect(foldGroupName(one)).not.toBe(foldGroupName(other));
  });

  test('of every length that the API takes have a key of their own, which tells them as they are compared', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 128 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [first, second] = [one, other].map((each) => groupKey('pool', foldGroupName(each)).SK);
        expect(first === second).toBe(foldGroupName(one) === foldGroupName(other));
        expect(Buffer.byteLength(first ?? '')).toBeLessThan(1024);
      }),
    );
  });
});
