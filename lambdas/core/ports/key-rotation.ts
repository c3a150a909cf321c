/** Moves the signing keys of a pool along. */
export interface KeyRotation {
  /** Takes the step that is due, if any; may be asked again and again, from anywhere. */
  rotate(poolId: string): Promise<void>;
}
