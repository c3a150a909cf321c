/** Keys of rows: apart whatever people call themselves, and never longer than the database takes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliasKey, familyKey, indexed, statusSort, userKey } from '../../lambdas/adapters/dynamodb/keys.ts';

const longest = { partition: 2048, sort: 1024 } as const;
const anyText = fc.string({ unit: 'binary', maxLength: 2000 });
const bytes = (text: string): number => Buffer.byteLength(text);

describe('The key of a user', () => {
  test('is another one for every other name', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(userKey('pool', one).PK === userKey('pool', other).PK).toBe(one === other);
      }),
    );
  });

  test('fits whatever the name is', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        expect(bytes(userKey('pool', name).PK)).toBeLessThan(longest.partition);
      }),
    );
  });

  test('cannot be made to look like the digest of another', () => {
    const long = 'x'.repeat(513);
    const digest = userKey('pool', long).PK.slice('U#pool#'.length);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(userKey('pool', digest)).not.toEqual(userKey('pool', long));
  });

  test('stays short as text and becomes a digest beyond 512 bytes', () => {
    expect(userKey('pool', 'é'.repeat(256)).PK).toBe(`U#pool#${'é'.repeat(256)}`);
    expect(userKey('pool', `${'é'.repeat(256)}x`).PK).toMatch(/#sha256:/);
  });
});

describe('Keys of other rows', () => {
  test('tell kinds of aliases with the same value apart', () => {
    const kinds = ['email', 'phone_number', 'preferred_username', 'sub'] as const;
    const keys = kinds.map((kind) => aliasKey('pool', { kind, value: 'same' }).PK);
    expect(new Set(keys).size).toBe(kinds.length);
  });

  test('fit whatever is in them', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(bytes(familyKey('pool', 'ada', text).SK)).toBeLessThan(longest.sort);
        expect(bytes(statusSort({ status: 'FORCE_CHANGE_PASSWORD', enabled: true }, text))).toBeLessThan(longest.sort);
      }),
    );
  });
});

describe('The sort key of an index', () => {
  test('is the beginning of the value, in whole characters, as much of it as fits', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const cut = indexed(value);
        expect(value.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
        expect(bytes(cut)).toBeLessThanOrEqual(900);
        if (cut !== value) expect(bytes(cut)).toBeGreaterThan(896);
      }),
    );
  });

  test('of a beginning is the beginning of the sort key', () => {
    fc.assert(
      fc.property(anyText, anyText, (start, rest) => {
        expect(indexed(start + rest).startsWith(indexed(start))).toBe(true);
      }),
    );
  });
});
