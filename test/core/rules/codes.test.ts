import { beforeEach, describe, expect, test } from 'vitest';
import { type StillClock, stillClock } from '../../../lambdas/adapters/local/still-clock.ts';
import type { ConfirmationPurpose } from '../../../lambdas/core/model/code.ts';
import type { Ports } from '../../../lambdas/core/ports/index.ts';
import {
  makeCode,
  refuseSimulatedCode,
  requireCode,
  simulateCode,
  takeFromBudget,
  verificationOf,
  withVerified,
} from '../../../lambdas/core/rules/codes.ts';
import { aSealer } from '../../support/key-material.ts';
import { memoryCodes } from '../../support/memory-codes.ts';
import { aPool, aUser, someMoment } from '../../support/model.ts';
import { refusalFrom, refusalOf } from '../../support/refusals.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const hour = 3_600_000;
const pool = aPool();
const user = aUser({ attributes: { email: 'ada@example.com' } });
const mismatch = 'CodeMismatchException: Invalid verification code provided, please try again.';
const expired = 'ExpiredCodeException: Invalid code provided, please request a code again.';
const exceeded = 'LimitExceededException: Attempt limit exceeded, please try after some time.';

let clock: StillClock;
let ports: Pick<Ports, 'codes' | 'sealer' | 'random' | 'clock'>;

beforeEach(() => {
  clock = stillClock(someMoment);
  ports = { codes: memoryCodes(clock), sealer: aSealer(), random: seededRandom(), clock };
});

/** The code of a message that was just sent. */
async function issued(purpose: ConfirmationPurpose = 'sign-up', owner = user): Promise<string> {
  const { code, stored } = await makeCode(ports, pool, owner, {
    purpose,
    attribute: 'email',
    target: 'ada@example.com',
  });
  await ports.codes.put(pool, owner, stored);
  return code;
}

const otherThan = (code: string): string => (code === '000000' ? '000001' : '000000');
const guess = (code: string, purpose: ConfirmationPurpose = 'sign-up', owner = user) =>
  refusalFrom(requireCode(ports, pool, owner, purpose, code));

describe('A code', () => {
  test('has six digits, and the store gets a digest of it alone', async () => {
    const order = { purpose: 'sign-up', attribute: 'email', target: 'ada@example.com' } as const;
    const { code, stored } = await makeCode(ports, pool, user, order);
    expect(code).toMatch(/^[0-9]{6}$/);
    expect(stored).toEqual({ ...order, digest: expect.any(Uint8Array), expiresAt: someMoment + 24 * hour });
    expect(stored.digest).toHaveLength(32);
  });

  test('is what the user has to give', async () => {
    const code = await issued();
    const found = await requireCode(ports, pool, user, 'sign-up', code);
    expect(found).toMatchObject({ attribute: 'email', target: 'ada@example.com' });
    expect(await ports.codes.spend(pool, user, 'sign-up', found.digest)).toBe(true);
    expect(await guess(code)).toBe(expired);
  });

  test('is no other number, and no longer text', async () => {
    const code = await issued();
    for (const wrong of [otherThan(code), '', `${code} `, `${code}0`, code.slice(1), '12345\u0000']) {
      expect(await guess(wrong)).toBe(mismatch);
    }
    expect(await guess(code)).toBe('nothing is refused');
  });

  test('is good for its own purpose only', async () => {
    const code = await issued('verify-email');
    await issued('reset-password');
    expect(await guess(code, 'reset-password')).toBe(mismatch);
    expect(await guess(code, 'sign-up')).toBe(expired);
  });

  test('is good for its own user only, even where the row is moved', async () => {
    const other = aUser({ username: 'grace', sub: '11111111-7b1e-4d0e-9a51-5b1d6c0e8a77' });
    const { code, stored } = await makeCode(ports, pool, user, {
      purpose: 'sign-up',
      attribute: 'email',
      target: 'ada@example.com',
    });
    await ports.codes.put(pool, other, stored);
    expect(await guess(code, 'sign-up', other)).toBe(mismatch);
  });

  test('proves the address it went to, even where the row is changed', async () => {
    const { code, stored } = await makeCode(ports, pool, user, {
      purpose: 'sign-up',
      attribute: 'email',
      target: 'ada@example.com',
    });
    await ports.codes.put(pool, user, { ...stored, target: 'eve@example.com' });
    expect(await guess(code)).toBe(mismatch);
  });

  test('ends the one before it', async () => {
    const former = await issued();
    const latter = await issued();
    expect(former).not.toBe(latter);
    expect(await guess(former)).toBe(mismatch);
    expect(await guess(latter)).toBe('nothing is refused');
  });

  test.each<[ConfirmationPurpose, number]>([
    ['sign-up', 24],
    ['verify-email', 24],
    ['verify-phone_number', 24],
    ['reset-password', 1],
  ])('for %s lives %i hours and not a second longer', async (purpose, hours) => {
    const code = await issued(purpose);
    clock.advance(hours * hour);
    expect(await guess(code, purpose)).toBe('nothing is refused');
    clock.advance(1000);
    expect(await guess(code, purpose)).toBe(expired);
  });

  test.each<[ConfirmationPurpose, number]>([
    ['sign-up', 15],
    ['verify-email', 15],
    ['verify-phone_number', 15],
    ['reset-password', 20],
  ])('for %s takes %i guesses an hour, whether right or wrong', async (purpose, guesses) => {
    const code = await issued(purpose);
    for (let made = 0; made < guesses; made++) expect(await guess(otherThan(code), purpose)).toBe(mismatch);
    expect(await guess(code, purpose)).toBe(exceeded);
    clock.advance(hour);
    const next = await issued(purpose);
    expect(await guess(next, purpose)).toBe('nothing is refused');
  });
});

describe('A name that nobody has', () => {
  const unknown = (given: string) => refusalFrom(refuseSimulatedCode(ports, pool, 'nobody', 'reset-password', given));

  test('answers as a user does who asked for no code', async () => {
    expect(await unknown('123456')).toBe(expired);
  });

  test('answers as a user does who was sent one, to every guess', async () => {
    await simulateCode(ports, pool, 'nobody', { purpose: 'reset-password', attribute: 'email' });
    for (let made = 0; made < 20; made++) expect(await unknown(String(made).padStart(6, '0'))).toBe(mismatch);
    expect(await unknown('123456')).toBe(exceeded);
  });

  test('answers as a user does whose code is too old', async () => {
    await simulateCode(ports, pool, 'nobody', { purpose: 'reset-password', attribute: 'email' });
    clock.advance(hour + 1000);
    expect(await unknown('123456')).toBe(expired);
  });

  test('is one name in a pool that folds them', async () => {
    const folding = aPool({ settings: { UsernameConfiguration: { CaseSensitive: false } } });
    await simulateCode(ports, folding, 'Nobody', { purpose: 'reset-password', attribute: 'email' });
    const guessed = refuseSimulatedCode(ports, folding, 'NOBODY', 'reset-password', '123456');
    expect(await refusalFrom(guessed)).toBe(mismatch);
  });
});

describe('A user whom no code can be sent to', () => {
  test('answers as a user does who was sent one', async () => {
    await simulateCode(ports, pool, user, { purpose: 'reset-password', attribute: 'email' });
    expect(await guess('123456', 'reset-password')).toBe(mismatch);
    clock.advance(hour + 1000);
    expect(await guess('123456', 'reset-password')).toBe(expired);
  });
});

describe('A budget', () => {
  test.each([
    ['resend-sign-up', 5],
    ['send-attribute-code', 5],
    ['forgot-password', 20],
    ['change-password', 5],
    ['sign-in-code', 20],
    ['second-factor-code', 20],
    ['second-factor-mail', 10],
  ] as const)('for %s has %i calls within any hour', async (budget, calls) => {
    const take = () => refusalFrom(takeFromBudget(ports, pool, 'ada', budget));
    for (let made = 0; made < calls; made++) expect(await take()).toBe('nothing is refused');
    expect(await take()).toBe(exceeded);
    expect(await refusalFrom(takeFromBudget(ports, pool, 'grace', budget))).toBe('nothing is refused');
    clock.advance(hour);
    expect(await take()).toBe('nothing is refused');
  });
});

describe('A proven address', () => {
  test('has its own purpose', () => {
    expect(verificationOf('email')).toBe('verify-email');
    expect(verificationOf('phone_number')).toBe('verify-phone_number');
  });

  test('is marked as verified', () => {
    const proven = withVerified(user, { attribute: 'email', target: 'ada@example.com' });
    expect(proven.attributes).toEqual({ email: 'ada@example.com', email_verified: 'true' });
  });

  test('takes its place when it was waiting for its code, and no other address does', () => {
    const waiting = aUser({
      attributes: { email: 'old@example.com', email_verified: 'true' },
      pending: { email: 'new@example.com', phone_number: '+15550100' },
    });
    const proven = withVerified(waiting, { attribute: 'email', target: 'new@example.com' });
    expect(proven.attributes).toEqual({ email: 'new@example.com', email_verified: 'true' });
    expect(proven.pending).toEqual({ phone_number: '+15550100' });
  });

  test('proves nothing once the user has another', () => {
    const moved = aUser({ attributes: { email: 'else@example.com' } });
    expect(refusalOf(() => withVerified(moved, { attribute: 'email', target: 'ada@example.com' }))).toBe(expired);
  });
});
