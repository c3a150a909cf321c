/** Keeps the signing keys of each pool. */
import type { SigningKey, TokenUse } from '../model/signing-key.ts';

export interface SigningKeyStore {
  /** Strongly consistent: a key made by another instance is seen. */
  list(poolId: string): Promise<readonly SigningKey[]>;
  /** The first active pair of a pool: `taken` when another instance made one for this use first. */
  addFirst(key: SigningKey): Promise<'added' | 'taken'>;
  /** `taken` when there is a key of this name: some kinds of keys are called the same whoever makes them. */
  add(key: SigningKey): Promise<'added' | 'taken'>;
  /** Moves keys of one pool and use to new states in one transaction; `changed` when another rotation came first. */
  rotate(poolId: string, use: TokenUse, changes: readonly KeyChange[]): Promise<'rotated' | 'changed'>;
  /** Removes a retired key; one that is in use stays. */
  remove(poolId: string, kid: string): Promise<void>;
}

export interface KeyChange {
  readonly kid: string;
  readonly from: SigningKey['state'];
  readonly to: SigningKey['state'];
  readonly at: number;
}
