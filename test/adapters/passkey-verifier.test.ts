/** What counts as a passkey, whatever an authenticator, or somebody in its place, says about itself. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { simpleWebAuthn } from '../../lambdas/adapters/simplewebauthn/passkey-verifier.ts';
import { readAssertion, readRegistration } from '../../lambdas/core/rules/passkey-responses.ts';
import { anAuthenticator, coseKey, type Deviations } from '../support/authenticator.ts';
import { cbor } from '../support/cbor.ts';

const asked = { challenge: Buffer.alloc(32, 7).toString('base64url'), rpId: 'example.com' };
const expected = {
  challenge: asked.challenge,
  origin: 'https://example.com',
  relyingPartyId: 'example.com',
  requiresVerification: false,
};

async function register(deviations: Deviations = {}, authenticator = anAuthenticator()) {
  const registration = readRegistration(authenticator.register(asked, deviations));
  if (!registration) throw new Error('The registration cannot be read');
  return simpleWebAuthn.register(registration, expected);
}

const registeredBytes = (attestationObject: Buffer) => {
  const made = anAuthenticator().register(asked);
  const response = { ...made.response, attestationObject: attestationObject.toString('base64url') };
  const registration = readRegistration({ ...made, response });
  if (!registration) throw new Error('The registration cannot be read');
  return simpleWebAuthn.register(registration, expected);
};

const authenticatorData = (...parts: readonly Uint8Array[]) =>
  Buffer.concat([createHash('sha256').update('example.com').digest(), ...parts]);

const attestation = (members: object): Buffer => cbor(new Map(Object.entries(members)));

describe('A registration', () => {
  test.each(['ES256', 'RS256'] as const)('of %s gives id, key and counter', async (algorithm) => {
    const authenticator = anAuthenticator({ algorithm });
    expect(await register({ counter: 9 }, authenticator)).toEqual({
      id: authenticator.id,
      publicKey: expect.any(Uint8Array),
      counter: 9,
    });
  });

  test.each(['ES256', 'RS256'] as const)('may be signed by the new key of %s itself', async (algorithm) => {
    expect(await register({ format: 'packed' }, anAuthenticator({ algorithm }))).toHaveProperty('publicKey');
  });

  test.each(['fido-u2f', 'packed', 'tpm', 'apple', 'android-key', 'android-safetynet'])(
    'with certificates, as of %s, is looked at without them, and nobody is asked about them',
    async (format) => {
      const asks = vi.spyOn(globalThis, 'fetch');
      onTestFinished(() => asks.mockRestore());
      const statement = new Map<string, unknown>([
        ['x5c', [Buffer.from('no certificate')]],
        ['sig', Buffer.alloc(70)],
        ['alg', -7],
      ]);
      const deviations = { format: format as 'packed', statement };
      expect(await register(deviations)).toHaveProperty('publicKey');
      expect(asks).not.toHaveBeenCalled();
    },
  );

  test('of a format that nobody knows is no passkey', async () => {
    expect(await register({ format: 'compound' as 'none', statement: new Map() })).toBe('unsupported');
  });

  test('needs a key that it can sign with', async () => {
    const { publicKey: p384 } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const { publicKey: short } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const { publicKey: good } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const point = coseKey(good, 'ES256');
    const keys: readonly ReadonlyMap<number, unknown>[] = [
      coseKey(p384, 'ES256'),
      coseKey(short, 'RS256'),
      new Map([...point, [3, -257]]),
      new Map([...point, [3, -8]]),
      new Map([...point, [-1, 2]]),
      new Map([...point, [-2, Buffer.alloc(0)]]),
      new Map([...point].filter(([label]) => label !== -3)),
      new Map<number, unknown>([
        [1, 3],
        [3, -257],
        [-1, Buffer.alloc(1024, 255)],
        [-2, Buffer.from([1, 0, 1])],
      ]),
      new Map<number, unknown>([
        [1, 3],
        [3, -257],
        [-1, Buffer.alloc(256, 255)],
        [-2, Buffer.alloc(256, 255)],
      ]),
      new Map(),
    ];
    for (const publicKey of keys) expect(await register({ publicKey })).toBe('unsupported');
  });

  test('of bytes of any other kind cannot be read', async () => {
    const authData = authenticatorData(Buffer.from([65, 0, 0, 0, 0]), Buffer.alloc(16), Buffer.from([0, 1, 9]));
    const statement = new Map();
    const odd: readonly Buffer[] = [
      Buffer.from([0xff]),
      Buffer.alloc(20_000, 0x81),
      Buffer.from([0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      cbor('text'),
      cbor([]),
      attestation({}),
      attestation({ fmt: 7, attStmt: statement, authData }),
      attestation({ fmt: 'none', attStmt: [], authData }),
      attestation({ fmt: 'none', attStmt: statement, authData: 'text' }),
      attestation({ fmt: 'none', attStmt: statement, authData }),
      attestation({ fmt: 'none', attStmt: statement, authData: authData.subarray(0, 36) }),
      attestation({ fmt: 'none', attStmt: statement, authData: Buffer.concat([authData, Buffer.alloc(30_000, 0x81)]) }),
    ];
    for (const bytes of odd) expect(await registeredBytes(bytes)).toBe('unreadable');
  });

  test('has nothing behind what it says', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = cbor(coseKey(publicKey, 'ES256'));
    const head = [Buffer.from([65, 0, 0, 0, 0]), Buffer.alloc(16), Buffer.from([0, 1, 9])];
    const authData = authenticatorData(...head, key, Buffer.from([0]));
    expect(await registeredBytes(attestation({ fmt: 'none', attStmt: new Map(), authData }))).toBe('unreadable');
  });
});

describe('An assertion', () => {
  test('of one key is not one of another, nor of another kind', async () => {
    const [one, other, third] = [anAuthenticator(), anAuthenticator(), anAuthenticator({ algorithm: 'RS256' })];
    const keys = await Promise.all([one, other, third].map((each) => register({ counter: 0 }, each)));
    const assertion = readAssertion(one.assert(asked));
    if (!assertion) throw new Error('The assertion cannot be read');
    const verified = keys.map((key) =>
      typeof key === 'string' ? key : simpleWebAuthn.verify(assertion, key, expected),
    );
    expect(await Promise.all(verified)).toEqual([{ counter: 2 }, undefined, undefined]);
  });

  test('is refused with a counter that does not rise', async () => {
    const authenticator = anAuthenticator();
    const key = await register({ counter: 5 }, authenticator);
    if (typeof key === 'string') throw new Error(key);
    const verify = async (counter: number) => {
      const assertion = readAssertion(authenticator.assert(asked, { counter }));
      return assertion && simpleWebAuthn.verify(assertion, key, expected);
    };
    expect([await verify(0), await verify(4), await verify(5), await verify(6)]).toEqual([
      undefined,
      undefined,
      undefined,
      { counter: 6 },
    ]);
  });
});

describe('A signature', () => {
  test.each(['ES256', 'RS256'] as const)('of %s of which any bit was changed proves nothing', async (algorithm) => {
    const authenticator = anAuthenticator({ algorithm });
    const key = await register({}, authenticator);
    if (typeof key === 'string') throw new Error(key);
    const made = authenticator.assert(asked);
    const proves = (signature: Buffer) => {
      const response = { ...made.response, signature: signature.toString('base64url') };
      const assertion = readAssertion({ ...made, response });
      return assertion && simpleWebAuthn.verify(assertion, key, expected);
    };
    const signature = Buffer.from(made.response.signature, 'base64url');
    expect(await proves(signature)).toBeDefined();
    for (let bit = 0; bit < signature.length * 8; bit++) {
      const changed = Buffer.from(signature);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect({ bit, proof: await proves(changed) }).toEqual({ bit, proof: undefined });
    }
    for (const more of [Buffer.of(0), signature])
      expect(await proves(Buffer.concat([signature, more]))).toBeUndefined();
  });
});
