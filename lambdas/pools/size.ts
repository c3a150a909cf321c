/** How much a pool may say of itself. */
import type { Pool } from '../core/model/pool.ts';
import { requireSettingSize } from '../core/rules/setting-size.ts';

/** Its settings, its schema and its tags are kept together. */
export function requirePoolSize({ settings, schema, tags }: Pool): void {
  requireSettingSize([settings, schema, tags]);
}
