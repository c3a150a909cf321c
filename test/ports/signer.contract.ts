/** What every signer promises. */
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import type { Signer } from '../../lambdas/core/ports/signer.ts';

const poolId = 'us-east-1_aBcDeF123';
const otherPool = 'us-east-1_aBcDeF124';
const claims = { sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77', name: 'Ünïcode', exp: 1, flag: true, list: ['a'] };

export function signerContract(name: string, make: () => Signer | Promise<Signer>): void {
  describe(`${name} as a signer`, () => {
    test('verifies what it signed, expired or not', async () => {
      const signer = await make();
      for (const use of ['id', 'access'] as const) {
        expect(await signer.verify(poolId, use, await signer.sign(poolId, use, claims))).toEqual(claims);
      }
    });

    test('signs so that others can verify by the published keys alone (auth-flows 37)', async () => {
      const signer = await make();
      const jws = await signer.sign(poolId, 'access', { ...claims, exp: 4_000_000_000 });
      const keys = createLocalJWKSet({ keys: (await signer.published(poolId)).keys.map((jwk) => ({ ...jwk })) });
      const { payload } = await jwtVerify(jws, keys, { algorithms: ['RS256'] });
      expect(payload).toEqual({ ...claims, exp: 4_000_000_000 });
    });

    test('names key and algorithm in the header, and nothing else', async () => {
      const signer = await make();
      const header = decodeProtectedHeader(await signer.sign(poolId, 'id', claims));
      expect(Object.keys(header)).toEqual(['kid', 'alg']);
      expect(header.alg).toBe('RS256');
    });

    test('signs the two uses with different keys, and takes neither for the other (auth-flows 37)', async () => {
      const signer = await make();
      const [id, access] = [await signer.sign(poolId, 'id', claims), await signer.sign(poolId, 'access', claims)];
      expect(decodeProtectedHeader(id).kid).not.toBe(decodeProtectedHeader(access).kid);
      expect(await signer.verify(poolId, 'access', id)).toBeUndefined();
      expect(await signer.verify(poolId, 'id', access)).toBeUndefined();
    });

    test('takes no pool’s tokens for those of another', async () => {
      const signer = await make();
      const jws = await signer.sign(poolId, 'access', claims);
      await signer.sign(otherPool, 'access', claims);
      expect(await signer.verify(otherPool, 'access', jws)).toBeUndefined();
    });

    test('signs claims of any length', async () => {
      const signer = await make();
      const many = { ...claims, groups: Array.from({ length: 300 }, (_, index) => `a group with the number ${index}`) };
      const jws = await signer.sign(poolId, 'access', many);
      expect(jws.length).toBeGreaterThan(4096);
      expect(await signer.verify(poolId, 'access', jws)).toEqual(many);
    });

    test('prepares a pool without harm, as often as it is asked to', async () => {
      const signer = await make();
      await Promise.all([signer.prepare(poolId), signer.prepare(poolId)]);
      const before = await signer.published(poolId);
      await signer.prepare(poolId);
      expect(await signer.published(poolId)).toEqual(before);
      expect(before.keys).toHaveLength(2);
    });

    test('publishes both keys of a pool before it has signed anything', async () => {
      const { keys, isComplete } = await (await make()).published(poolId);
      expect(isComplete).toBe(true);
      expect(keys).toHaveLength(2);
      expect(new Set(keys.map(({ kid }) => kid)).size).toBe(2);
      for (const key of keys) {
        expect(Object.keys(key).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
        expect(key).toMatchObject({ alg: 'RS256', e: 'AQAB', kty: 'RSA', use: 'sig' });
        expect(key.kid).toMatch(/^[A-Za-z0-9+/]{43}=$/);
        expect(Buffer.from(key.n, 'base64url')).toHaveLength(256);
      }
    });

    test('believes nothing that was changed by a bit', async () => {
      const signer = await make();
      const jws = await signer.sign(poolId, 'access', claims);
      const parts = jws.split('.').map((part) => Buffer.from(part, 'base64url'));
      for (const [index, part] of parts.entries()) {
        for (let at = 0; at < part.length; at += 7) {
          const flipped = parts.map((bytes, place) =>
            place === index ? Buffer.from(bytes.map((byte, spot) => (spot === at ? byte ^ 1 : byte))) : bytes,
          );
          const forged = flipped.map((bytes) => bytes.toString('base64url')).join('.');
          expect(await signer.verify(poolId, 'access', forged)).toBeUndefined();
        }
      }
    });

    test('believes no header that chooses another algorithm or key', async () => {
      const signer = await make();
      const jws = await signer.sign(poolId, 'access', claims);
      const { kid } = decodeProtectedHeader(jws);
      const [, payload, signature] = jws.split('.');
      const headers = [
        { kid, alg: 'none' },
        { kid, alg: 'HS256' },
        { alg: 'RS256' },
        { kid: 'other', alg: 'RS256' },
        { kid: 7 },
        null,
        7,
      ];
      for (const header of headers) {
        const written = Buffer.from(JSON.stringify(header)).toString('base64url');
        for (const tail of [signature, '', 'AAAA']) {
          expect(await signer.verify(poolId, 'access', `${written}.${payload}.${tail}`)).toBeUndefined();
        }
      }
    });

    test.each([
      '',
      '.',
      '..',
      '...',
      'a.b.c',
      'e30.e30.e30',
      'e30.e30',
      '{}.{}.{}',
      'e30.e30.e30.e30',
      'e30.e30.e30\n',
    ])('believes nothing that is no JWS, like %j', async (text) => {
      expect(await (await make()).verify(poolId, 'access', text)).toBeUndefined();
    });
  });
}
