/** Keeps terms, and finds them by client and name. */
import type { Terms } from '../model/terms.ts';
import type { RecordStore } from './record-store.ts';

/** `taken` means that the client has terms of the name, or is gone. */
export interface TermsStore extends RecordStore<Terms> {
  /** Strongly consistent. */
  findByName(poolId: string, clientId: string, name: string): Promise<Terms | undefined>;
}
