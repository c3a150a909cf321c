import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Random } from '../../../lambdas/core/ports/random.ts';
import {
  clientId,
  clientSecret,
  clientSecretId,
  confirmationCode,
  isUuid,
  poolId,
  startOf,
  uuid,
  uuidAt,
} from '../../../lambdas/core/rules/identifiers.ts';
import { characters, numberBelow, shuffled } from '../../../lambdas/core/rules/uniform.ts';
import { someMoment } from '../../support/model.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom();
const many = <T>(make: () => T): T[] => Array.from({ length: 500 }, make);

/** Hands out these bytes, again and again. */
const bytesOf = (...bytes: number[]): Random => ({
  bytes: (length) => Uint8Array.from({ length }, (_, at) => bytes[at % bytes.length] ?? 0),
});

describe('Identifiers', () => {
  test('of pools are the region and nine characters', () => {
    for (const id of many(() => poolId(random, 'eu-west-1'))) expect(id).toMatch(/^eu-west-1_[0-9A-Za-z]{9}$/);
  });

  test('of clients are 26 characters of base 32, now and then fewer', () => {
    const ids = many(() => clientId(random));
    for (const id of ids) expect(id).toMatch(/^[0-9a-v]{20,26}$/);
    expect(ids.filter(({ length }) => length === 26).length).toBeGreaterThan(450);
    expect(clientId(bytesOf(0xff))).toBe('v'.repeat(26));
  });

  test('of clients’ secrets are long enough for the API, and not guessable', () => {
    for (const secret of many(() => clientSecret(random))) expect(secret).toMatch(/^[0-9a-v]{45,52}$/);
    expect(clientSecret(bytesOf(0xff))).toBe('v'.repeat(52));
    expect(clientSecretId('4tq8', someMoment)).toBe('4tq8--1693948278000');
  });

  test('are UUIDs of version 4 or, where they say when, 7', () => {
    for (const made of many(() => uuid(random))) {
      expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    const timed = uuidAt(random, someMoment);
    expect(timed).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(startOf(timed)).toBe(someMoment);
    expect(startOf(uuidAt(bytesOf(0xff), 0))).toBe(0);
  });

  test('have the form of a UUID in either case, and no other text has it', () => {
    expect(isUuid('3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77')).toBe(true);
    expect(isUuid('34C84488-E0E1-70AE-D2EE-991AD1A898C8')).toBe(true);
    for (const text of ['', '3f1c9a527b1e4d0e9a515b1d6c0e8a77', '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77\n', 'x']) {
      expect(isUuid(text)).toBe(false);
    }
  });

  test('are never the same twice', () => {
    for (const make of [() => uuid(random), () => clientId(random), () => poolId(random, 'x')]) {
      expect(new Set(many(make)).size).toBe(500);
    }
  });
});

describe('A code', () => {
  test('is six digits, those at the front included', () => {
    for (const code of many(() => confirmationCode(random))) expect(code).toMatch(/^[0-9]{6}$/);
    expect(confirmationCode(bytesOf(0, 0, 0, 7))).toBe('000007');
    expect(many(() => confirmationCode(random)).some((code) => code.startsWith('0'))).toBe(true);
  });
});

describe('A uniform choice', () => {
  test('is below its bound, and every number has its turn', () => {
    const drawn = many(() => numberBelow(random, 7));
    expect([...new Set(drawn)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('draws again where the remainder would favour small numbers', () => {
    const draws = [Uint8Array.of(0xff, 0xff, 0xff, 0xff), Uint8Array.of(0, 0, 0, 9)];
    const scripted: Random = { bytes: () => draws.shift() ?? Uint8Array.of(0, 0, 0, 0) };
    // 2^32 is 4 more than a multiple of 7, so its last four numbers are not fair.
    expect(numberBelow(scripted, 7)).toBe(2);
    expect(draws).toEqual([]);
  });

  test('takes the last fair number', () => {
    expect(numberBelow(bytesOf(0xff, 0xff, 0xff, 0xfb), 7)).toBe(6);
    expect(numberBelow(bytesOf(0xff), 2 ** 16)).toBe(2 ** 16 - 1);
    expect(numberBelow(bytesOf(0xff), 1)).toBe(0);
  });

  test('of characters takes them from the alphabet alone', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.nat(40), (alphabet, length) => {
        const made = characters(random, alphabet, length);
        expect(made).toHaveLength(length);
        for (let at = 0; at < length; at++) expect(alphabet).toContain(made.charAt(at));
      }),
    );
  });

  test('of an order keeps every item once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 20 }), (items) => {
        expect(shuffled(random, items).toSorted()).toEqual(items.toSorted());
      }),
    );
    const orders = new Set(many(() => shuffled(random, 'abc').join('')));
    expect([...orders].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  });
});
