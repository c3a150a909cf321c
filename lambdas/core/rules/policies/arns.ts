/** Matches Amazon Resource Names segment by segment, so that a wildcard stays within its own. */
import type { Pattern } from '../../model/policy.ts';
import { type FindValues, matches, resolve } from './patterns.ts';

/** `arn:<partition>:<service>:<region>:<account>:<resource>`, of which the last part may have colons of its own. */
const segmentCount = 6;

/** Of a pattern: what a variable stands for never parts segments. One alone is `*`; `undefined` where it is no ARN. */
export function segmentsOf(pattern: Pattern): readonly Pattern[] | undefined {
  if (pattern.length > 0 && pattern.every(({ kind }) => kind === 'any')) return [pattern];
  const segments: Pattern[] = [];
  let current: Pattern = [];
  for (const part of pattern) {
    const [first = '', ...others] = part.kind === 'text' ? splitText(part.text, segmentCount - segments.length) : [];
    current = [...current, part.kind === 'text' ? { kind: 'text', text: first } : part];
    for (const text of others) {
      segments.push(current);
      current = [{ kind: 'text', text }];
    }
  }
  const all = [...segments, current];
  return all.length === segmentCount ? all : undefined;
}

/** Into at most so many, with whatever colons are left in the last one. */
function splitText(text: string, most: number): readonly string[] {
  const parts = text.split(':');
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(':')];
}

/** `undefined` where the request has no value for a variable. */
export function matchesArn(segments: readonly Pattern[], arn: string, find: FindValues): boolean | undefined {
  if (segments.length === 1) return true;
  const actual = splitText(arn, segmentCount);
  const resolved = segments.map((segment) => resolve(segment, find));
  if (resolved.some((cells) => cells === undefined)) return undefined;
  if (actual.length !== segmentCount) return false;
  return resolved.every((cells, place) => cells !== undefined && matches(cells, actual[place] ?? ''));
}
