/** Not built yet. */
import type { UserSessionStore } from '../../core/ports/user-session-store.ts';
import type { Table } from './table.ts';

export function userSessionStore(_options: { readonly table: Table }): UserSessionStore {
  return undefined as never;
}
