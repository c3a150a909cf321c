/** Keeps what sessions of challenges have no room for, in a row for each session. */
import type { ChallengeStateStore } from '../../core/ports/challenge-state-store.ts';
import { bytesIn, layout, requireLayout, seconds } from './fields.ts';
import { challengeStateKey, ttlAttribute } from './keys.ts';
import type { Table } from './table.ts';

const newest = 1;

export function challengeStateStore({ table }: { readonly table: Table }): ChallengeStateStore {
  return {
    async put(sessionId, state, expiresAt) {
      await table.put({
        ...challengeStateKey(sessionId),
        ...layout(newest),
        sec: state,
        [ttlAttribute]: seconds(expiresAt),
      });
    },

    async find(sessionId) {
      const item = await table.get(challengeStateKey(sessionId), { consistent: true });
      if (!item) return undefined;
      requireLayout(item, newest);
      return bytesIn(item, 'sec');
    },
  };
}
