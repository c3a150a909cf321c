/** Attestations of authenticators that are not ours, registered as they were recorded, and refused with a part changed. */
import { describe, expect, test } from 'vitest';
import { passkeyCalls, somebodyWithPasskeys } from '../../support/passkeys.ts';
import { refusalOfCall } from '../../support/people.ts';
import {
  flagsAt,
  partsOf,
  type Recording,
  recordings,
  replaying,
  withByte,
  withClientData,
} from '../../support/recorded-passkeys.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const fine = 'nothing is refused';
const refused = /^(WebAuthn\w+|InvalidParameter)Exception: /;

/** All rooms share one table, so each draws its own ids. */
let rooms = 0;

async function aRoom(
  { relyingParty, credential }: Recording,
  settings: { readonly UserVerification?: 'required' } = {},
) {
  rooms += 1;
  const replay = replaying(seededRandom(`${expect.getState().currentTestName} ${rooms}`));
  const WebAuthnConfiguration = { RelyingPartyId: relyingParty, ...settings };
  const room = await somebodyWithPasskeys({ WebAuthnConfiguration }, { ports: { random: replay.random } });
  const begin = async () => {
    replay.asks(credential);
    await room.start(room.token);
  };
  await begin();
  return {
    ...room,
    replay,
    begin,
    offer: (given: object) => refusalOfCall(room.complete(room.token, given)),
    ids: async () => (await room.list(room.token)).Credentials?.map(({ CredentialId }) => CredentialId),
  };
}

describe.each(recordings)('A recorded attestation: $name', (recording) => {
  const { credential } = recording;

  test('makes a passkey (auth-flows 35)', async () => {
    const { offer, ids } = await aRoom(recording);
    expect(await offer(credential)).toBe(fine);
    expect(await ids()).toEqual([credential.id]);
  });

  test('makes none with any byte changed of what a passkey is made of (auth-flows 35)', async () => {
    const { offer, ids } = await aRoom(recording);
    for (const { name, from, to } of partsOf(recording)) {
      for (let at = from; at < to; at++) {
        expect([name, at, await offer(withByte(recording, at, (byte) => byte ^ 1))]).toEqual([
          name,
          at,
          expect.stringMatching(refused),
        ]);
      }
    }
    expect(await ids()).toEqual([]);
    expect(await offer(credential)).toBe(fine);
  });

  test.each([
    ['nobody was present', (flags: number) => flags & ~1, 'WebAuthnCredentialNotSupportedException: '],
    ['there is no key', (flags: number) => flags & ~64, 'InvalidParameterException: '],
    ['there is more than there is', (flags: number) => flags | 128, 'InvalidParameterException: '],
  ])('makes none when it says that %s (auth-flows 35)', async (_, change, refusal) => {
    const { offer } = await aRoom(recording);
    expect(await offer(withByte(recording, flagsAt(recording), change))).toContain(refusal);
  });

  test.each([
    ['another challenge', { challenge: 'AAAA' }, 'WebAuthnChallengeNotFoundException: '],
    ['another type', { type: 'webauthn.get' }, 'InvalidParameterException: '],
    ['another origin', { origin: 'https://evil.example' }, 'WebAuthnOriginNotAllowedException: '],
    ['a page in a page', { crossOrigin: true }, 'WebAuthnOriginNotAllowedException: '],
  ])('makes none with client data of %s (auth-flows 35)', async (_, members, refusal) => {
    const { offer } = await aRoom(recording);
    expect(await offer(withClientData(credential, members))).toContain(refusal);
  });

  test('makes none under another id, or for another relying party', async () => {
    const { offer } = await aRoom(recording);
    const id = `A${credential.id.slice(1)}`;
    expect(await offer({ ...credential, id, rawId: id })).toMatch(/^InvalidParameterException: /);
    const elsewhere = await aRoom({ ...recording, relyingParty: 'example.com' });
    expect(await elsewhere.offer(credential)).toMatch(refused);
  });

  test('has proven who held it only where it says so', async () => {
    const { offer } = await aRoom(recording, { UserVerification: 'required' });
    const isVerified = (Buffer.from(credential.response.attestationObject, 'base64url')[flagsAt(recording)] ?? 0) & 4;
    expect(await offer(credential)).toMatch(isVerified ? fine : /^WebAuthnCredentialNotSupportedException: /);
  });

  test('is of one kind: under the name of a format that nobody knows it is none', async () => {
    const { offer } = await aRoom(recording);
    // A map of three begins with its first name, and the format is its value.
    const at = Buffer.from(credential.response.attestationObject, 'base64url').indexOf(recording.format);
    expect(await offer(withByte(recording, at, (byte) => byte ^ 2))).toMatch(refused);
  });
});

describe('A recorded assertion', () => {
  const [recording] = recordings.filter(({ assertion }) => assertion !== undefined);
  const assertion = recording?.assertion;
  if (!recording || !assertion) throw new Error('There is a recording of both');

  async function registered(given: Recording) {
    const room = await aRoom(given);
    expect(await room.offer(given.credential)).toBe(fine);
    const { answer, ask } = passkeyCalls(room);
    return {
      ...room,
      async signIn(changed: object) {
        room.replay.asks(assertion ?? given.credential);
        const { Session } = await ask(room.app);
        return refusalOfCall(answer(room.app, Session, changed));
      },
    };
  }

  const wrong = 'NotAuthorizedException: Incorrect username or password.';

  test('signs in, and once for each count of the authenticator (auth-flows 35)', async () => {
    const { signIn } = await registered(recording);
    expect(await signIn(assertion)).toBe(fine);
    expect(await signIn(assertion)).toBe(wrong);
  });

  test.each(['authenticatorData', 'signature', 'clientDataJSON'] as const)(
    'signs nobody in with a byte changed of its %s (auth-flows 35)',
    async (part) => {
      const { signIn, clock } = await registered(recording);
      const bytes = Buffer.from(assertion.response[part], 'base64url');
      for (let at = 0; at < bytes.length; at += 5) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        const response = { ...assertion.response, [part]: changed.toString('base64url') };
        expect([at, await signIn({ ...assertion, response })]).toEqual([at, wrong]);
        clock.advance(15 * 60_000);
      }
    },
  );

  test('signs nobody in by the registration of another authenticator', async () => {
    const [other] = recordings.filter(
      ({ format, relyingParty }) => format === 'packed' && relyingParty === 'localhost',
    );
    if (!other) throw new Error('There is another recording');
    const { signIn } = await registered(other);
    expect(await signIn(assertion)).toBe(wrong);
    const { id } = other.credential;
    expect(await signIn({ ...assertion, id, rawId: id })).toBe(wrong);
  });
});
