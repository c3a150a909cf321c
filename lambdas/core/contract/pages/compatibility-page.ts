/** Writes `docs/compatibility.md`: how much of the API is built, and what differs from the real service. */
import { derived, isBuilt, type Listed, linkTo, listed, page, type Rooms, table } from './listing.ts';

/** `gapsOfAll` are those that no single operation has. */
export function compatibilityPage(rooms: Rooms, gapsOfAll: readonly string[]): string {
  const all = listed(rooms);
  const built = all.filter(({ operation }) => isBuilt(operation));
  return page(
    derived,
    ['# Compatibility'],
    [`${built.length} of ${all.length} operations are built. ${sound(built)}`],
    ['## Coverage'],
    coverage(rooms),
    ['## On every operation'],
    gapsOfAll.map((gap) => `- ${gap}`),
    ['## What differs'],
    orNone(differences(built)),
    ['## Not built'],
    ['These operations check their input, then refuse with `OperationNotEnabledException`.'],
    orNone(missing(rooms)),
  );
}

const sound = (built: readonly Listed[]): string =>
  `No difference from the real service is known of ${built.filter((entry) => !hasGaps(entry)).length} of them.`;

const coverage = (rooms: Rooms): readonly string[] =>
  table(
    ['room', 'operations', 'built', 'with gaps'],
    Object.entries(rooms).map(([room, operations]) => {
      const built = Object.values(operations).filter(isBuilt);
      const flawed = built.filter((operation) => hasGaps({ operation }));
      return [room, Object.keys(operations).length, built.length, flawed.length].map(String);
    }),
  );

const hasGaps = ({ operation }: Pick<Listed, 'operation'>): boolean => (operation.gaps ?? []).length > 0;

/** Each once, with the operations that share it. */
function differences(built: readonly Listed[]): readonly string[] {
  const gaps = new Set(built.flatMap(({ operation }) => operation.gaps ?? []));
  return [...gaps].map((gap) => {
    const sharing = built.filter(({ operation }) => operation.gaps?.includes(gap));
    return `- ${gap} (${linksTo(sharing)})`;
  });
}

const linksTo = (entries: readonly Listed[]): string =>
  entries.map(({ room, operation }) => linkTo(room, operation)).join(', ');

const missing = (rooms: Rooms): readonly string[] =>
  Object.entries(rooms).flatMap(([room, operations]) => {
    const entries = listed({ [room]: operations }).filter(({ operation }) => !isBuilt(operation));
    return entries.length === 0 ? [] : [`- ${room}: ${linksTo(entries)}`];
  });

const orNone = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? ['Nothing.'] : lines);
