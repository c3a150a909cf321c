/** Collects what a request holds that must not be seen: every text that its shape calls sensitive. */
import { isObject } from '../contract/is-object.ts';
import type { Shape } from '../contract/shape.ts';

/** Shorter ones are found everywhere, and would leave nothing readable. */
const shortest = 4;

export function hiddenTexts(shape: Shape, value: unknown): readonly string[] {
  if (shape.sensitive) return allTexts(value);
  if (shape.type === 'list')
    return Array.isArray(value) ? value.flatMap((item) => hiddenTexts(shape.member, item)) : [];
  if (!isObject(value)) return [];
  const entries = Object.entries(value);
  if (shape.type === 'map')
    return entries.flatMap(([key, item]) => [...textOf(key), ...hiddenTexts(shape.value, item)]);
  if (shape.type !== 'structure') return [];
  return entries.flatMap(([name, item]) => {
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    return member === undefined ? [] : hiddenTexts(member, item);
  });
}

function allTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return value.flatMap(allTexts);
  // Bytes are not written as text.
  if (value instanceof Uint8Array) return [];
  return isObject(value) ? Object.entries(value).flatMap(([key, item]) => [...textOf(key), ...allTexts(item)]) : [];
}

const textOf = (text: string): readonly string[] => (text.length >= shortest ? [text] : []);
