/** Signing keys follow each other, sealed and in KMS, and no verifier with a kept key set notices. */
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { kmsKeyMaker } from '../../lambdas/adapters/kms/kms-key-maker.ts';
import { kmsKeySigner } from '../../lambdas/adapters/kms/kms-key-signer.ts';
import { type StillClock, stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { KeyMaker } from '../../lambdas/adapters/system/key-kinds.ts';
import { keyRotation } from '../../lambdas/adapters/system/key-rotation.ts';
import { rsaSigner } from '../../lambdas/adapters/system/rsa-signer.ts';
import { sealedKeyMaker } from '../../lambdas/adapters/system/sealed-key-maker.ts';
import { sealedKeySigner } from '../../lambdas/adapters/system/sealed-key-signer.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { TokenUse } from '../../lambdas/core/model/signing-key.ts';
import type { SigningKeyStore } from '../../lambdas/core/ports/signing-key-store.ts';
import { aSealer, sharedPairs } from '../support/key-material.ts';
import { memorySigningKeys } from '../support/memory-keys.ts';
import { someMoment } from '../support/model.ts';
import { impatient } from '../support/table.ts';
import { usingSmallKms } from '../support/using-small-kms.ts';
import { openDynamodbStores } from './dynamodb-stores.ts';
import { inParallel, storedPool } from './open-stores.ts';

const used = usingSmallKms({ generations: 3 });

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;
const poolId = 'us-east-1_aBcDeF123';
const claims = { sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77' };

let clock: StillClock;
let keys: SigningKeyStore;
let sealer: ReturnType<typeof aSealer>;

beforeEach(() => {
  clock = stillClock(someMoment);
  keys = memorySigningKeys();
  sealer = aSealer(clock);
});

const sealed = (lifetime = year): KeyMaker =>
  sealedKeyMaker({ pairs: sharedPairs, sealer, clock, random: systemRandom, lifetime });

/** A deployment that knows so many generations. */
const kms = (generations: number): KeyMaker =>
  kmsKeyMaker({ client: used().client, clock, generations: used().kms.signingKeys.slice(0, generations) });

const signerOf = (maker: KeyMaker, store = keys) => {
  const inKms = kmsKeySigner({ client: used().client, patience: impatient });
  return rsaSigner({ keys: store, clock, signers: { sealed: sealedKeySigner({ sealer, clock }), kms: inKms }, maker });
};
/** As the function that publishes keys on AWS. */
const publisherOf = (store = keys) => rsaSigner({ keys: store, clock });

const rotate = (maker: KeyMaker, id = poolId) => keyRotation({ keys, clock, maker }).rotate(id);

/** Use, state and kind of each key: `access next kms 2`. */
const states = async (id = poolId, store = keys) => {
  const generations = used().kms.signingKeys;
  const kinds = (await store.list(id)).map((key) => {
    const generation = key.provider === 'kms' ? generations.findIndex((one) => one[key.use] === key.ref) + 1 : '';
    return `${key.use} ${key.state} ${key.provider} ${generation}`.trim();
  });
  return kinds.toSorted();
};
const ofAccess = async () => (await states()).filter((text) => text.startsWith('access')).map((text) => text.slice(7));

/** The kid that a new instance signs with. */
const kidOf = async (maker: KeyMaker, use: TokenUse = 'access') =>
  decodeProtectedHeader(await signerOf(maker).sign(poolId, use, claims)).kid;

describe('Sealed keys', () => {
  beforeEach(async () => {
    await signerOf(sealed()).published(poolId);
  });

  test('are left alone while they are young, and so are pools that have none', async () => {
    clock.advance(year - 1);
    await rotate(sealed());
    await rotate(sealed(0), 'us-east-1_aBcDeF124');
    expect(await states()).toEqual(['access active sealed', 'id active sealed']);
    expect(await keys.list('us-east-1_aBcDeF124')).toEqual([]);
  });

  test('get a successor that is published for longer than anybody keeps a key set, before it signs', async () => {
    const first = await kidOf(sealed());
    clock.advance(year);
    await rotate(sealed());
    expect(await ofAccess()).toEqual(['active sealed', 'next sealed']);
    expect((await publisherOf().published(poolId)).keys).toHaveLength(4);
    clock.advance(2 * hour);
    await rotate(sealed());
    expect(await kidOf(sealed())).toBe(first);
    clock.advance(5 * minute);
    await rotate(sealed());
    expect(await kidOf(sealed())).not.toBe(first);
    expect(await ofAccess()).toEqual(['active sealed', 'retired sealed']);
  });

  test('stay published for as long as their last token lives, then are removed', async () => {
    await rotate(sealed(0));
    clock.advance(3 * hour);
    await rotate(sealed());
    clock.advance(day);
    await rotate(sealed());
    expect(await ofAccess()).toEqual(['active sealed', 'retired sealed']);
    clock.advance(5 * minute);
    await rotate(sealed());
    expect(await states()).toEqual(['access active sealed', 'id active sealed']);
  });

  test('that were announced twice are followed by one of them', async () => {
    await inParallel(3, () => rotate(sealed(0)));
    expect((await ofAccess()).length).toBeGreaterThan(2);
    clock.advance(3 * hour);
    await inParallel(3, () => rotate(sealed()));
    clock.advance(3 * hour);
    await rotate(sealed());
    expect((await ofAccess()).filter((state) => state !== 'retired sealed')).toEqual(['active sealed']);
    clock.advance(2 * day);
    await rotate(sealed());
    expect(await states()).toEqual(['access active sealed', 'id active sealed']);
  });

  test('verify what was signed before and after, on an instance that has seen neither step', async () => {
    const signer = signerOf(sealed());
    const before = await signer.sign(poolId, 'access', claims);
    await rotate(sealed(0));
    clock.advance(3 * hour);
    await rotate(sealed());
    const after = await signerOf(sealed()).sign(poolId, 'access', claims);
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    for (const jws of [before, after]) expect(await signer.verify(poolId, 'access', jws)).toEqual(claims);
  });
});

describe('Keys in KMS', () => {
  beforeEach(async () => {
    await signerOf(kms(1)).prepare(poolId);
  });

  test('never get too old', async () => {
    clock.advance(10 * year);
    await rotate(kms(1));
    expect(await states()).toEqual(['access active kms 1', 'id active kms 1']);
  });

  test('are followed by those of the newest generation', async () => {
    await rotate(kms(3));
    expect(await ofAccess()).toEqual(['active kms 1', 'next kms 3']);
    clock.advance(2 * hour + 5 * minute);
    await rotate(kms(3));
    expect(await ofAccess()).toEqual(['active kms 3', 'retired kms 1']);
    clock.advance(day + 5 * minute);
    await rotate(kms(3));
    expect(await states()).toEqual(['access active kms 3', 'id active kms 3']);
  });

  test('that were to follow are passed over by a newer generation', async () => {
    await rotate(kms(2));
    clock.advance(hour);
    await rotate(kms(3));
    expect(await ofAccess()).toEqual(['active kms 1', 'next kms 3', 'retired kms 2']);
    clock.advance(2 * hour);
    await rotate(kms(3));
    expect(await ofAccess()).toEqual(['active kms 1', 'next kms 3', 'retired kms 2']);
  });

  test('do not follow once the deployment that knew them was taken back', async () => {
    await rotate(kms(2));
    clock.advance(3 * hour);
    await rotate(kms(1));
    expect(await ofAccess()).toEqual(['active kms 1', 'retired kms 2']);
    clock.advance(3 * hour);
    await rotate(kms(1));
    expect(await ofAccess()).toEqual(['active kms 1', 'retired kms 2']);
  });

  test('come back under the same id while their tokens still live', async () => {
    const first = await kidOf(kms(1));
    await rotate(kms(2));
    clock.advance(3 * hour);
    await rotate(kms(2));
    await rotate(kms(1));
    expect(await ofAccess()).toEqual(['active kms 2', 'next kms 1']);
    clock.advance(3 * hour);
    await rotate(kms(1));
    expect(await ofAccess()).toEqual(['active kms 1', 'retired kms 2']);
    expect(await kidOf(kms(1))).toBe(first);
  });

  test('that were about to come back go on verifying what they signed', async () => {
    const jws = await signerOf(kms(1)).sign(poolId, 'access', claims);
    await rotate(kms(2));
    clock.advance(3 * hour);
    await rotate(kms(2));
    await rotate(kms(1));
    await rotate(kms(2));
    expect(await ofAccess()).toEqual(['active kms 2', 'retired kms 1']);
    clock.advance(20 * hour);
    await rotate(kms(2));
    expect(await signerOf(kms(2)).verify(poolId, 'access', jws)).toEqual(claims);
  });
});

describe('A deployment that changes how it signs', () => {
  test('goes on with the keys that a pool has, and gives new pools new ones', async () => {
    await signerOf(sealed()).published(poolId);
    const signer = signerOf(kms(1));
    const jws = await signer.sign(poolId, 'access', claims);
    expect(await signer.verify(poolId, 'access', jws)).toEqual(claims);
    await signer.prepare('us-east-1_other');
    expect(await states()).toEqual(['access active sealed', 'id active sealed']);
    expect(await states('us-east-1_other')).toEqual(['access active kms 1', 'id active kms 1']);
    const back = signerOf(sealed());
    expect(await back.verify('us-east-1_other', 'id', await back.sign('us-east-1_other', 'id', claims))).toEqual(
      claims,
    );
  });

  test.each([
    ['sealed to KMS', () => sealed(), () => kms(1), ['active kms 1', 'retired sealed']],
    ['KMS to sealed', () => kms(1), () => sealed(), ['active sealed', 'retired kms 1']],
  ])('moves pools from %s', async (_way, from, to, after) => {
    await signerOf(from()).published(poolId);
    await rotate(to());
    clock.advance(3 * hour);
    await rotate(to());
    expect(await ofAccess()).toEqual(after);
  });
});

/** When (hours) which deployment begins; each comes back before the keys that it left are gone. */
const history: readonly (readonly [from: number, maker: () => KeyMaker])[] = [
  [0, () => kms(1)],
  [5, () => kms(2)],
  [10, () => sealed()],
  [16, () => kms(2)],
  [21, () => kms(1)],
  [22, () => kms(2)],
  [50, () => sealed(6 * hour)],
  [64, () => kms(3)],
];
const end = 72;
const step = 20 * minute;

describe('A token of any moment', () => {
  test('verifies by a key set that is an hour old, and for its whole life, whatever was deployed', async () => {
    const publisher = publisherOf();
    const [edge, verifier] = [keptForAnHour(), keptForAnHour()];
    const seen: { readonly at: number; readonly kids: ReadonlySet<string | undefined> }[] = [];
    const issued: { readonly at: number; readonly kid: string | undefined }[] = [];
    let maker = kms(1);
    let signer = signerOf(maker);
    await signer.prepare(poolId);

    for (let at = 0; at < end * hour; at += step) {
      const deployed = history.find(([from]) => from * hour === at);
      if (deployed) {
        maker = deployed[1]();
        // An instance that started before goes on with what it knows.
        if (deployed[0] % 2 === 0) signer = signerOf(maker);
      }
      await inParallel(2, () => rotate(maker));
      const published = async () => ({ keys: (await publisher.published(poolId)).keys.map((jwk) => ({ ...jwk })) });
      // Caches in a row, that ask at different times: what the verifier holds may be two hours old.
      const held = await verifier(at + 40 * minute, () => edge(at, published));
      seen.push({ at, kids: new Set((await published()).keys.map(({ kid }) => kid)) });
      for (const use of ['id', 'access'] as const) {
        const jws = await signer.sign(poolId, use, claims);
        await jwtVerify(jws, createLocalJWKSet(held));
        issued.push({ at, kid: decodeProtectedHeader(jws).kid });
      }
      clock.advance(step);
    }

    expect(new Set(issued.map(({ kid }) => kid)).size).toBeGreaterThan(10);
    for (const token of issued) {
      const during = seen.filter(({ at }) => at >= token.at - 2 * hour && at <= token.at + day);
      for (const { kids } of during) expect(kids).toContain(token.kid);
    }
  });
});

type Fetch = () => Promise<JSONWebKeySet>;

const keptForAnHour = () => {
  let kept: JSONWebKeySet | undefined;
  let until = 0;
  return async (now: number, fetch: Fetch): Promise<JSONWebKeySet> => {
    if (kept === undefined || now >= until) {
      kept = await fetch();
      until = now + hour;
    }
    return kept;
  };
};

describe('Several instances that rotate at once', () => {
  test.each([
    ['from one generation to the next', () => kms(1), () => kms(2), 'kms 1', 'kms 2'],
    ['from sealed keys to KMS', () => sealed(), () => kms(1), 'sealed', 'kms 1'],
    ['from KMS to sealed keys', () => kms(1), () => sealed(), 'kms 1', 'sealed'],
  ])('take each step once: %s', async (_way, from, to, before, after) => {
    const all = Array.from({ length: 4 }, () => openDynamodbStores({ clock }));
    const [first] = all;
    if (!first) throw new Error('four were opened');
    const { id } = await storedPool(first);
    const rotateAtOnce = () =>
      Promise.all(all.map(({ signingKeys }) => keyRotation({ keys: signingKeys, clock, maker: to() }).rotate(id)));
    const accessStates = async () =>
      (await states(id, first.signingKeys)).filter((text) => text.startsWith('access')).map((text) => text.slice(7));

    await signerOf(from(), first.signingKeys).published(id);
    await rotateAtOnce();
    expect(new Set(await accessStates())).toEqual(new Set([`active ${before}`, `next ${after}`]));
    clock.advance(3 * hour);
    await rotateAtOnce();
    const settled = (await accessStates()).filter((state) => state !== `retired ${after}`);
    expect(settled).toEqual([`active ${after}`, `retired ${before}`]);
    clock.advance(2 * day);
    await rotateAtOnce();
    expect(await accessStates()).toEqual([`active ${after}`]);
    const signer = signerOf(to(), first.signingKeys);
    expect(await signer.verify(id, 'access', await signer.sign(id, 'access', claims))).toEqual(claims);
  });
});
