/** Settings of styles: what they may say, how a change is laid over them, and what they say together with the service. */
import { styleSettingInvalid, styleSettingUnknown } from '../contract/errors.ts';
import type { StyleSettings, StyleValue } from '../model/style.ts';
import { fallbacksOf, type Group, type Kind, type List } from './style-settings/kinds.ts';
import { document } from './style-settings/table.ts';

/** Refuses whatever the document does not have. */
export function requireStyleSettings(given: unknown): StyleSettings {
  return requireGroup(document, given, 'settings');
}

/** What is given, over what there is. Lists are replaced as a whole. */
export const mergedSettings = (settings: StyleSettings, given: StyleSettings): StyleSettings => ({
  ...settings,
  ...Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const former = settings[name];
      return [name, isSettings(value) && isSettings(former) ? mergedSettings(former, value) : value];
    }),
  ),
});

/** Everything: what was said, and what the service has where nothing was. */
export const wholeSettings = (settings: StyleSettings = {}): StyleSettings =>
  mergedSettings(fallbacksOf(document), settings);

const isSettings = (value: StyleValue | undefined): value is StyleSettings =>
  typeof value === 'object' && !Array.isArray(value);

function requireKind(kind: Kind, value: unknown, path: string): StyleValue {
  if (kind.kind === 'group') return requireGroup(kind, value, path);
  if (kind.kind === 'list') return requireList(kind, value, path);
  if (!kind.accepts(value)) throw styleSettingInvalid(path, kind.expected);
  // Leaves accept truth values, numbers and texts alone.
  return value as StyleValue;
}

function requireGroup({ members }: Group, value: unknown, path: string): StyleSettings {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw styleSettingInvalid(path, 'an object');
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const kind = Object.hasOwn(members, name) ? members[name] : undefined;
      if (kind === undefined) throw styleSettingUnknown(`${path}.${shown(name)}`);
      return [name, requireKind(kind, member, `${path}.${name}`)];
    }),
  );
}

function requireList({ item, most }: List, value: unknown, path: string): readonly StyleValue[] {
  if (!Array.isArray(value) || value.length > most) throw styleSettingInvalid(path, `a list of up to ${most}`);
  return value.map((each, index) => requireKind(item, each, `${path}.${index + 1}`));
}

/** As much of a caller's word as a message repeats. */
const shown = (name: string): string => name.slice(0, 40);
