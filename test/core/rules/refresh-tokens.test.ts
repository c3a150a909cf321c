import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RefreshGrant } from '../../../lambdas/core/model/session.ts';
import { openRefreshToken, sealRefreshToken } from '../../../lambdas/core/rules/refresh-tokens.ts';
import { aSealer } from '../../support/key-material.ts';
import { aPool } from '../../support/model.ts';

const grant: RefreshGrant = {
  clientId: '4tq8c2v9n1k7m3b5x6z0p2r4s8',
  username: 'josé.Ünïcode',
  sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77',
  originJti: '018a6c1e-9a51-7b1e-8d0e-5b1d6c0e8a77',
  authTime: 1_693_948_278,
  eventId: '018a6c1e-9a51-7b1e-8d0e-5b1d6c0e8a78',
  expiresAt: 1_696_540_278_000,
  generation: 3,
};

describe('A refresh token', () => {
  test('says what was granted, and to nobody without the key', async () => {
    const [sealer, pool] = [aSealer(), aPool()];
    const token = await sealRefreshToken(sealer, pool, grant);
    expect(await openRefreshToken(sealer, pool, token)).toEqual(grant);
    expect(await openRefreshToken(aSealer(), { ...pool, id: 'us-east-1_other0000' }, token)).toBeUndefined();
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain(grant.sub);
  });

  test('has the characters of the API’s pattern', async () => {
    expect(await sealRefreshToken(aSealer(), aPool(), grant)).toMatch(/^[A-Za-z0-9-_=.]+$/);
  });

  test('does not open when a single character of it is another', async () => {
    const [sealer, pool] = [aSealer(), aPool()];
    const token = await sealRefreshToken(sealer, pool, grant);
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'ABab01-_'), async (at, letter) => {
        const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
        // The last character has bits to spare: what matters is which bytes it stands for.
        const isSame = Buffer.from(changed, 'base64url').equals(Buffer.from(token, 'base64url'));
        expect((await openRefreshToken(sealer, pool, changed)) === undefined).toBe(!isSame);
      }),
    );
  });

  test.each([
    '',
    'A',
    'eyJhbGciOiJSUzI1NiJ9.e30.AAAA',
    'AQAAAAE',
    '....',
    'AQAAAAJAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ])('is not %j', async (text) => {
    expect(await openRefreshToken(aSealer(), aPool(), text)).toBeUndefined();
  });
});
