/**
 * What authenticators and browsers have answered elsewhere, to challenges of other services. Such values were recorded by the
 * authors of public libraries: the file holds those that stand in the tests of tweag/webauthn (Apache-2.0), of which the one
 * of Yubico is also in those of duo-labs/py_webauthn. The id of the telephone is the one that it has signed.
 */
import { createHash } from 'node:crypto';
import type { Random } from '../../lambdas/core/ports/random.ts';
import recordings from '../recorded/passkeys.json' with { type: 'json' };

export type Recording = (typeof recordings)[number];
type Answer = Recording['credential'] | NonNullable<Recording['assertion']>;

export { recordings };

/** A place in the data that the authenticator signed, and what stands there. */
export interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The parts of the attestation object that a passkey is made of (WebAuthn Level 3, 6.1), by their bytes. */
export function partsOf({ credential, relyingParty }: Recording): readonly Part[] {
  const object = bytesOf(credential.response.attestationObject);
  const start = object.indexOf(createHash('sha256').update(relyingParty).digest());
  const idLength = object.readUInt16BE(start + 53);
  const key = start + 55 + idLength;
  return [
    { name: 'relying party', from: start, to: start + 32 },
    { name: 'length of the id', from: start + 53, to: start + 55 },
    { name: 'id', from: start + 55, to: key },
    ...(isRsa(object, key) ? partsOfRsaKey(key) : partsOfPoint(key)),
  ];
}

/** What comes before the modulus: every number may be one. */
const partsOfRsaKey = (key: number): readonly Part[] => [{ name: 'key', from: key, to: key + 10 }];

/** The byte between them says how long the last number is: where it says more than there is, what is there is read. */
const partsOfPoint = (key: number): readonly Part[] => [
  { name: 'key', from: key, to: key + 44 },
  { name: 'last number of the key', from: key + 45, to: key + 77 },
];

/** Where the flags stand. */
export const flagsAt = (recording: Recording): number => partsOf(recording)[0]?.to ?? 0;

const isRsa = (object: Buffer, key: number): boolean => object.readUInt8(key + 2) === 3;

/** The same answer with one byte of the attestation object changed. */
export function withByte(
  { credential }: Recording,
  at: number,
  change: (byte: number) => number,
): Recording['credential'] {
  const object = bytesOf(credential.response.attestationObject);
  object.writeUInt8(change(object.readUInt8(at)) & 0xff, at);
  return { ...credential, response: { ...credential.response, attestationObject: object.toString('base64url') } };
}

/** The same answer over other client data. */
export function withClientData<A extends Answer>(answer: A, members: Readonly<Record<string, unknown>>): A {
  const clientDataJSON = Buffer.from(JSON.stringify({ ...clientDataOf(answer), ...members })).toString('base64url');
  return { ...answer, response: { ...answer.response, clientDataJSON } };
}

const clientDataOf = ({ response }: Answer): { readonly challenge: string; readonly origin: string } =>
  JSON.parse(bytesOf(response.clientDataJSON).toString());

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');

/** Draws the challenge of the recording when it is told to, in place of the next 32 bytes. */
export function replaying(random: Random) {
  let next: Uint8Array | undefined;
  return {
    asks(answer: Answer) {
      next = bytesOf(clientDataOf(answer).challenge);
    },
    random: {
      bytes(length: number) {
        const drawn = length === 32 ? next : undefined;
        if (drawn) next = undefined;
        return drawn ?? random.bytes(length);
      },
    },
  };
}
