/** How much one pool or one app client may say in all: the API bounds most members, but neither all nor their sum. */
import { settingsTooLarge } from '../contract/errors.ts';

/** A row of the table holds 400 KiB, a few of which go to names and dates. */
const largest = 390_000;

/** Refuses what would not fit into a row. */
export function requireSettingSize(settings: unknown): void {
  if (Buffer.byteLength(JSON.stringify(settings)) > largest) throw settingsTooLarge(largest);
}
