/** Keeps what was revoked and how far refresh tokens were rotated; a family that saw neither has no row. */
import type { Pool } from '../../core/model/pool.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { FamilyStore, Rotation } from '../../core/ports/family-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import type { Configuration } from './configuration.ts';
import { and, assign, has, lacks, or } from './expressions.ts';
import { decodeFamily, familyLayout } from './family-rows.ts';
import { layout, seconds } from './fields.ts';
import { familyKey, ttlAttribute } from './keys.ts';
import type { Expression, Item, Key, Table } from './table.ts';

export interface FamilyStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
  readonly configuration: Configuration;
}

export function familyStore({ table, clock, configuration }: FamilyStoreOptions): FamilyStore {
  return {
    async find(pool, username, originJti) {
      const key = keyOf(pool, username, originJti);
      const item = await configuration.beside(pool, table.get(key, { consistent: true }));
      return item && decodeFamily(item);
    },

    async revoke(pool, username, originJti, expiresAt) {
      // Whoever revokes has read no user, so nothing before this made the check.
      await configuration.beside(pool, Promise.resolve());
      const change = assign({ ...layout(familyLayout), rev: true, [ttlAttribute]: seconds(expiresAt) });
      await table.update(keyOf(pool, username, originJti), change);
    },

    async rotate(pool, username, originJti, rotation) {
      const now = clock.now();
      const { generation, expiresAt } = rotation;
      const moved = { gen: generation + 1, rt: now, [ttlAttribute]: seconds(expiresAt) };
      const outcome = await table.update(
        keyOf(pool, username, originJti),
        assign({ ...layout(familyLayout), ...moved }),
        and(lacks('rev'), isAt(generation)),
      );
      return 'item' in outcome ? 'rotated' : whyNot(outcome.current, rotation, now);
    },
  };
}

const keyOf = (pool: Pool, username: string, originJti: string): Key =>
  familyKey(pool.id, fold(pool, 'username', username), originJti);

/** A family without a generation is at the first one. */
const isAt = (generation: number): Expression =>
  generation === 0 ? or(has('gen', 0), lacks('gen')) : has('gen', generation);

function whyNot(current: Item | undefined, { generation, grace }: Rotation, now: number) {
  if (!current) return 'reused';
  const family = decodeFamily(current);
  if (family.revoked) return 'revoked';
  const isRepeated = family.generation === generation + 1 && now < family.rotatedAt + grace;
  return isRepeated ? 'repeated' : 'reused';
}
