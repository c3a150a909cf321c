/** Not built yet. */
import type { DeviceStore } from '../../core/ports/device-store.ts';
import type { Table } from './table.ts';

export function deviceStore(_options: { readonly table: Table }): DeviceStore {
  return undefined as never;
}
