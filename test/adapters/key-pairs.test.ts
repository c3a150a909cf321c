import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keyPairs } from '../../lambdas/adapters/system/key-pairs.ts';

describe('keyPairs', () => {
  test('makes RSA pairs of 2048 bits whose halves belong together', async () => {
    const { privateKey, n, e } = await keyPairs().take();
    const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
    expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65_537n });
    const message = Buffer.from('message');
    const published = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
    expect(verify('sha256', message, published, sign('sha256', message, key))).toBe(true);
  });

  test('gives nobody the pair of another, from its spares or beyond them', async () => {
    const pairs = keyPairs(2);
    await pairs.prepare();
    const taken = await Promise.all([pairs.take(), pairs.take(), pairs.take()]);
    expect(new Set(taken.map(({ n }) => n)).size).toBe(3);
    await pairs.prepare();
  });

  test('makes nothing ahead when it keeps no spares', async () => {
    const pairs = keyPairs();
    await expect(pairs.prepare()).resolves.toBeUndefined();
    expect((await pairs.take()).n).not.toBe((await pairs.take()).n);
  });
});
