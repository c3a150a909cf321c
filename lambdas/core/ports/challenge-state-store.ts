/** Keeps, until a challenge is answered, what its session has no room for. */
export interface ChallengeStateStore {
  /** `state` is sealed by whoever puts it here; `expiresAt` (ms) is the end of the session. */
  put(sessionId: string, state: Uint8Array, expiresAt: number): Promise<void>;
  find(sessionId: string): Promise<Uint8Array | undefined>;
}
