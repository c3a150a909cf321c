/** Opens what an authenticator says of a new passkey, and leaves out who made the authenticator: nobody asks for that. */
import { createHash } from 'node:crypto';
import type { Ceremony, RegistrationFault } from '../../core/ports/passkey-verifier.ts';
import { isSupportedKey } from './public-keys.ts';

/** The part of the library that reads CBOR. */
export type Helpers = Pick<
  typeof import('@simplewebauthn/server/helpers'),
  'decodeAttestationObject' | 'parseAuthenticatorData' | 'decodeCredentialPublicKey' | 'isoCBOR'
>;

export interface Attestation {
  readonly format: string;
  readonly statement: ReadonlyMap<unknown, unknown>;
  /** As it was signed. */
  readonly authenticatorData: Uint8Array<ArrayBuffer>;
}

/** The attestation, or what is wrong with it; signatures in it are looked at elsewhere. */
export function openAttestation(
  helpers: Helpers,
  attestationObject: string,
  expected: Ceremony,
): Attestation | RegistrationFault {
  try {
    const attestation = decode(helpers, attestationObject);
    if (!attestation) return 'unreadable';
    if (!formats.has(attestation.format)) return 'unsupported';
    return faultIn(helpers, attestation, expected) ?? attestation;
  } catch {
    return 'unreadable';
  }
}

/** Those that the library knows. */
const formats: ReadonlySet<string> = new Set([
  'none',
  'packed',
  'fido-u2f',
  'tpm',
  'apple',
  'android-key',
  'android-safetynet',
]);

function decode({ decodeAttestationObject }: Helpers, attestationObject: string): Attestation | undefined {
  const bytes = bytesOf(attestationObject);
  const decoded: unknown = decodeAttestationObject(bytes);
  if (!(decoded instanceof Map)) return undefined;
  const [format, statement, authenticatorData]: readonly unknown[] = ['fmt', 'attStmt', 'authData'].map((name) =>
    decoded.get(name),
  );
  if (typeof format !== 'string' || !(statement instanceof Map)) return undefined;
  if (!(authenticatorData instanceof Uint8Array)) return undefined;
  return { format, statement, authenticatorData: Uint8Array.from(authenticatorData) };
}

function faultIn(
  { parseAuthenticatorData, decodeCredentialPublicKey }: Helpers,
  { authenticatorData }: Attestation,
  { relyingPartyId, requiresVerification }: Ceremony,
): RegistrationFault | undefined {
  const { rpIdHash, flags, credentialPublicKey } = parseAuthenticatorData(authenticatorData);
  if (!createHash('sha256').update(relyingPartyId).digest().equals(rpIdHash)) return 'another relying party';
  if (!flags.up || (requiresVerification && !flags.uv)) return 'unsupported';
  if (!credentialPublicKey) return 'unreadable';
  return isSupportedKey(decodeCredentialPublicKey(credentialPublicKey)) ? undefined : 'unsupported';
}

/**
 * The object for the library. We keep no roots to hold certificates against, so what they attest is worth nothing, and the
 * library would ask the addresses that they name whether they are revoked. Only a signature by the new key itself stays.
 */
export function withoutCertificates({ isoCBOR }: Helpers, attestation: Attestation): string {
  const { format, statement, authenticatorData } = attestation;
  const isKept = format === 'none' || (format === 'packed' && !statement.has('x5c'));
  const object = new Map<string, unknown>([
    ['fmt', isKept ? format : 'none'],
    ['attStmt', isKept ? statement : new Map()],
    ['authData', authenticatorData],
  ]);
  // It was decoded from CBOR, or is what CBOR has for nothing.
  return Buffer.from(isoCBOR.encode(object as Parameters<typeof isoCBOR.encode>[0])).toString('base64url');
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'base64url'));
