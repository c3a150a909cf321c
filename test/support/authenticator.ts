/** An authenticator made of software, with the browser in front of it: every part of what they say can be changed. */
import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { cbor } from './cbor.ts';

export type Algorithm = 'ES256' | 'RS256';

/** What a page was told to ask for, of either ceremony. */
export interface Asked {
  readonly challenge: string;
  readonly rpId: string;
}

/** What is said otherwise than it is. */
export interface Deviations {
  readonly origin?: string;
  readonly clientData?: Readonly<Record<string, unknown>>;
  readonly rpId?: string;
  /** Bits of the authenticator data: 1 present, 4 verified, 64 a key is there. */
  readonly flags?: number;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly format?: 'none' | 'packed';
  /** In place of what would stand there. */
  readonly statement?: ReadonlyMap<string, unknown>;
  readonly publicKey?: ReadonlyMap<number, unknown>;
}

export interface Authenticator {
  /** Base64url. */
  readonly id: string;
  register(asked: Asked, deviations?: Deviations): RegistrationJson;
  assert(asked: Asked, deviations?: Deviations): AssertionJson;
}

interface CredentialJson<Response> {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment: 'platform' | 'cross-platform';
  readonly clientExtensionResults: object;
  readonly response: Response;
}

export type RegistrationJson = CredentialJson<{
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports: readonly string[];
}>;

export type AssertionJson = CredentialJson<{
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string;
}>;

const flag = { present: 1, verified: 4, key: 64 } as const;
const algorithmNumbers = { ES256: -7, RS256: -257 } as const;

/** One that has made sure who holds it. Its counter rises with each signature, unless it has none. */
export function anAuthenticator({
  algorithm = 'ES256' as Algorithm,
  hasCounter = true,
  idLength = 32,
  isVerified = true,
} = {}): Authenticator {
  const keys = keysFor(algorithm);
  const id = randomBytes(idLength);
  const made = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' as const };
  const person = flag.present | (isVerified ? flag.verified : 0);
  let signatures = 0;
  const next = (): number => (hasCounter ? ++signatures : 0);
  const common = { ...made, authenticatorAttachment: 'platform' as const, clientExtensionResults: {} };

  return {
    id: made.id,
    register(asked, deviations = {}) {
      const clientData = clientDataOf('webauthn.create', asked, deviations);
      const { format = 'none', flags = person | flag.key, publicKey = coseKey(keys.publicKey, algorithm) } = deviations;
      const head = dataHead(asked, { ...deviations, flags }, next());
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const authData = Buffer.concat([head, Buffer.alloc(16), length, id, cbor(publicKey)]);
      const signed = new Map<string, unknown>([
        ['alg', algorithmNumbers[algorithm]],
        ['sig', signatureOf(keys.privateKey, authData, clientData)],
      ]);
      const attStmt = deviations.statement ?? (format === 'packed' ? signed : new Map());
      const attestation = new Map<string, unknown>(Object.entries({ fmt: format, attStmt, authData }));
      const attestationObject = base64url(cbor(attestation));
      const transports = ['internal', 'hybrid'];
      return { ...common, response: { clientDataJSON: base64url(clientData), attestationObject, transports } };
    },
    assert(asked, deviations = {}) {
      const clientData = clientDataOf('webauthn.get', asked, deviations);
      const authenticatorData = dataHead(asked, { flags: person, ...deviations }, next());
      return {
        ...common,
        response: {
          clientDataJSON: base64url(clientData),
          authenticatorData: base64url(authenticatorData),
          signature: base64url(signatureOf(keys.privateKey, authenticatorData, clientData)),
          ...(deviations.userHandle !== undefined && { userHandle: deviations.userHandle }),
        },
      };
    },
  };
}

const keysFor = (algorithm: Algorithm) =>
  algorithm === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });

function clientDataOf(type: string, { challenge, rpId }: Asked, { origin, clientData }: Deviations): Buffer {
  return Buffer.from(
    JSON.stringify({ type, challenge, origin: origin ?? `https://${rpId}`, crossOrigin: false, ...clientData }),
  );
}

/** Relying party, flags, counter. */
function dataHead(asked: Asked, { rpId = asked.rpId, flags = 0, counter }: Deviations, next: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter ?? next);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
}

const signatureOf = (key: KeyObject, authenticatorData: Buffer, clientData: Buffer): Buffer =>
  sign('sha256', Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]), key);

export function coseKey(key: KeyObject, algorithm: Algorithm): ReadonlyMap<number, unknown> {
  const { x = '', y = '', n = '', e = '' }: JsonWebKey = key.export({ format: 'jwk' });
  const members: readonly (readonly [number, unknown])[] =
    algorithm === 'ES256'
      ? [
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, bytes(x)],
          [-3, bytes(y)],
        ]
      : [
          [1, 3],
          [3, -257],
          [-1, bytes(n)],
          [-2, bytes(e)],
        ];
  return new Map(members);
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
const base64url = (data: Buffer): string => data.toString('base64url');
