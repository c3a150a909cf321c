/** What there is to a kind of signing keys: who makes them, and who signs with them. */
import type { KmsKey, SealedKey, SigningKey, TokenUse } from '../../core/model/signing-key.ts';

export interface KeyMaker {
  make(poolId: string, use: TokenUse, state: SigningKey['state']): Promise<SigningKey>;
  /** Whether a key is such as would be made now: another kind, or an elder generation, is to be replaced. */
  isCurrent(key: SigningKey): boolean;
  /** For how long (ms) a key signs before it gets a successor, be it current. */
  readonly lifetime: number;
  /** Whether a pool gets its keys before its first token. */
  readonly isEager: boolean;
}

export interface KeySigner<Key extends SigningKey> {
  /** The signature of the text by RS256 (RFC 7518, section 3.3). */
  sign(key: Key, text: string): Promise<Uint8Array>;
}

/** Both kinds, because the keys of a pool stay of the kind they are until they are rotated. */
export interface KeySigners {
  readonly sealed?: KeySigner<SealedKey>;
  readonly kms?: KeySigner<KmsKey>;
}

export const signWith = (signers: KeySigners, key: SigningKey, text: string): Promise<Uint8Array> => {
  switch (key.provider) {
    case 'sealed':
      return requireSigner(signers.sealed, key).sign(key, text);
    case 'kms':
      return requireSigner(signers.kms, key).sign(key, text);
    default:
      return unknownKind(key);
  }
};

const requireSigner = <T>(signer: T | undefined, { kid, provider }: SigningKey): T => {
  if (signer === undefined) throw new Error(`The signing key ${kid} is of the kind ${provider}, which is not in reach`);
  return signer;
};

const unknownKind = (key: never): never => {
  throw new Error(`A signing key of no known kind: ${JSON.stringify(Object.keys(key))}`);
};
