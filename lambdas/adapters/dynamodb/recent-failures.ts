/** Remembers for a while at which accounts a guess has failed here: reads from just before do not show it. */
import type { Clock } from '../../core/ports/clock.ts';

export interface RecentFailures {
  note(name: string): void;
  forget(name: string): void;
  has(name: string): boolean;
}

/** Longer than a read may take, with its repetitions. */
const remembered = 30_000;
const most = 20_000;

export function recentFailures(clock: Clock): RecentFailures {
  /** Eldest first. */
  const notedAt = new Map<string, number>();
  const isOver = (at: number): boolean => clock.now() - at > remembered;

  return {
    note(name) {
      notedAt.delete(name);
      notedAt.set(name, clock.now());
      for (const [eldest, at] of notedAt) {
        if (notedAt.size <= most && !isOver(at)) break;
        notedAt.delete(eldest);
      }
    },
    forget(name) {
      notedAt.delete(name);
    },
    has(name) {
      const at = notedAt.get(name);
      return at !== undefined && !isOver(at);
    },
  };
}
