import { decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { rsaSigner } from '../../lambdas/adapters/system/rsa-signer.ts';
import { sealedKeyMaker } from '../../lambdas/adapters/system/sealed-key-maker.ts';
import { sealedSigner } from '../../lambdas/adapters/system/sealed-signer.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { Signer } from '../../lambdas/core/ports/signer.ts';
import { Throttled } from '../../lambdas/core/ports/unavailable.ts';
import { aSealer, sharedPairs } from '../support/key-material.ts';
import { memorySigningKeys } from '../support/memory-keys.ts';
import { someMoment } from '../support/model.ts';
import { signerContract } from './signer.contract.ts';

const minute = 60_000;
const poolId = 'us-east-1_aBcDeF123';
const claims = { sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77' };

const deployment = () => {
  const clock = stillClock(someMoment);
  return { keys: memorySigningKeys(), sealer: aSealer(clock), clock, random: systemRandom, pairs: sharedPairs };
};

let ports: ReturnType<typeof deployment>;

beforeEach(() => {
  ports = deployment();
});

signerContract('sealedSigner', () => sealedSigner(deployment()));

describe('sealedSigner', () => {
  test('makes one key for each use, however many instances and requests need it at once', async () => {
    const signers = Array.from({ length: 4 }, () => sealedSigner(ports));
    const signed = await Promise.all([...signers, ...signers].map((signer) => signer.sign(poolId, 'access', claims)));
    expect(new Set(signed.map((jws) => decodeProtectedHeader(jws).kid)).size).toBe(1);
    expect(await ports.keys.list(poolId)).toHaveLength(1);
    for (const jws of signed) expect(await sealedSigner(ports).verify(poolId, 'access', jws)).toEqual(claims);
  });

  test('asks the store nothing while it knows the pool’s keys', async () => {
    const signer = sealedSigner(ports);
    const jws = await signer.sign(poolId, 'access', claims);
    const before = ports.keys.calls();
    ports.clock.advance(5 * minute - 1);
    await signer.sign(poolId, 'access', claims);
    await signer.verify(poolId, 'access', jws);
    expect(ports.keys.calls()).toBe(before);
  });

  test('verifies at once what another instance signed with a key that is new to it', async () => {
    const [one, other] = [sealedSigner(ports), sealedSigner(ports)];
    expect(await one.verify(poolId, 'access', 'eyJraWQiOiJ4In0.e30.AAAA')).toBeUndefined();
    expect(await one.verify(poolId, 'access', await other.sign(poolId, 'access', claims))).toEqual(claims);
  });

  test('keeps private keys sealed, each for its own record', async () => {
    await sealedSigner(ports).sign(poolId, 'access', claims);
    const [key] = await ports.keys.list(poolId);
    if (key?.provider !== 'sealed') throw new Error('no sealed key was made');
    expect(Buffer.from(key.sealedPrivateKey).includes(Buffer.from(key.jwk.n, 'base64url'))).toBe(false);
    const moved = memorySigningKeys();
    await moved.add({ ...key, poolId: 'us-east-1_aBcDeF124' });
    await expect(sealedSigner({ ...ports, keys: moved }).sign('us-east-1_aBcDeF124', 'access', claims)).rejects.toThrow(
      'does not open',
    );
  });

  test('tries again after the store failed', async () => {
    let isDown = true;
    const list = (id: string) => (isDown ? Promise.reject(new Error('no answer')) : ports.keys.list(id));
    const signer = sealedSigner({ ...ports, keys: { ...ports.keys, list } });
    await expect(signer.sign(poolId, 'id', claims)).rejects.toThrow('no answer');
    isDown = false;
    expect(await signer.verify(poolId, 'id', await signer.sign(poolId, 'id', claims))).toEqual(claims);
  });
});

describe('A signer that makes no keys', () => {
  const publisher = () => rsaSigner({ keys: ports.keys, clock: ports.clock });
  const complete = async (signer: Signer) => (await signer.published(poolId)).isComplete;

  test('publishes what there is, and says that more is to come', async () => {
    const signer = publisher();
    expect(await signer.published(poolId)).toEqual({ keys: [], isComplete: false });
    await sealedSigner(ports).sign(poolId, 'access', claims);
    expect(await signer.published(poolId)).toMatchObject({ keys: [{ kty: 'RSA' }], isComplete: false });
    await sealedSigner(ports).sign(poolId, 'id', claims);
    expect(await complete(signer)).toBe(true);
    expect((await signer.published(poolId)).keys).toHaveLength(2);
  });

  test('reads a complete list once in a while, and any other each time', async () => {
    const signer = publisher();
    const reads = async () => {
      const before = ports.keys.calls();
      await signer.published(poolId);
      return ports.keys.calls() - before;
    };
    await signer.published(poolId);
    expect(await reads()).toBe(1);
    await sealedSigner(ports).published(poolId);
    await signer.published(poolId);
    expect(await reads()).toBe(0);
  });

  test('does not count a pool as complete that has two keys for one use', async () => {
    const maker = sealedKeyMaker(ports);
    await ports.keys.addFirst(await maker.make(poolId, 'access', 'active'));
    await ports.keys.add(await maker.make(poolId, 'access', 'next'));
    await ports.keys.add(await maker.make(poolId, 'id', 'next'));
    expect(await complete(publisher())).toBe(false);
  });

  test('verifies, and does not sign', async () => {
    const jws = await sealedSigner(ports).sign(poolId, 'access', claims);
    const signer = publisher();
    expect(await signer.verify(poolId, 'access', jws)).toEqual(claims);
    await expect(signer.sign(poolId, 'id', claims)).rejects.toThrow('has no id key, and none is made here');
    await expect(signer.sign(poolId, 'access', claims)).rejects.toThrow('of the kind sealed, which is not in reach');
    await signer.prepare(poolId);
    expect(await ports.keys.list(poolId)).toHaveLength(1);
  });
});

describe('Sealed keys', () => {
  test('are made when they are needed, unless whoever publishes them cannot make them', async () => {
    await sealedSigner(ports).prepare(poolId);
    expect(await ports.keys.list(poolId)).toEqual([]);
    await sealedSigner({ ...ports, eager: true }).prepare(poolId);
    expect((await ports.keys.list(poolId)).map(({ use, state }) => `${use} ${state}`).toSorted()).toEqual([
      'access active',
      'id active',
    ]);
  });

  test('are left for later when they cannot be made now, and only then', async () => {
    const failing = (error: Error) =>
      sealedSigner({ ...ports, eager: true, pairs: { take: () => Promise.reject(error) } });
    await failing(new Throttled('too often')).prepare(poolId);
    await expect(failing(new Error('broken')).prepare(poolId)).rejects.toThrow('broken');
    expect(await ports.keys.list(poolId)).toEqual([]);
  });
});
