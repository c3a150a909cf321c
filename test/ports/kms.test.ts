/** Keys that never leave KMS: the contracts of signer and key wrap through the SDK, and what is KMS’s alone. */
import { decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { kmsKeyMaker } from '../../lambdas/adapters/kms/kms-key-maker.ts';
import { kmsKeySigner } from '../../lambdas/adapters/kms/kms-key-signer.ts';
import { kmsKeyWrap } from '../../lambdas/adapters/kms/kms-key-wrap.ts';
import { type StillClock, stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { rsaSigner } from '../../lambdas/adapters/system/rsa-signer.ts';
import type { Signer } from '../../lambdas/core/ports/signer.ts';
import type { SigningKeyStore } from '../../lambdas/core/ports/signing-key-store.ts';
import { Throttled, Unavailable } from '../../lambdas/core/ports/unavailable.ts';
import { memorySigningKeys } from '../support/memory-keys.ts';
import { someMoment } from '../support/model.ts';
import { impatient } from '../support/table.ts';
import { usingSmallKms } from '../support/using-small-kms.ts';
import { keyWrapContract } from './key-wrap.contract.ts';
import { signerContract } from './signer.contract.ts';

const used = usingSmallKms();
const patience = impatient;
const poolId = 'us-east-1_aBcDeF123';
const otherPool = 'us-east-1_aBcDeF124';
const claims = { sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77' };

let clock: StillClock;

beforeEach(() => {
  clock = stillClock(someMoment);
});

const makerOf = () => kmsKeyMaker({ client: used().client, clock, generations: used().kms.signingKeys, patience });

const signerOf = (keys: SigningKeyStore = memorySigningKeys()): Signer =>
  rsaSigner({ keys, clock, signers: { kms: kmsKeySigner({ client: used().client, patience }) }, maker: makerOf() });

const wrapWith = (keyArn: string) => kmsKeyWrap({ client: used().client, keyArn, patience });

signerContract('rsaSigner with keys in KMS', () => signerOf());
keyWrapContract('kmsKeyWrap', () => wrapWith(used().kms.addWrapKey()));

describe('Signing keys in KMS', () => {
  test('are one for all pools, and have another id in each pool and for each use', async () => {
    const signer = signerOf();
    const [one, other] = [(await signer.published(poolId)).keys, (await signer.published(otherPool)).keys];
    expect(other.map(({ n }) => n).toSorted()).toEqual(one.map(({ n }) => n).toSorted());
    expect(new Set([...one, ...other].map(({ kid }) => kid)).size).toBe(4);
    for (const { kid } of one) expect(kid).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  test('have the same id whichever instance makes them', async () => {
    expect(await signerOf().published(poolId)).toEqual(await signerOf().published(poolId));
  });

  test('of another pool or use are never accepted, although it is the same key that signed', async () => {
    const [keys, maker] = [memorySigningKeys(), makerOf()];
    const signer = signerOf(keys);
    const jws = await signer.sign(poolId, 'access', claims);
    await signer.prepare(otherPool);
    expect(await signer.verify(poolId, 'access', jws)).toEqual(claims);
    expect(await signer.verify(otherPool, 'access', jws)).toBeUndefined();
    expect(await signer.verify(poolId, 'id', jws)).toBeUndefined();
    // Not even where one key serves both uses.
    const arn = used().kms.signingKeys.at(-1)?.access ?? '';
    const same = kmsKeyMaker({ client: used().client, clock, generations: [{ id: arn, access: arn }] });
    const [id, access] = [await same.make(poolId, 'id', 'active'), await same.make(poolId, 'access', 'active')];
    expect(id.jwk.n).toBe(access.jwk.n);
    expect(id.kid).not.toBe(access.kid);
    expect(access.kid).toBe((await maker.make(poolId, 'access', 'next')).kid);
  });

  test('are made as soon as a pool is, for one look at each key in an instance’s life', async () => {
    const { callsOf } = used();
    const keys = memorySigningKeys();
    const signer = signerOf(keys);
    const pools = ['us-east-1_a', 'us-east-1_b', 'us-east-1_c'];
    const calls = await callsOf(() => Promise.all(pools.map((id) => signer.prepare(id))));
    expect(calls).toEqual(['GetPublicKey ok', 'GetPublicKey ok']);
    clock.advance(400 * 86_400_000);
    expect(await callsOf(() => signer.prepare('us-east-1_d'))).toEqual([]);
    for (const id of [...pools, 'us-east-1_d']) expect(await keys.list(id)).toHaveLength(2);
  });

  test('cost one call for each token that is signed, and none to verify it', async () => {
    const signer = signerOf();
    await signer.prepare(poolId);
    let jws = '';
    const signing = await used().callsOf(async () => {
      jws = await signer.sign(poolId, 'access', claims);
    });
    expect(signing).toEqual(['Sign ok']);
    const verifying = await used().callsOf(async () => {
      expect(await signer.verify(poolId, 'access', jws)).toEqual(claims);
    });
    expect(verifying).toEqual([]);
  });

  test('are refused where they are none for signatures, and where there are none', async () => {
    const { kms, client } = used();
    const generations = [{ id: kms.wrapKeyArn, access: kms.wrapKeyArn }];
    await expect(kmsKeyMaker({ client, clock, generations }).make(poolId, 'id', 'active')).rejects.toThrow(
      'KMS refused GetPublicKey: InvalidKeyUsageException',
    );
    expect(() => kmsKeyMaker({ client, clock, generations: [] })).toThrow('no generation of signing keys');
  });

  test('are left for later when KMS is too busy while a pool is made', async () => {
    const keys = memorySigningKeys();
    const signer = signerOf(keys);
    used().kms.fail(6);
    await signer.prepare(poolId);
    expect(await keys.list(poolId)).toEqual([]);
    // The first of two keys that is given up ends the preparation, while the other one may still be asked for.
    used().kms.recover();
    expect(decodeProtectedHeader(await signer.sign(poolId, 'id', claims)).kid).toBeDefined();
  });
});

describe('What KMS is too busy for', () => {
  const prepared = async () => {
    const signer = signerOf();
    await signer.prepare(poolId);
    return () => signer.sign(poolId, 'id', claims);
  };

  test.each([
    'ThrottlingException',
    'LimitExceededException',
    'KMSInternalException',
    'DependencyTimeoutException',
    'KeyUnavailableException',
  ] as const)('is tried twice more, then given up: %s', async (name) => {
    const { kms, callsOf } = used();
    const sign = await prepared();
    kms.fail(2, name);
    expect(await callsOf(sign)).toEqual([`Sign ${name}`, `Sign ${name}`, 'Sign ok']);
    kms.fail(3, name);
    const calls = await callsOf(() => expect(sign()).rejects.toThrow(Throttled));
    expect(calls).toEqual(Array(3).fill(`Sign ${name}`));
  });

  test('is tried again after waits of chance that grow', async () => {
    const { kms, client } = used();
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => void waits.push(milliseconds);
    const wrap = kmsKeyWrap({ client, keyArn: kms.wrapKeyArn, patience: { sleep, chance: () => 0.5 } });
    kms.fail(2);
    await wrap.wrap(new Uint8Array(32), { app: 'millpond' });
    expect(waits).toEqual([50, 150]);
  });

  test('says what KMS said, and how often it was asked', async () => {
    used().kms.fail(3);
    await expect(wrapWith(used().kms.wrapKeyArn).wrap(new Uint8Array(32), {})).rejects.toMatchObject({
      name: 'Throttled',
      message: 'KMS did not Encrypt in 3 attempts: ThrottlingException',
      cause: { name: 'ThrottlingException' },
    });
  });

  test('is told apart from a connection that breaks, which is tried as often', async () => {
    const { kms, callsOf } = used();
    const wrap = wrapWith(kms.wrapKeyArn);
    kms.hangUp(2);
    expect(await callsOf(() => wrap.wrap(new Uint8Array(32), {}))).toEqual([
      'Encrypt hang up',
      'Encrypt hang up',
      'Encrypt ok',
    ]);
    kms.hangUp(3);
    const failure = await wrap.wrap(new Uint8Array(32), {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unavailable);
    expect(failure).not.toBeInstanceOf(Throttled);
  });
});

describe('What KMS refuses', () => {
  test('is a fault at once, by its name: a key that is disabled or about to be deleted', async () => {
    const { kms, callsOf } = used();
    const { access } = await kms.addGeneration();
    const signer = signerOf();
    await signer.prepare(poolId);
    const refusedWith = (name: string) =>
      callsOf(() =>
        expect(signer.sign(poolId, 'access', claims)).rejects.toMatchObject({
          name: 'Error',
          message: `KMS refused Sign: ${name}`,
          cause: { name },
        }),
      );
    kms.disable(access);
    expect(await refusedWith('DisabledException')).toEqual(['Sign DisabledException']);
    kms.scheduleDeletion(access);
    expect(await refusedWith('KMSInvalidStateException')).toEqual(['Sign KMSInvalidStateException']);
    kms.enable(access);
    await signer.sign(poolId, 'access', claims);
  });

  test('is a fault: a key that is not there', async () => {
    await expect(wrapWith(`${used().kms.wrapKeyArn}0`).wrap(new Uint8Array(32), {})).rejects.toThrow(
      'KMS refused Encrypt: NotFoundException',
    );
  });
});
