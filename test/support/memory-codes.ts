/** Codes in memory, with the promises that the port makes, for tests of the rules that are built on them. */
import type { CodeOwner, CodePurpose, StoredCode } from '../../lambdas/core/model/code.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { CodeStore } from '../../lambdas/core/ports/code-store.ts';

const hour = 3_600_000;

export function memoryCodes(clock: Clock): CodeStore {
  const codes = new Map<string, StoredCode>();
  const used = new Map<string, StoredCode>();
  const calls = new Map<string, readonly number[]>();
  const nameOf = (pool: Pool, { username, sub }: CodeOwner, purpose: CodePurpose) =>
    JSON.stringify([pool.id, username, sub, purpose]);

  const count = (what: string, limit: number): 'counted' | 'spent' => {
    const recent = (calls.get(what) ?? []).filter((at) => at > clock.now() - hour);
    if (recent.length >= limit) return 'spent';
    calls.set(what, [...recent, clock.now()]);
    return 'counted';
  };

  return {
    async put(pool, owner, { purpose, ...code }) {
      codes.set(nameOf(pool, owner, purpose), code);
      used.delete(nameOf(pool, owner, purpose));
    },
    async guess(pool, owner, purpose, limit) {
      const name = nameOf(pool, owner, purpose);
      if (count(name, limit) === 'spent') return 'spent';
      const code = codes.get(name);
      return code && code.expiresAt >= clock.now() ? code : 'none';
    },
    async spend(pool, owner, purpose, digest) {
      const name = nameOf(pool, owner, purpose);
      const live = codes.get(name);
      if (!live || !Buffer.from(live.digest).equals(digest)) return false;
      codes.delete(name);
      used.set(name, live);
      return true;
    },
    async findUsed(pool, owner) {
      const code = used.get(nameOf(pool, owner, 'sign-up'));
      return code && code.expiresAt >= clock.now() ? code : undefined;
    },
    async take(pool, username, budget, limit) {
      return count(JSON.stringify([pool.id, username, budget]), limit) === 'spent' ? 'spent' : 'taken';
    },
  };
}
