/** Not built yet. */
import type { PasskeyStore } from '../../core/ports/passkey-store.ts';
import type { Table } from './table.ts';

export function passkeyStore(_options: { readonly table: Table }): PasskeyStore {
  return undefined as never;
}
