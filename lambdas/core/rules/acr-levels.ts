/** The names of a pool's authentication levels, which tokens report as `acr`. */
import { acrLevelUnknown, acrNameInvalid, acrNameRepeated } from '../contract/errors.ts';
import type { Level } from '../model/challenge-session.ts';
import type { AcrConfiguration, PoolSettings } from '../model/pool.ts';

const defaults: AcrConfiguration = Object.fromEntries(
  [1, 2, 3, 4].map((level) => [`Level${level}`, { AcrValue: `urn:cognito:loa:${level}` }]),
);

/** What URLs and URNs are written with (RFC 3986, 2). */
const uriForm = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]{1,64}$/;

/** All four, with the names that the pool was told. */
export const acrLevels = ({ AcrConfiguration }: PoolSettings): AcrConfiguration => ({
  ...defaults,
  ...AcrConfiguration,
});

const inOrder = [1, 2, 3, 4] as const satisfies readonly Level[];

export const acrOf = (settings: PoolSettings, level: Level): string | undefined =>
  acrLevels(settings)[`Level${level}`]?.AcrValue;

/** The levels that a space-separated list names, in its order. Names that no level has are left out. */
export function levelsNamed(settings: PoolSettings, text: string): readonly Level[] {
  const named = text.split(' ').map((name) => inOrder.find((level) => acrOf(settings, level) === name));
  return [...new Set(named.filter((level) => level !== undefined))];
}

/** Whether any level is called otherwise than by default: answers show all of them, and clients send back what they saw. */
export const hasOwnAcrLevels = (settings: PoolSettings): boolean =>
  Object.entries(acrLevels(settings)).some(([level, named]) => named?.AcrValue !== defaults[level]?.AcrValue);

/** Refuses levels that do not exist, and names that do not tell one level from another. */
export function requireAcrLevels(settings: PoolSettings): void {
  const { AcrConfiguration: given } = settings;
  if (given === undefined) return;
  const unknown = Object.keys(given).find((level) => !Object.hasOwn(defaults, level));
  if (unknown !== undefined) throw acrLevelUnknown(unknown);
  const names = Object.values(acrLevels(settings)).map((level) => level?.AcrValue ?? '');
  if (!names.every((name) => uriForm.test(name))) throw acrNameInvalid();
  if (new Set(names).size < names.length) throw acrNameRepeated();
}
