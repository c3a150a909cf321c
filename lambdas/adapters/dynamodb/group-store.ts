/** Keeps groups as records of their pool, and memberships as rows of their users. */
import type { Group } from '../../core/model/group.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { GroupStore } from '../../core/ports/group-store.ts';
import { foldGroupName } from '../../core/rules/group-names.ts';
import type { Configuration } from './configuration.ts';
import { groupNamesIn, readGroups, withoutOthers } from './group-reading.ts';
import { decodeGroup, encodeGroup } from './group-rows.ts';
import { encodeJob, purgeOfGroup } from './job-rows.ts';
import { keptRecords } from './kept-records.ts';
import { groupKey, groupsOfPool } from './keys.ts';
import { listMembers } from './membership-list.ts';
import { joinGroup, leaveGroup } from './membership-writes.ts';
import { type RecordKind, recordStore } from './record-store.ts';
import type { Table } from './table.ts';

export interface GroupStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
  readonly configuration: Configuration;
}

/** So many groups of a pool are kept by an instance. */
const mostKept = 2_000;

export function groupStore(options: GroupStoreOptions): GroupStore {
  const { table, clock, configuration } = options;
  const kept = keptRecords(configuration, {
    limit: mostKept,
    read: (poolId, names) => readGroups(table, poolId, names),
  });
  /** Writes wait for the check of the pool; mostly a read before them has made it. */
  const checked = (pool: Pool) => configuration.beside(pool, Promise.resolve());

  return {
    ...recordStore(options, groupKind(clock)),

    async behind(pool, memberships) {
      if (memberships.length === 0) return [];
      return withoutOthers(await kept(pool, groupNamesIn(memberships)), memberships);
    },

    async readBehind(pool, memberships) {
      const groups = await readGroups(table, pool.id, groupNamesIn(memberships));
      return withoutOthers(groups.values(), memberships);
    },

    async join(pool, group, user, most) {
      await checked(pool);
      return joinGroup(table, { pool, group, user }, most);
    },

    async leave(pool, group, user) {
      await checked(pool);
      return leaveGroup(table, { pool, group, user });
    },

    members: (group, page) => listMembers(table, group, page),
  };
}

/** What is left of a group that is removed is a job, written with the removal. */
const groupKind = (clock: Clock): RecordKind<Group> => ({
  counted: 'groups',
  key: (poolId, name) => groupKey(poolId, foldGroupName(name)),
  all: groupsOfPool,
  encode: encodeGroup,
  decode: decodeGroup,
  beside: (before, after) => (before && !after ? [{ put: encodeJob(purgeOfGroup(before, clock.now())) }] : []),
});
