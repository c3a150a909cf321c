import { beforeEach, describe, expect, test } from 'vitest';
import { inlinePowers } from '../../../lambdas/adapters/system/inline-powers.ts';
import type { User } from '../../../lambdas/core/model/user.ts';
import {
  firstPassword,
  permanentPassword,
  rememberedPasswords,
  temporaryPassword,
} from '../../../lambdas/core/rules/stored-passwords.ts';
import { isPassword } from '../../../lambdas/core/rules/verifiers.ts';
import { aSealer } from '../../support/key-material.ts';
import { aPool, aUser, someMoment } from '../../support/model.ts';
import { refusalFrom } from '../../support/refusals.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const remembering = (PasswordHistorySize: number) =>
  aPool({ settings: { Policies: { PasswordPolicy: { PasswordHistorySize } } } });
const usedBefore = 'PasswordHistoryPolicyViolationException: Password has previously been used.';

let ports: Parameters<typeof temporaryPassword>[0];

beforeEach(() => {
  ports = { sealer: aSealer(), powers: inlinePowers(), random: seededRandom(), clock: { now: () => someMoment } };
});

/** The user after choosing these passwords one after the other. */
async function chosen(pool: ReturnType<typeof aPool>, ...passwords: string[]): Promise<User> {
  let user = aUser();
  for (const password of passwords) user = { ...user, ...(await permanentPassword(ports, pool, user, password)) };
  return user;
}

const choosing = (pool: ReturnType<typeof aPool>, user: User, password: string) =>
  refusalFrom(permanentPassword(ports, pool, user, password));

const opens = (user: User, password: string) =>
  isPassword(ports, aPool(), user.username, user.password?.sealed ?? new Uint8Array(), password);

describe('A permanent password', () => {
  test('replaces the one before', async () => {
    const user = await chosen(aPool(), 'first', 'second');
    expect(user.password).toEqual({ sealed: expect.any(Uint8Array), setAt: expect.any(Number) });
    expect([await opens(user, 'second'), await opens(user, 'first')]).toEqual([true, false]);
  });

  test('may be the same again where the pool remembers none', async () => {
    const user = await chosen(aPool(), 'first');
    expect(await choosing(aPool(), user, 'first')).toBe('nothing is refused');
    expect(user.passwordHistory).toEqual([]);
  });

  test('is not the present one where the pool remembers one', async () => {
    const pool = remembering(1);
    const user = await chosen(pool, 'first', 'second');
    expect(await choosing(pool, user, 'second')).toBe(usedBefore);
    expect(await choosing(pool, user, 'first')).toBe('nothing is refused');
  });

  test('is none of the last three where the pool remembers three, and may be the fourth', async () => {
    const pool = remembering(3);
    const user = await chosen(pool, 'a', 'b', 'c', 'd');
    expect(user.passwordHistory).toHaveLength(2);
    for (const password of ['d', 'c', 'b']) expect(await choosing(pool, user, password)).toBe(usedBefore);
    expect(await choosing(pool, user, 'a')).toBe('nothing is refused');
  });

  test('is compared with no more than a shorter memory keeps', async () => {
    const user = await chosen(remembering(3), 'a', 'b', 'c');
    expect(await choosing(remembering(1), user, 'b')).toBe('nothing is refused');
    expect(await choosing(remembering(0), user, 'c')).toBe('nothing is refused');
  });
});

describe('A temporary password', () => {
  test('ends with its validity', async () => {
    const pool = aPool({ settings: { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 2 } } } });
    const password = await temporaryPassword(ports, pool, 'ada', 'temporary');
    expect(password.expiresAt).toBe(someMoment + 2 * 86_400_000);
    expect(await opens(aUser({ password }), 'temporary')).toBe(true);
  });

  test('is neither compared nor remembered, and hands on what was', async () => {
    const pool = remembering(2);
    const before = await chosen(pool, 'a', 'b');
    const user = {
      ...before,
      password: await temporaryPassword(ports, pool, 'ada', 'temporary'),
      passwordHistory: rememberedPasswords(pool, before),
    };
    expect(await choosing(pool, user, 'temporary')).toBe('nothing is refused');
    for (const password of ['a', 'b']) expect(await choosing(pool, user, password)).toBe(usedBefore);
  });
});

describe('A first password', () => {
  test('has no end', async () => {
    const password = await firstPassword(ports, aPool(), 'ada', 'first');
    expect(password).toEqual({ sealed: expect.any(Uint8Array) });
    expect(await opens(aUser({ password }), 'first')).toBe(true);
  });
});
