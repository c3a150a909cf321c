/** Keeps identity providers by their names, and finds them by their other identifiers. */
import type { IdentityProvider } from '../model/identity-provider.ts';
import type { RecordStore } from './record-store.ts';

/** `taken` means that another provider has the name, or one of the identifiers. */
export interface IdentityProviderStore extends RecordStore<IdentityProvider> {
  /** Strongly consistent. */
  findByIdentifier(poolId: string, identifier: string): Promise<IdentityProvider | undefined>;
}
