import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PoolSettings } from '../../../lambdas/core/model/pool.ts';
import type { UserStore } from '../../../lambdas/core/ports/user-store.ts';
import { isUuid } from '../../../lambdas/core/rules/identifiers.ts';
import {
  adminCreateTaken,
  isSubOfAnother,
  newUser,
  requireNewName,
  withFlags,
} from '../../../lambdas/core/rules/new-user.ts';
import { aPool, someMoment } from '../../support/model.ts';
import { refusalOf } from '../../support/refusals.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const ports = { random: seededRandom(), clock: { now: () => someMoment } };
const nameIn = (settings: PoolSettings, typed: string) => requireNewName(ports, aPool({ settings }), typed);
const refusedIn = (settings: PoolSettings, typed: string) => refusalOf(() => nameIn(settings, typed));

const sub = '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77';

describe('The name of a new user', () => {
  test('is kept as typed, beside a sub of its own', () => {
    const { username, sub: made, implied } = nameIn({}, 'Ada.L+1');
    expect({ username, implied }).toEqual({ username: 'Ada.L+1', implied: {} });
    expect(isUuid(made)).toBe(true);
    expect(nameIn({}, 'Ada.L+1').sub).not.toBe(made);
  });

  test('is kept in lower case where the pool makes no difference', () => {
    expect(nameIn({ UsernameConfiguration: { CaseSensitive: false } }, 'ADA').username).toBe('ada');
    expect(nameIn({ UsernameConfiguration: { CaseSensitive: true } }, 'ADA').username).toBe('ADA');
  });

  test.each<[('email' | 'phone_number')[], string, Record<string, string>]>([
    [['email'], 'Ada@Example.com', { email: 'Ada@Example.com' }],
    [['phone_number'], '+12065559934', { phone_number: '+12065559934' }],
    [['email', 'phone_number'], '+12065559934', { phone_number: '+12065559934' }],
    [['phone_number', 'email'], 'ada@example.com', { email: 'ada@example.com' }],
  ])('is the sub where names are addresses (%j), and the address becomes an attribute', (kinds, typed, implied) => {
    const name = nameIn({ UsernameAttributes: kinds }, typed);
    expect(name.implied).toEqual(implied);
    expect(name.username).toBe(name.sub);
  });

  test.each<[PoolSettings, string, string]>([
    [{ UsernameAttributes: ['email'] }, 'ada', 'Username should be an email.'],
    [{ UsernameAttributes: ['email'] }, '+12065559934', 'Username should be an email.'],
    [{ UsernameAttributes: ['phone_number'] }, 'ada@example.com', 'Username should be a phone number.'],
    [{ UsernameAttributes: ['email', 'phone_number'] }, 'ada', 'Username should be either an email or a phone number.'],
    [
      { AliasAttributes: ['email'] },
      'ada@example.com',
      'Username cannot be of email format, since user pool is configured for email alias.',
    ],
    [
      { AliasAttributes: ['phone_number'] },
      '+12065559934',
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    ],
  ])('is refused in a pool of %j: %s', (settings, typed, message) => {
    expect(refusedIn(settings, typed)).toBe(`InvalidParameterException: ${message}`);
  });

  test('may look like an address that is no alias of the pool', () => {
    expect(nameIn({ AliasAttributes: ['phone_number'] }, 'ada@example.com').username).toBe('ada@example.com');
    expect(nameIn({ AliasAttributes: ['preferred_username'] }, '+1').username).toBe('+1');
  });

  test('never becomes an alias of somebody else, whatever is typed', () => {
    const settings: PoolSettings = { AliasAttributes: ['email', 'phone_number'] };
    const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.stringMatching(/^\+[0-9]{1,16}$/));
    fc.assert(
      fc.property(typed, (text) => {
        const isRefused = refusedIn(settings, text) !== 'nothing is refused';
        expect(isRefused).toBe(/^[^@\s]+@[^@\s]+$/.test(text) || /^\+[0-9]{1,15}$/.test(text));
      }),
    );
  });
});

describe('A name that is another user’s sub', () => {
  const resolving = (holder: string | undefined) => {
    const asked: unknown[] = [];
    // The rule asks the store for nothing else.
    const users = {
      resolve: async (_pool: unknown, alias: unknown) => {
        asked.push(alias);
        return holder;
      },
    } as unknown as UserStore;
    return { asked, ports: { users } };
  };
  const named = (username: string) => ({ username, sub: '11111111-7b1e-4d0e-9a51-5b1d6c0e8a77', implied: {} });

  test('is found', async () => {
    const { ports: store, asked } = resolving('grace');
    expect(await isSubOfAnother(store, aPool(), named(sub))).toBe(true);
    expect(asked).toEqual([{ kind: 'sub', value: sub }]);
  });

  test('is any UUID that nobody has', async () => {
    expect(await isSubOfAnother(resolving(undefined).ports, aPool(), named(sub))).toBe(false);
  });

  test('is not looked for among names of another form, nor where the name is the user’s own sub', async () => {
    const { ports: store, asked } = resolving('grace');
    expect(await isSubOfAnother(store, aPool(), named('ada'))).toBe(false);
    expect(await isSubOfAnother(store, aPool(), { username: sub, sub, implied: {} })).toBe(false);
    expect(asked).toEqual([]);
  });
});

describe('A new user', () => {
  test('begins enabled, now, in the state that brought them', () => {
    const password = { sealed: new Uint8Array([1]), expiresAt: someMoment + 1 };
    const begun = { attributes: { email: 'a@b.c' }, status: 'FORCE_CHANGE_PASSWORD', password } as const;
    expect(newUser(ports, aPool(), { username: 'ada', sub, implied: {} }, begun)).toEqual({
      poolId: 'us-east-1_aBcDeF123',
      username: 'ada',
      sub,
      ...begun,
      enabled: true,
      createdAt: someMoment,
      modifiedAt: someMoment,
      version: 0,
    });
  });

  test('has proven none of the addresses that they registered with', () => {
    expect(withFlags({ email: 'a@b.c', name: 'Ada' }, [])).toEqual({
      email: 'a@b.c',
      name: 'Ada',
      email_verified: 'false',
    });
    expect(withFlags({ phone_number: '+1', phone_number_verified: 'true' }, [])).toEqual({
      phone_number: '+1',
      phone_number_verified: 'true',
    });
    expect(withFlags({ name: 'Ada' }, [])).toEqual({ name: 'Ada' });
  });

  test("has those proven that the pool's function takes for proven", () => {
    expect(withFlags({ email: 'a@b.c', phone_number: '+1' }, ['phone_number'])).toEqual({
      email: 'a@b.c',
      email_verified: 'false',
      phone_number: '+1',
      phone_number_verified: 'true',
    });
  });
});

describe('An administrator who takes a name that is taken', () => {
  test.each<[PoolSettings, 'username' | 'email' | 'phone_number' | 'preferred_username', string]>([
    [{}, 'username', 'UsernameExistsException: User account already exists'],
    [{ UsernameAttributes: ['email'] }, 'email', 'UsernameExistsException: An account with the email already exists.'],
    [{ AliasAttributes: ['email'] }, 'email', 'AliasExistsException: An account with the email already exists.'],
    [
      { AliasAttributes: ['phone_number'] },
      'phone_number',
      'AliasExistsException: An account with the phone_number already exists.',
    ],
  ])('reads in a pool of %j about its %s: %s', (settings, taken, expected) => {
    expect(
      refusalOf(() => {
        throw adminCreateTaken(aPool({ settings }), taken);
      }),
    ).toBe(expected);
  });
});
