import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inlinePowers } from '../../../lambdas/adapters/system/inline-powers.ts';
import { fromBytes, pad, parseHex, toBytes, toHex } from '../../../lambdas/core/rules/big-integers.ts';
import {
  challenge,
  claimSignature,
  deriveKey,
  groupNameOf,
  innerHash,
  isClaimSignature,
  parseVerifier,
  requirePublicValue,
  scrambling,
  secretExponent,
  sessionKey,
  sharedSecret,
  verifierOf,
  wireInteger,
} from '../../../lambdas/core/rules/srp.ts';
import { multiplier, prime, primeLength } from '../../../lambdas/core/rules/srp-group.ts';
import recorded from '../../recorded/srp-vectors.json' with { type: 'json' };
import { seededRandom } from '../../support/seeded-random.ts';

const powers = inlinePowers();
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');
const integer = (text: string) => toBytes(BigInt(`0x${text}`), primeLength);
const ofHex = (text: string) => Buffer.from(text.padStart(2 * Math.ceil(text.length / 2), '0'), 'hex');
const ownerOf = ({ groupName, userId }: { groupName: string; userId: string }) => ({ groupName, identity: userId });

describe('The group of SRP', () => {
  test('is the one that the vectors were made in', () => {
    expect(prime.toString(16)).toBe(recorded.group.N_hex);
    expect(multiplier.toString(16)).toBe(recorded.group.k_hex);
  });
});

describe.each(recorded.vectors)('SRP reproduces the vector $name (auth-flows 7)', ({ input, output }) => {
  const owner = ownerOf(input);
  const salt = ofHex(input.salt_hex);
  const serverSecret = ofHex(input.b_hex);
  const verifier = integer(output.verifier_hex);
  const exchange = {
    clientPublic: integer(output.SRP_A_hex),
    serverPublic: integer(output.SRP_B_hex),
    serverSecret,
    verifier,
  };
  const u = ofHex(output.u_hex);

  test('in the verifier', async () => {
    expect(hex(innerHash(owner, input.password))).toBe(output.innerHash_hex);
    expect(hex(secretExponent(salt, innerHash(owner, input.password)))).toBe(output.x_hex.padStart(64, '0'));
    expect(await verifierOf(powers, owner, input.password, salt)).toEqual(verifier);
  });

  test('in the challenge', async () => {
    expect(wireInteger(await challenge(powers, verifier, serverSecret))).toBe(output.SRP_B_hex);
    expect(wireInteger(salt)).toBe(input.salt_hex.replace(/^0+/, ''));
  });

  test('in the session key', async () => {
    expect(toHex(scrambling(exchange.clientPublic, exchange.serverPublic))).toBe(output.u_hex);
    const secret = await sharedSecret(powers, exchange, u);
    expect(secret && toHex(secret)).toBe(output.S_hex);
    expect(pad(secret ?? new Uint8Array()).length).toBe(output.hkdfIkmBytes);
    expect(hex(pad(u))).toBe(output.hkdfSalt_hex);
    expect(hex(deriveKey(u, integer(output.S_hex)))).toBe(output.key_hex);
    expect(hex(await sessionKey(powers, exchange))).toBe(output.key_hex);
  });

  test('in the signature', async () => {
    const claim = { secretBlock: Buffer.from(input.secretBlock_base64, 'base64'), timestamp: input.timestamp };
    const expected = claimSignature(Buffer.from(output.key_hex, 'hex'), owner, claim);
    expect(expected.toString('base64')).toBe(output.signature_base64);
    expect(isClaimSignature(expected, output.signature_base64)).toBe(true);
  });

  test('from the side of the client', async () => {
    expect(toHex(await powers.ofGenerator(ofHex(input.a_hex)))).toBe(output.SRP_A_hex);
    expect(requirePublicValue(output.SRP_A_hex)).toEqual(exchange.clientPublic);
  });
});

describe('A device registers a verifier', () => {
  const device = recorded.vectors.find(({ kind }) => kind === 'device');
  const config = device?.input.DeviceSecretVerifierConfig;

  test('whose bytes are the integers of its vector (auth-flows 46)', () => {
    const parsed = parseVerifier(config?.Salt ?? '', config?.PasswordVerifier ?? '');
    expect(parsed?.verifier).toEqual(integer(device?.output.verifier_hex ?? ''));
    expect(parsed && wireInteger(parsed.salt)).toBe(device?.input.salt_hex);
  });

  test.each([
    ['0', 0n],
    ['1', 1n],
    ['N - 1', prime - 1n],
    ['N', prime],
    ['N + 2', prime + 2n],
    ['more than N has digits', prime * prime],
  ])('that is not %s', (_name, value) => {
    const bytes = toBytes(value, Math.max(1, Math.ceil(value.toString(16).length / 2)));
    expect(parseVerifier('AKNM4vlXoyXsmkrb1Jlxrg==', bytes.toString('base64'))).toBeUndefined();
  });

  test.each(['', 'AA', 'AKNM4vlXoyXsmkrb1Jlxrg', 'AKNM 4vl', '====', 'AKNM4vlXoyX-_krb1Jlxrg=='])(
    'in base64, which %j is not',
    (text) => {
      expect(parseVerifier(text, config?.PasswordVerifier ?? '')).toBeUndefined();
      expect(parseVerifier(config?.Salt ?? '', text)).toBeUndefined();
    },
  );
});

describe('SRP_A', () => {
  test.each(['0', '00', '', 'xyz', '0x12', '-1', prime.toString(16), (2n * prime).toString(16), `1${'0'.repeat(768)}`])(
    'is refused when it is %s (auth-flows 12)',
    (text) => {
      expect(() => requirePublicValue(text)).toThrow(
        expect.objectContaining({ name: 'InvalidParameterException', message: 'Invalid SRP_A.' }),
      );
    },
  );

  test.each([
    ['upper case', 'ABCDEF'],
    ['odd length', 'abc'],
    ['leading zeros', `${'0'.repeat(1000)}abc`],
  ])('is taken in %s (auth-flows 12)', (_name, text) => {
    expect(fromBytes(requirePublicValue(text))).toBe(BigInt(`0x${text}`));
  });
});

describe('An exchange', () => {
  const owner = { groupName: 'aBcDeF123', identity: 'ada' };
  const random = seededRandom('exchange');

  /** What an honest client computes, with the formulas of the protocol and no code of the service's side. */
  const clientKey = (password: string, salt: Uint8Array, a: bigint, A: bigint, B: bigint): Buffer => {
    const u = fromBytes(scrambling(toBytes(A, primeLength), toBytes(B, primeLength)));
    const x = fromBytes(secretExponent(salt, innerHash(owner, password)));
    const base = (((B - multiplier * power(2n, x)) % prime) + prime) % prime;
    return deriveKey(toBytes(u, 32), toBytes(power(base, a + u * x), primeLength));
  };

  const exchangeWith = async (stored: string, typed: string) => {
    const [salt, serverSecret, a] = [random.bytes(16), random.bytes(32), fromBytes(random.bytes(32))];
    const verifier = await verifierOf(powers, owner, stored, salt);
    const serverPublic = await challenge(powers, verifier, serverSecret);
    const A = power(2n, a);
    const clientPublic = toBytes(A, primeLength);
    const server = await sessionKey(powers, { clientPublic, serverPublic, serverSecret, verifier });
    return { server, client: clientKey(typed, salt, a, A, fromBytes(serverPublic)) };
  };

  test('ends with the same key on both sides for the right password, whatever it is written in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (password) => {
        const { server, client } = await exchangeWith(password, password);
        expect(server).toEqual(client);
      }),
      { numRuns: 8 },
    );
  });

  test('ends with different keys for another password', async () => {
    const { server, client } = await exchangeWith('Correct-Horse7!', 'Correct-Horse7?');
    expect(server).toHaveLength(16);
    expect(server).not.toEqual(client);
  });

  test('has no key for values that would fix the secret beforehand', async () => {
    const verifier = await verifierOf(powers, owner, 'Correct-Horse7!', random.bytes(16));
    const serverSecret = random.bytes(32);
    const u = Buffer.alloc(32, 7);
    const undo = inverse(power(fromBytes(verifier), fromBytes(u)));
    for (const base of [0n, 1n, prime - 1n]) {
      const clientPublic = toBytes((undo * base) % prime, primeLength);
      const exchange = { clientPublic, serverPublic: verifier, serverSecret, verifier };
      expect(await sharedSecret(powers, exchange, u)).toBeUndefined();
    }
  });

  test('has no key when u is zero', async () => {
    const verifier = await verifierOf(powers, owner, 'Correct-Horse7!', random.bytes(16));
    const exchange = { clientPublic: verifier, serverPublic: verifier, serverSecret: random.bytes(32), verifier };
    expect(await sharedSecret(powers, exchange, new Uint8Array(32))).toBeUndefined();
  });
});

describe('A claim', () => {
  const owner = { groupName: 'aBcDeF123', identity: 'ada' };
  const claim = { secretBlock: Buffer.from('block'), timestamp: 'Tue Sep 5 21:11:18 UTC 2023' };
  const key = Buffer.alloc(16, 1);
  const signature = claimSignature(key, owner, claim);

  test('signs group, identity, block and timestamp as one message', () => {
    const whole = createHmac('sha256', key).update('aBcDeF123adablockTue Sep 5 21:11:18 UTC 2023').digest();
    expect(signature).toEqual(whole);
  });

  test('is not believed when any part of it differs', () => {
    const others = [
      claimSignature(Buffer.alloc(16, 2), owner, claim),
      claimSignature(key, { ...owner, identity: 'adb' }, claim),
      claimSignature(key, owner, { ...claim, timestamp: 'Tue Sep 5 21:11:19 UTC 2023' }),
      claimSignature(key, owner, { ...claim, secretBlock: Buffer.from('blocK') }),
    ];
    for (const other of others) expect(isClaimSignature(signature, other.toString('base64'))).toBe(false);
  });

  test('is not believed in part, in excess or in nothing', () => {
    const text = signature.toString('base64');
    for (const given of ['', text.slice(0, 20), `AAAA${text}`, 'no base64']) {
      expect(isClaimSignature(signature, given)).toBe(false);
    }
  });
});

describe('Integers', () => {
  test('survive bytes, digits and padding', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: prime }), (value) => {
        const bytes = toBytes(value, primeLength);
        expect(fromBytes(bytes)).toBe(value);
        expect(parseHex(toHex(bytes), primeLength)).toBe(value);
        expect(fromBytes(pad(bytes))).toBe(value);
      }),
    );
  });

  test('are padded as two’s complement has them: no sign bit, no byte too many', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const padded = pad(bytes);
        expect((padded[0] ?? 0) & 0x80).toBe(0);
        if (padded.length > 1 && padded[0] === 0) expect((padded[1] ?? 0) & 0x80).toBe(0x80);
      }),
    );
  });

  test('name the group of a password by what follows the region', () => {
    expect(groupNameOf(recorded.userPoolId)).toBe('aBcDeF123');
  });
});

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base % prime];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

/** By Fermat's little theorem. */
function inverse(value: bigint): bigint {
  return power(value, prime - 2n);
}
