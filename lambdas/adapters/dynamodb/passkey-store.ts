/**
 * Keeps passkeys beside their users, and which ids are taken in a pool.
 *
 * A user's row counts the passkeys, so a sign-in knows without another read whether there are any, and their bound is exact
 * however many are added side by side. With the count, the version of the row rises: who removes the user on a version has
 * seen all passkeys until then.
 */
import type { Page, PageRequest } from '../../core/model/page.ts';
import type { Passkey } from '../../core/model/passkey.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { PasskeyStore } from '../../core/ports/passkey-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import { and, assign, has, isAbsent, isBelow, isOther, or } from './expressions.ts';
import { passkeyKey, passkeysOfUser, pendingPasskeyKey, userKey } from './keys.ts';
import { listPage } from './paging.ts';
import { countPasskey, hasRoomForPasskey } from './passkey-counts.ts';
import {
  claimPasskeyId,
  decodePasskey,
  decodePending,
  encodePasskey,
  encodePending,
  giveUpPasskeyId,
  type PasskeyOwner,
} from './passkey-rows.ts';
import type { Table } from './table.ts';

export interface PasskeyStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
}

export function passkeyStore({ table, clock }: PasskeyStoreOptions): PasskeyStore {
  return {
    async begin(pool, user, pending) {
      await table.put(encodePending(ownerOf(pool, user), pending));
    },

    async pending(pool, user) {
      const { un, sub } = ownerOf(pool, user);
      const item = await table.get(pendingPasskeyKey(pool.id, un), { consistent: true });
      const pending = item?.['sub'] === sub ? decodePending(item) : undefined;
      return pending && pending.expiresAt > clock.now() ? pending : undefined;
    },

    add: (pool, user, passkey, by) => addPasskey(table, ownerOf(pool, user), passkey, by),

    find: (pool, user, id) => findPasskey(table, ownerOf(pool, user), id),

    async used(pool, user, id, counter) {
      const { un, sub } = ownerOf(pool, user);
      const isNewer = counter === 0 ? has('c', 0) : isBelow('c', counter);
      const noted = assign({ c: counter });
      const outcome = await table.update(passkeyKey(pool.id, un, id), noted, and(has('sub', sub), isNewer));
      return 'item' in outcome ? 'noted' : 'stale';
    },

    remove: (pool, user, id) => removePasskey(table, ownerOf(pool, user), id),

    list: (pool, user, page) => listPasskeys(table, ownerOf(pool, user), page),
  };
}

async function addPasskey(
  table: Table,
  owner: PasskeyOwner,
  passkey: Passkey,
  { challenge, most }: Parameters<PasskeyStore['add']>[3],
): ReturnType<PasskeyStore['add']> {
  const { poolId, un, sub } = owner;
  const outcome = await table.transact([
    { remove: pendingPasskeyKey(poolId, un), condition: and(has('sub', sub), has('ch', challenge)) },
    claimPasskeyId(owner, passkey.id),
    {
      update: userKey(poolId, un),
      change: countPasskey(passkey.relyingPartyId, 1),
      condition: and(has('sub', sub), hasRoomForPasskey(most)),
    },
    // One of somebody who had the name before is in nobody's way.
    { put: encodePasskey(owner, passkey), condition: or(isAbsent, isOther('sub', sub)) },
  ]);
  if (outcome === 'done') return 'added';
  const [ofPending, ofId, ofUser, ofPasskey] = outcome.refused;
  if (ofPending || (ofUser && ofUser.current?.['sub'] !== sub)) return 'over';
  return ofId || ofPasskey ? 'taken' : 'full';
}

async function findPasskey(table: Table, { poolId, un, sub }: PasskeyOwner, id: string): Promise<Passkey | undefined> {
  const item = await table.get(passkeyKey(poolId, un, id), { consistent: true });
  return item?.['sub'] === sub ? decodePasskey(item) : undefined;
}

async function removePasskey(table: Table, owner: PasskeyOwner, id: string): Promise<boolean> {
  const { poolId, un, sub } = owner;
  const passkey = await findPasskey(table, owner, id);
  if (!passkey) return false;
  const { relyingPartyId } = passkey;
  const outcome = await table.transact([
    { remove: passkeyKey(poolId, un, id), condition: and(has('sub', sub), has('rp', relyingPartyId)) },
    giveUpPasskeyId(poolId, id, sub),
    { update: userKey(poolId, un), change: countPasskey(relyingPartyId, -1), condition: has('sub', sub) },
  ]);
  return outcome === 'done';
}

/** Passes over those of somebody who had the name before, as long as their purge has not come to them. */
async function listPasskeys(
  table: Table,
  owner: PasskeyOwner,
  { limit, after }: PageRequest,
  found: readonly Passkey[] = [],
): Promise<Page<Passkey>> {
  const asked = { limit: limit - found.length, after };
  const { items, next } = await listPage(table, passkeysOfUser(owner.poolId, owner.un), asked, decodePasskey);
  const own = [...found, ...items.filter(({ sub }) => sub === owner.sub)];
  if (next === undefined || own.length === limit) return { items: own, next };
  return listPasskeys(table, owner, { limit, after: next }, own);
}

const ownerOf = (pool: Pool, { username, sub }: Pick<User, 'username' | 'sub'>): PasskeyOwner => ({
  poolId: pool.id,
  un: fold(pool, 'username', username),
  sub,
});
