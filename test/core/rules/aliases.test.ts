import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alias } from '../../../lambdas/core/model/alias.ts';
import type { PoolSettings } from '../../../lambdas/core/model/pool.ts';
import { aliasesOf, fold, isCaseSensitive, isTransferable } from '../../../lambdas/core/rules/aliases.ts';
import { aPool, aUser } from '../../support/model.ts';

const withSettings = (settings: PoolSettings) => aPool({ settings });
const folding = withSettings({ UsernameConfiguration: { CaseSensitive: false } });
const exact = withSettings({ UsernameConfiguration: { CaseSensitive: true } });
const kinds = ['username', 'email', 'phone_number', 'preferred_username', 'sub'] as const;

describe('Names', () => {
  test('are compared exactly until the pool says otherwise', () => {
    expect([aPool(), exact, folding].map(isCaseSensitive)).toEqual([true, true, false]);
    for (const kind of kinds) expect(fold(aPool(), kind, 'Ada')).toBe('Ada');
  });

  test('are compared in lower case where the pool makes no difference, but for phones and subs', () => {
    expect(kinds.map((kind) => fold(folding, kind, 'Ada@X'))).toEqual(['ada@x', 'ada@x', 'Ada@X', 'ada@x', 'Ada@X']);
  });

  test('fold letter by letter, so that what follows a letter does not change it', () => {
    expect(fold(folding, 'username', 'ΣΑΣ')).toBe('σασ');
    expect(fold(folding, 'username', `${'ΣΑΣ'}x`)).toBe(`${fold(folding, 'username', 'ΣΑΣ')}x`);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const joined = fold(folding, 'username', a + b);
        expect(joined).toBe(fold(folding, 'username', a) + fold(folding, 'username', b));
      }),
    );
  });

  test('fold to what folds no further', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const once = fold(folding, 'username', name);
        expect(fold(folding, 'username', once)).toBe(once);
      }),
    );
  });
});

describe('The aliases of a user', () => {
  const attributes = {
    email: 'Ada@Example.com',
    email_verified: 'true',
    phone_number: '+12065559934',
    phone_number_verified: 'false',
    preferred_username: 'Countess',
  };
  const user = aUser({ attributes });
  const sub = { kind: 'sub', value: user.sub };

  test.each<[PoolSettings, unknown[]]>([
    [{}, []],
    [{ AliasAttributes: ['email', 'phone_number'] }, [{ kind: 'email', value: 'Ada@Example.com' }]],
    [{ AliasAttributes: ['preferred_username'] }, [{ kind: 'preferred_username', value: 'Countess' }]],
    [
      { AliasAttributes: ['email', 'preferred_username'], UsernameConfiguration: { CaseSensitive: false } },
      [
        { kind: 'email', value: 'ada@example.com' },
        { kind: 'preferred_username', value: 'countess' },
      ],
    ],
    [
      { UsernameAttributes: ['email', 'phone_number'] },
      [
        { kind: 'email', value: 'Ada@Example.com' },
        { kind: 'phone_number', value: '+12065559934' },
      ],
    ],
  ])('are in a pool of %j the sub and %j', (settings, expected) => {
    expect(aliasesOf(withSettings(settings), user)).toEqual([sub, ...expected]);
  });

  test('do not repeat a username that is the sub', () => {
    const generated = aUser({ username: user.sub, attributes: { email: 'a@b.c' } });
    expect(aliasesOf(withSettings({ UsernameAttributes: ['email'] }), generated)).toEqual([
      { kind: 'email', value: 'a@b.c' },
    ]);
  });

  test.each([
    { email_verified: 'true' },
    { email: '', email_verified: 'true' },
    { email: 'a@b.c' },
    { email: 'a@b.c', email_verified: 'false' },
    { preferred_username: '' },
  ])('are none but the sub with %j', (given) => {
    const pool = withSettings({ AliasAttributes: ['email', 'preferred_username'] });
    expect(aliasesOf(pool, aUser({ attributes: given }))).toEqual([sub]);
  });

  test.each<[PoolSettings, Alias['kind'], boolean]>([
    [{ AliasAttributes: ['email'] }, 'email', true],
    [{ AliasAttributes: ['phone_number'] }, 'phone_number', true],
    [{ UsernameAttributes: ['email'] }, 'email', false],
    [{ AliasAttributes: ['preferred_username'] }, 'preferred_username', false],
    [{}, 'sub', false],
  ])('in a pool of %j: %s may be taken from its holder: %s', (settings, kind, expected) => {
    expect(isTransferable(withSettings(settings), { kind, value: 'x' })).toBe(expected);
  });
});
