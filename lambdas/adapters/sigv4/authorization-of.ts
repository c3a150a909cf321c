/** Computes the Authorization header of a request, with the signer of the AWS SDK. */
import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** What the signature covers. */
export interface Signable {
  readonly method: string;
  /** `/` when nothing is said. */
  readonly path?: string | undefined;
  readonly query: Readonly<Record<string, string[]>>;
  /** By lower-case name: those to be signed, and no others. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** By whom, where and when it is signed. */
export interface Signing {
  readonly keyId: string;
  readonly secret: string;
  readonly region: string;
  /** `cognito-idp` when nothing is said. */
  readonly service?: string | undefined;
  /** In milliseconds. */
  readonly at: number;
}

const service = 'cognito-idp';

export async function authorizationOf(signable: Signable, signing: Signing): Promise<string> {
  const { method, path = '/', query, headers, body } = signable;
  const signer = new SignatureV4({
    credentials: { accessKeyId: signing.keyId, secretAccessKey: signing.secret },
    region: signing.region,
    service: signing.service ?? service,
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: true,
  });
  const request = { protocol: 'https:', hostname: '', path, method, query, headers, body };
  const signed = await signer.sign(request, {
    signingDate: new Date(signing.at),
    // Without these, the signer leaves out headers that it knows to be changed by proxies.
    signableHeaders: new Set(Object.keys(headers)),
    unsignableHeaders: new Set(),
  });
  return signed.headers['authorization'] ?? '';
}

type Source = string | ArrayBuffer | ArrayBufferView;

/** SHA-256, or HMAC with a key, in the form that the signer asks for. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(key?: Source) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', keyOf(key));
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

/** As an object: bytes are prepared anew for each use, at three times the cost. */
const keyOf = (source: Source): KeyObject => createSecretKey(bytesOf(source));

function bytesOf(source: Source): Uint8Array {
  if (typeof source === 'string') return Buffer.from(source);
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
