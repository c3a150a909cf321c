import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAssertion, readJson, readRegistration } from '../../../lambdas/core/rules/passkey-responses.ts';
import { relyingPartyOf } from '../../../lambdas/core/rules/passkeys.ts';
import { anAuthenticator } from '../../support/authenticator.ts';
import { aPool } from '../../support/model.ts';

const asked = { challenge: 'AAAA', rpId: 'example.com' };
const settings = { issuerBase: 'https://auth.example.net:8443' };

const named = { WebAuthnConfiguration: { RelyingPartyId: 'example.com' } };

describe('The relying party of a pool', () => {
  test.each([
    ['the one that it names', { settings: named, domain: 'a', customDomain: 'login.example.com' }, 'example.com'],
    ['else its own host name', { domain: 'a', customDomain: 'login.example.com' }, 'login.example.com'],
    ['else the host of its prefix', { domain: 'a' }, 'a.auth.example.net'],
    ['else nobody', {}, undefined],
  ])('is %s', (_, members, expected) => {
    expect(relyingPartyOf(settings, aPool(members))).toBe(expected);
  });
});

describe('What a browser hands over', () => {
  test('is read whole', () => {
    const [made, signed] = [anAuthenticator().register(asked), anAuthenticator().assert(asked, { userHandle: 'AAAA' })];
    expect(readRegistration(made)).toEqual({
      id: made.id,
      clientDataJSON: made.response.clientDataJSON,
      clientData: { type: 'webauthn.create', challenge: 'AAAA', origin: 'https://example.com', crossOrigin: false },
      attestationObject: made.response.attestationObject,
      transports: ['internal', 'hybrid'],
      attachment: 'platform',
    });
    expect(readAssertion(signed)).toMatchObject({ id: signed.id, userHandle: 'AAAA', ...signature(signed.response) });
  });

  test('may leave out what browsers leave out', () => {
    const { authenticatorAttachment: _, response, ...made } = anAuthenticator().register(asked);
    const { transports: __, ...bare } = response;
    const read = readRegistration({ ...made, authenticatorAttachment: null, response: bare });
    expect(read).toMatchObject({ transports: [], attachment: undefined });
    const signed = anAuthenticator().assert(asked);
    expect(readAssertion({ ...signed, response: { ...signed.response, userHandle: null } })).toBeDefined();
  });

  test('has few transports of few letters', () => {
    const made = anAuthenticator().register(asked);
    const transports = [
      'usb',
      'usb',
      7,
      'x'.repeat(33),
      '<b>',
      ...Array.from({ length: 30 }, (_, at) => 'a'.repeat(at + 1)),
    ];
    const read = readRegistration({ ...made, response: { ...made.response, transports } });
    expect(read?.transports).toEqual(['usb', 'a', 'aa', 'aaa', 'aaaa', 'aaaaa', 'aaaaaa', 'aaaaaaa']);
  });

  test('is anything else without harm', () => {
    const [made, signed] = [anAuthenticator().register(asked), anAuthenticator().assert(asked)];
    const member = fc.constantFrom('id', 'rawId', 'type', 'response');
    const inner = fc.constantFrom('clientDataJSON', 'authenticatorData', 'signature');
    fc.assert(
      fc.property(member, inner, fc.anything(), fc.string(), (outer, name, value, text) => {
        fc.pre(value !== 'public-key');
        for (const read of [readRegistration, readAssertion]) expect(read(value)).toBeUndefined();
        expect(readRegistration({ ...made, [outer]: value })).toBeUndefined();
        expect(readAssertion({ ...signed, [outer]: value })).toBeUndefined();
        fc.pre(typeof value !== 'string');
        expect(readAssertion({ ...signed, response: { ...signed.response, [name]: value } })).toBeUndefined();
        expect(() => readAssertion(readJson(text))).not.toThrow();
      }),
    );
  });
});

const signature = ({ authenticatorData, signature }: { authenticatorData: string; signature: string }) => ({
  authenticatorData,
  signature,
});
