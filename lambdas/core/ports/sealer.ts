/** Seals secrets for one purpose, pool and place, so that a value moved elsewhere does not open. */
export interface Sealer {
  seal(plain: Uint8Array, place: Place): Promise<Uint8Array>;
  /** `undefined` when the value was not sealed here, for this place, or was changed. */
  open(sealed: Uint8Array, place: Place): Promise<Uint8Array | undefined>;
  /** Keyed digest (HMAC-SHA-256) under a key of the pool: codes at rest, stable answers for unknown users. */
  digest(text: string, place: Omit<Place, 'item'>): Promise<Uint8Array>;
}

export interface Place {
  readonly purpose: Purpose;
  readonly poolId: string;
  /** The row, or the parties, that the value belongs to. */
  readonly item: string;
}

export type Purpose =
  | 'password'
  | 'software-token'
  | 'client-secret'
  | 'identity-provider'
  | 'access-key'
  | 'principal'
  | 'policy'
  | 'session-credentials'
  | 'signing-key'
  | 'refresh-token'
  | 'session'
  | 'challenge-state'
  | 'srp'
  | 'page-token'
  | 'code'
  | 'mailbox'
  | 'device'
  | 'simulated-user'
  | 'pending'
  | 'sent-message'
  | 'sender-key';
