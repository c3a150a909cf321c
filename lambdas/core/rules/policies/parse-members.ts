/** Checks of members that the parts of a policy document share. */
import { MalformedPolicy } from './malformed-policy.ts';

type Members = Readonly<Record<string, unknown>>;

export function requireMembers(written: Members, place: string, known: readonly string[]): void {
  const stray = Object.keys(written).find((name) => !known.includes(name));
  if (stray !== undefined) throw new MalformedPolicy(place, `cannot have ${stray}, only ${known.join(', ')}`);
}

/** A text, or a list of them that is not empty; where they may be, numbers and booleans count as text. */
export function textsAt(value: unknown, place: string, isText = isString): readonly string[] {
  const values = [value].flat();
  if (values.length === 0) throw new MalformedPolicy(place, 'must not be empty');
  if (!values.every(isText)) throw new MalformedPolicy(place, 'must be a text or a list of texts');
  return values.map(String);
}

const isString = (value: unknown): boolean => typeof value === 'string';

export const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
