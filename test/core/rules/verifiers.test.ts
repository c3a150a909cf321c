import { beforeEach, describe, expect, test } from 'vitest';
import { inlinePowers } from '../../../lambdas/adapters/system/inline-powers.ts';
import type { ModularPowers } from '../../../lambdas/core/ports/powers.ts';
import { fromBytes, toBytes } from '../../../lambdas/core/rules/big-integers.ts';
import { isUuid } from '../../../lambdas/core/rules/identifiers.ts';
import { verifierOf } from '../../../lambdas/core/rules/srp.ts';
import { prime, primeLength } from '../../../lambdas/core/rules/srp-group.ts';
import {
  isPassword,
  isPasswordOf,
  isSimulatedPassword,
  makePassword,
  openPassword,
  simulateUser,
} from '../../../lambdas/core/rules/verifiers.ts';
import { aSealer } from '../../support/key-material.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const pool = { id: 'us-east-1_aBcDeF123' };
const otherPool = { id: 'us-east-1_aBcDeF124' };
const password = 'Correct-Horse7!';

/** Counts the powers that a guess costs. */
const countedPowers = () => {
  const powers = inlinePowers();
  let count = 0;
  const counted = <T>(result: T): T => {
    count++;
    return result;
  };
  return {
    count: () => count,
    ofGenerator: (exponent: Uint8Array) => counted(powers.ofGenerator(exponent)),
    of: (base: Uint8Array, exponent: Uint8Array) => counted(powers.of(base, exponent)),
  } satisfies ModularPowers & { count: () => number };
};

let ports: {
  sealer: ReturnType<typeof aSealer>;
  powers: ReturnType<typeof countedPowers>;
  random: ReturnType<typeof seededRandom>;
};

beforeEach(() => {
  ports = { sealer: aSealer(), powers: countedPowers(), random: seededRandom() };
});

describe('A stored password', () => {
  test('is known again, and no other is', async () => {
    const sealed = await makePassword(ports, pool, 'ada', password);
    expect(await isPassword(ports, pool, 'ada', sealed, password)).toBe(true);
    for (const other of ['', 'correct-Horse7!', `${password} `, 'Correct-Horse7']) {
      expect(await isPassword(ports, pool, 'ada', sealed, other)).toBe(false);
    }
  });

  test('is taken as written: no normalisation makes two passwords one (auth-flows 11)', async () => {
    const sealed = await makePassword(ports, pool, 'josé', 'pass-é1A\u00e9');
    expect(await isPassword(ports, pool, 'josé', sealed, 'pass-é1A\u00e9')).toBe(true);
    expect(await isPassword(ports, pool, 'josé', sealed, 'pass-é1Ae\u0301')).toBe(false);
  });

  test('is the verifier that an SRP client arrives at', async () => {
    const sealed = await makePassword(ports, pool, 'ada', password);
    const { salt, verifier } = await openPassword(ports, pool, 'ada', sealed);
    expect(salt).toHaveLength(16);
    const owner = { groupName: 'aBcDeF123', identity: 'ada' };
    expect(Buffer.from(await verifierOf(ports.powers, owner, password, salt)).equals(verifier)).toBe(true);
  });

  test('is salted: the same password looks different each time', async () => {
    const [first, second] = [
      await makePassword(ports, pool, 'ada', password),
      await makePassword(ports, pool, 'ada', password),
    ];
    const opened = await Promise.all([first, second].map((sealed) => openPassword(ports, pool, 'ada', sealed)));
    expect(opened[0]?.verifier).not.toEqual(opened[1]?.verifier);
  });

  test('does not open in the row of another user or pool', async () => {
    const sealed = await makePassword(ports, pool, 'ada', password);
    await expect(isPassword(ports, pool, 'bob', sealed, password)).rejects.toThrow('does not open');
    await expect(isPassword(ports, otherPool, 'ada', sealed, password)).rejects.toThrow('does not open');
  });
});

describe('A guess', () => {
  test.each([
    [
      'a user with a password',
      async () => ({ username: 'ada', password: { sealed: await makePassword(ports, pool, 'ada', password) } }),
    ],
    ['a user without one', async () => ({ username: 'ada' })],
    ['nobody', async () => undefined],
  ])('at %s costs one power', async (_name, find) => {
    const user = await find();
    const before = ports.powers.count();
    expect(await isPasswordOf(ports, pool, { username: 'ada', user }, 'Wrong-Horse7!')).toBe(false);
    expect(ports.powers.count() - before).toBe(1);
  });

  test('at nobody is wrong, whatever it is', async () => {
    for (const guess of ['', password]) expect(await isSimulatedPassword(ports, pool, 'ada', guess)).toBe(false);
  });
});

describe('A user who does not exist', () => {
  test('looks the same each time, and differs by name and pool (auth-flows 17)', async () => {
    const first = await simulateUser(ports, pool, 'nobody');
    expect(await simulateUser(ports, pool, 'nobody')).toEqual(first);
    for (const other of [await simulateUser(ports, pool, 'nobodz'), await simulateUser(ports, otherPool, 'nobody')]) {
      expect(other.sub).not.toBe(first.sub);
      expect(other.salt).not.toEqual(first.salt);
      expect(other.verifier).not.toEqual(first.verifier);
    }
  });

  test('has a sub, a salt and a verifier like anybody', async () => {
    const { sub, salt, verifier } = await simulateUser(ports, pool, 'nobody');
    expect(isUuid(sub)).toBe(true);
    expect(sub[14]).toBe('4');
    expect('89ab').toContain(sub[19]);
    expect(salt).toHaveLength(16);
    expect(verifier).toHaveLength(primeLength);
    // Powers of 2 are squares modulo N: Euler's criterion would tell another number from them.
    expect(fromBytes(await ports.powers.of(verifier, toBytes((prime - 1n) / 2n, primeLength)))).toBe(1n);
  });

  test('cannot be told from the outside of the deployment', async () => {
    const elsewhere = { sealer: aSealer(undefined, seededRandom('elsewhere')) };
    expect((await simulateUser(elsewhere, pool, 'nobody')).salt).not.toEqual(
      (await simulateUser(ports, pool, 'nobody')).salt,
    );
  });
});
