/** Puts a mark into every secret of an input, so that it can be seen wherever it comes out. */
import type { Shape } from '../../lambdas/core/contract/shape.ts';

/** Of characters that most patterns allow, and that nothing else is made of. */
export const SECRET_MARK = 'Qx7Vz9Kw';

/** A copy of JSON in which every text that the shape calls sensitive, keys included, begins with the mark. */
export function markSecrets(shape: Shape, json: unknown): unknown {
  if (shape.sensitive) return markAll(json);
  if (shape.type === 'list' && Array.isArray(json)) return json.map((item) => markSecrets(shape.member, item));
  if (shape.type === 'structure')
    return mapEntries(json, (name, value) => [name, markMember(shape.members, name, value)]);
  if (shape.type === 'map') return mapEntries(json, (name, value) => [name, markSecrets(shape.value, value)]);
  return json;
}

const markMember = (members: Readonly<Record<string, Shape>>, name: string, value: unknown): unknown => {
  const member = Object.hasOwn(members, name) ? members[name] : undefined;
  return member === undefined ? value : markSecrets(member, value);
};

function markAll(json: unknown): unknown {
  if (typeof json === 'string') return `${SECRET_MARK}${json}`;
  if (Array.isArray(json)) return json.map(markAll);
  return mapEntries(json, (name, value) => [`${SECRET_MARK}${name}`, markAll(value)]);
}

type Entry = readonly [name: string, value: unknown];

const mapEntries = (json: unknown, change: (...entry: Entry) => Entry): unknown =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json).map(([name, value]) => change(name, value)))
    : json;
