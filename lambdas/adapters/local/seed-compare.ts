/** Compares what is there with what a seed declares. */
import { isDeepStrictEqual } from 'node:util';
import type { Members } from './seed-document.ts';

/** Whether what is there has every declared member with the declared value; lists of plain values in any order. */
export function covers(current: unknown, declared: unknown): boolean {
  if (declared === undefined) return true;
  if (Array.isArray(declared)) {
    return (
      Array.isArray(current) &&
      current.length === declared.length &&
      declared.every((value) => current.some((other) => covers(other, value)))
    );
  }
  if (typeof declared !== 'object' || declared === null) return isDeepStrictEqual(current, declared);
  return Object.entries(declared).every(([name, value]) => covers(membersOf(current)[name], value));
}

/** Describe prefixes the names of custom attributes and adds the standard ones. */
export function coversSchema(current: unknown, declared: unknown): boolean {
  if (!Array.isArray(declared)) return declared === undefined;
  const names = ['', 'custom:', 'dev:', 'dev:custom:'];
  return declared.every(
    ({ Name, ...bounds }) =>
      Array.isArray(current) &&
      current.some((one) => names.some((prefix) => one.Name === prefix + Name) && covers(one, bounds)),
  );
}

export const pick = (from: Members, names: readonly string[]): Members =>
  Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));

export const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? { ...value } : {});
