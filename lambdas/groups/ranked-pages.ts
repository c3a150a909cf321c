/** Pages of a user's groups by precedence: few enough to be sorted at each page. */
import type { Group } from '../core/model/group.ts';
import type { Cursor, Page, PageRequest } from '../core/model/page.ts';
import { byPrecedence } from '../core/rules/groups-in-tokens.ts';

/** Precedences may change from page to page: what was shown is known by id, so that nothing is left out or comes twice. */
export function rankedPage(groups: readonly Group[], { limit, after }: PageRequest): Page<Group> {
  const shown = shownBefore(after);
  const rest = byPrecedence(groups).filter(({ id }) => !shown.has(id));
  const items = rest.slice(0, limit);
  if (rest.length <= limit) return { items };
  return { items, next: { shown: [...shown, ...items.map(({ id }) => id)] } };
}

/** A cursor is what this file made of it, sealed while it was away. */
const shownBefore = (cursor: Cursor | undefined): ReadonlySet<string> =>
  new Set(cursor?.['shown'] as readonly string[] | undefined);
