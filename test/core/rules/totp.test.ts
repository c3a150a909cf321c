import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findStep, newTotpSecret, printTotpSecret } from '../../../lambdas/core/rules/totp.ts';
import recorded from '../../recorded/srp-vectors.json' with { type: 'json' };
import { appCode, step } from '../../support/second-factors.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const { totp } = recorded;
const moments = fc.integer({ min: 4 * step, max: Date.UTC(2099, 0, 1) });
const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** The bytes of the recorded secret, by way of the printed form. */
function recordedSecret(): Uint8Array {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...totp.secretBase32].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

describe('Codes of authenticator apps', () => {
  test.each(totp.samples)('are those of the vectors, at $unixTime (auth-flows 27)', ({ unixTime, code }) => {
    const now = unixTime * 1000;
    expect(findStep(recordedSecret(), code, now)).toBe(Math.floor(now / step));
    expect(appCode(totp.secretBase32, now)).toBe(code);
  });

  test('are good one step early and one step late, and no further off (auth-flows 27)', () => {
    fc.assert(
      fc.property(secrets, moments, fc.integer({ min: -4, max: 4 }), (secret, now, off) => {
        const code = appCode(printTotpSecret(secret), now + off * step);
        const near = [-1, 0, 1].map((each) => appCode(printTotpSecret(secret), now + each * step));
        fc.pre(Math.abs(off) <= 1 || !near.includes(code));
        fc.pre(new Set(near).size === near.length);
        const expected = Math.abs(off) <= 1 ? Math.floor(now / step) + off : undefined;
        expect(findStep(secret, code, now)).toBe(expected);
      }),
    );
  });

  test('are nothing else than six decimal digits', () => {
    const secret = newTotpSecret(seededRandom('a secret'));
    const code = appCode(printTotpSecret(secret), step);
    expect(findStep(secret, code, step)).toBe(1);
    const others = [
      '',
      code.slice(1),
      `${code}0`,
      ` ${code}`,
      `${code}\n`,
      `+${code.slice(1)}`,
      '١٢٣٤٥٦',
      '1e5',
      'NaN',
    ];
    for (const other of others) expect(findStep(secret, other, step)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(findStep(secret, `${text}x`, step)).toBeUndefined();
      }),
    );
  });

  test('come from secrets of 32 bytes, which people type as 52 letters and digits', () => {
    const random = seededRandom('secrets');
    const printed = Array.from({ length: 50 }, () => printTotpSecret(newTotpSecret(random)));
    for (const text of printed) expect(text).toMatch(/^[A-Z2-7]{52}$/);
    expect(new Set(printed).size).toBe(50);
  });

  test('are read of bytes that stand in a larger buffer', () => {
    const bytes = newTotpSecret(seededRandom('larger'));
    const larger = new Uint8Array(100);
    larger.set(bytes, 7);
    const view = larger.subarray(7, 39);
    expect(printTotpSecret(view)).toBe(printTotpSecret(bytes));
  });
});
