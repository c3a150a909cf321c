/** The rules that shapes set for single values, in the service's words, and which of them a value breaks. */
import { wholeMatch } from './pattern.ts';
import type { Shape, StringShape } from './shape.ts';

export const notNull = 'Member must not be null';

/** Every rule of a scalar, in the order in which the service lists those of elements. */
export function rulesOf(shape: Shape): readonly string[] {
  switch (shape.type) {
    case 'string':
      return [...boundsOf(shape, lengthRule), ...formsOf(shape)];
    case 'integer':
    case 'long':
    case 'double':
      return boundsOf(shape, rangeRule);
    default:
      return [];
  }
}

const noRules: readonly string[] = [];

/** What the value itself breaks, in the order of reports: length or range, pattern, enumeration. */
export function brokenRules(shape: Shape, value: unknown): readonly string[] {
  switch (shape.type) {
    case 'string':
      return brokenByText(shape, String(value));
    case 'list':
    case 'map':
    case 'blob':
      return outside(shape, sizeOf(value), lengthRule);
    case 'integer':
    case 'long':
    case 'double':
      return outside(shape, Number(value), rangeRule);
    default:
      return noRules;
  }
}

function brokenByText(shape: StringShape, text: string): readonly string[] {
  const { pattern, enum: values } = shape;
  const badSize = outside(shape, text.length, lengthRule);
  const badForm = pattern !== undefined && !matches(shape, pattern, text);
  const badChoice = values !== undefined && !values.includes(text);
  // Nearly every value keeps its rules, and makes no list of them.
  if (!badForm && !badChoice) return badSize;
  return [...badSize, ...(badForm ? [patternRule(pattern)] : []), ...(badChoice ? [enumRule(values)] : [])];
}

/** Short enough for every pattern, even for those whose matching takes the square of the length. */
const alwaysMatched = 1024;
const longestWithoutBound = 131_072;

/** What is far too long is not matched at all: either its length has been reported, or it counts as no match. */
function matches({ max, accepts }: StringShape, pattern: string, text: string): boolean {
  const longest = max === undefined ? longestWithoutBound : Math.max(max, alwaysMatched);
  if (text.length > longest) return max !== undefined;
  return accepts ? accepts(text) : wholeMatch(pattern).test(text);
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}
type BoundRule = (side: 'less' | 'greater', bound: number) => string;

function outside({ min, max }: Bounds, size: number, rule: BoundRule): readonly string[] {
  if (min !== undefined && size < min) return [rule('greater', min)];
  return max !== undefined && size > max ? [rule('less', max)] : noRules;
}

const boundsOf = ({ min, max }: Bounds, rule: BoundRule): readonly string[] => [
  ...(max === undefined ? [] : [rule('less', max)]),
  ...(min === undefined ? [] : [rule('greater', min)]),
];

const formsOf = ({ pattern, enum: values }: StringShape): readonly string[] => [
  ...(pattern === undefined ? [] : [patternRule(pattern)]),
  ...(values === undefined ? [] : [enumRule(values)]),
];

function sizeOf(value: unknown): number {
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

const lengthRule: BoundRule = (side, bound) => `Member must have length ${side} than or equal to ${bound}`;
const rangeRule: BoundRule = (side, bound) => `Member must have value ${side} than or equal to ${bound}`;
const patternRule = (pattern: string): string => `Member must satisfy regular expression pattern: ${pattern}`;
const enumRule = (values: readonly string[]): string => `Member must satisfy enum value set: [${values.join(', ')}]`;
