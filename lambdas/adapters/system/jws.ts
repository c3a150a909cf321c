/** Compact JWS (RFC 7515) with RS256, computed on the threads of libuv. */
import { type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

const signLater = promisify<string, Buffer, KeyObject, Buffer>(sign);
const verifyLater = promisify<string, Buffer, KeyObject, Buffer, boolean>(verify);

/** What is signed. The header has `kid` and `alg`, as the tokens of user pools do, and no `typ`. */
export const signingInput = (kid: string, claims: object): string =>
  `${base64url(JSON.stringify({ kid, alg: 'RS256' }))}.${base64url(JSON.stringify(claims))}`;

export const signRs256 = (text: string, key: KeyObject): Promise<Uint8Array> =>
  signLater('sha256', Buffer.from(text), key);

export const withSignature = (input: string, signature: Uint8Array): string =>
  `${input}.${Buffer.from(signature).toString('base64url')}`;

/** A JWS that has the form of one; nothing about it is known to be true yet. */
export interface UncheckedJws {
  readonly kid: string;
  readonly payload: string;
  readonly input: string;
  readonly signature: Buffer;
}

export const readJws = (jws: string): UncheckedJws | undefined => {
  const [, header, payload, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(jws) ?? [];
  if (header === undefined || payload === undefined || signature === undefined) return undefined;
  const kid = kidOf(header);
  if (kid === undefined) return undefined;
  return { kid, payload, input: `${header}.${payload}`, signature: Buffer.from(signature, 'base64url') };
};

/** The claims, if `key` signed them. What the header says of an algorithm is not asked: the key has only one. */
export const verifyJws = async (
  { input, payload, signature }: UncheckedJws,
  key: KeyObject,
): Promise<Readonly<Record<string, unknown>> | undefined> =>
  (await verifyLater('sha256', Buffer.from(input), key, signature))
    ? JSON.parse(Buffer.from(payload, 'base64url').toString())
    : undefined;

const kidOf = (header: string): string | undefined => {
  try {
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
};

const base64url = (text: string): string => Buffer.from(text).toString('base64url');
