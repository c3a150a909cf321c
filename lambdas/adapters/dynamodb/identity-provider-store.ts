/** Keeps identity providers, and the identifiers that lead to them. */
import type { IdentityProvider } from '../../core/model/identity-provider.ts';
import type { IdentityProviderStore } from '../../core/ports/identity-provider-store.ts';
import type { SecretSealer } from './client-rows.ts';
import { holderIn, identifiersBeyond, providerKind } from './identity-provider-rows.ts';
import { providerIdentifierKey } from './keys.ts';
import { type RecordStoreOptions, recordStore } from './record-store.ts';

export interface IdentityProviderStoreOptions extends RecordStoreOptions {
  readonly sealer: SecretSealer;
}

/** One transaction takes a hundred writes, two of which are the provider's own row and its pool's version. */
const mostIdentifierWrites = 98;

export function identityProviderStore(options: IdentityProviderStoreOptions): IdentityProviderStore {
  const records = recordStore(options, providerKind(options.sealer));

  return {
    ...records,

    async save(before, after) {
      const late = givenUpLater(before, after);
      if (late.length === 0) return records.save(before, after);
      const between = { ...after, identifiers: [...after.identifiers, ...late], version: before.version + 1 };
      const outcome = await records.save(before, between);
      return outcome === 'saved' ? records.save(between, after) : outcome;
    },

    async findByIdentifier(poolId, identifier) {
      const key = providerIdentifierKey(poolId, identifier);
      const row = await options.table.get(key, { consistent: true });
      const provider = row && (await records.find(poolId, holderIn(row)));
      return provider?.identifiers.includes(identifier) ? provider : undefined;
    },
  };
}

/** Former identifiers that a second transaction has to give up: where nearly all fifty are exchanged for others. */
function givenUpLater(before: IdentityProvider, after: IdentityProvider): readonly string[] {
  const [former, added] = [identifiersBeyond(before, after.identifiers), identifiersBeyond(after, before.identifiers)];
  return former.slice(Math.max(0, mostIdentifierWrites - added.length));
}
