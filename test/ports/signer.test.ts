import { decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { rotateKeys } from '../../lambdas/adapters/system/key-rotation.ts';
import { sealedSigner } from '../../lambdas/adapters/system/sealed-signer.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import { aSealer, sharedPairs } from '../support/key-material.ts';
import { memorySigningKeys } from '../support/memory-keys.ts';
import { someMoment } from '../support/model.ts';
import { signerContract } from './signer.contract.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;
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
    if (!key) throw new Error('no key was made');
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

describe('rotateKeys', () => {
  const states = async () => (await ports.keys.list(poolId)).map(({ use, state }) => `${use} ${state}`).toSorted();
  const active = async () =>
    (await ports.keys.list(poolId)).find(({ use, state }) => use === 'access' && state === 'active')?.kid;
  const rotate = () => rotateKeys(ports, poolId, year);

  beforeEach(async () => {
    await sealedSigner(ports).published(poolId);
  });

  test('leaves keys alone that are young, and pools that have none', async () => {
    ports.clock.advance(year - 1);
    await rotate();
    await rotateKeys(ports, 'us-east-1_aBcDeF124', 0);
    expect(await states()).toEqual(['access active', 'id active']);
    expect(await ports.keys.list('us-east-1_aBcDeF124')).toEqual([]);
  });

  test('publishes a successor for longer than verifiers keep a key set, before it signs', async () => {
    const first = await active();
    ports.clock.advance(year);
    await rotate();
    expect(await states()).toEqual(['access active', 'access next', 'id active', 'id next']);
    expect(await sealedSigner(ports).published(poolId)).toHaveLength(4);
    ports.clock.advance(hour);
    await rotate();
    expect(await active()).toBe(first);
    ports.clock.advance(5 * minute);
    await rotate();
    expect(await active()).not.toBe(first);
    expect(await states()).toEqual(['access active', 'access retired', 'id active', 'id retired']);
  });

  test('keeps a retired key for as long as its last token lives, then removes it', async () => {
    await rotateKeys(ports, poolId, 0);
    ports.clock.advance(hour + 5 * minute);
    await rotate();
    ports.clock.advance(day);
    await rotate();
    expect(await states()).toEqual(['access active', 'access retired', 'id active', 'id retired']);
    ports.clock.advance(5 * minute);
    await rotate();
    expect(await states()).toEqual(['access active', 'id active']);
  });

  test('never makes a verifier fail that looks for keys once an hour', async () => {
    const signer = sealedSigner(ports);
    const alive: { readonly jws: string; readonly until: number }[] = [];
    let known = new Set<string>();
    let knownUntil = 0;
    await rotateKeys(ports, poolId, 0);
    for (let step = 0; step < 4 * 27; step++) {
      const now = ports.clock.now();
      if (now >= knownUntil) {
        known = new Set((await signer.published(poolId)).map(({ kid }) => kid));
        knownUntil = now + hour;
      }
      alive.push({ jws: await signer.sign(poolId, 'access', claims), until: now + day });
      for (const { jws, until } of alive) {
        if (now < until) expect(known).toContain(decodeProtectedHeader(jws).kid);
      }
      ports.clock.advance(15 * minute);
      await rotate();
    }
    expect(await states()).toEqual(['access active', 'id active']);
  });

  test('takes each step once, however many instances take it', async () => {
    await rotateKeys(ports, poolId, 0);
    ports.clock.advance(2 * hour);
    await Promise.all([rotate(), rotate(), rotate()]);
    expect(await states()).toEqual(['access active', 'access retired', 'id active', 'id retired']);
  });

  test('verifies what was signed before and after, on an instance that has seen neither step', async () => {
    const signer = sealedSigner(ports);
    const before = await signer.sign(poolId, 'access', claims);
    await rotateKeys(ports, poolId, 0);
    ports.clock.advance(2 * hour);
    await rotate();
    const after = await sealedSigner(ports).sign(poolId, 'access', claims);
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    for (const jws of [before, after]) expect(await signer.verify(poolId, 'access', jws)).toEqual(claims);
  });
});
