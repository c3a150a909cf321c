/** Texts for property tests: those that a pattern describes, and those that nobody expects. */
import fc from 'fast-check';
import { wholeMatch } from '../../lambdas/core/contract/pattern.ts';
import type { StringShape } from '../../lambdas/core/contract/shape.ts';
import { type Node, parsePattern } from './pattern-syntax.ts';

/** Those of ASCII, and some of each kind that the patterns tell apart: blanks, signs, marks, symbols, pairs. */
const characters = [
  ...Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)),
  ...'\t\n\r\u0000\u007f\u00a0éß\u0301Ω中٣\u200d\u2028“€😀𝒳',
];

/** Names that mean something to the language, and texts that are not what they look like. */
export const awkwardTexts = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '0',
  '-1',
  '\u0000',
  '\ufeff',
  '\u202e',
  'e\u0301',
  'İ',
  '😀',
  '%s%n{0}',
  '{{x}}',
  "'; DROP TABLE",
  '<script>',
  '../../etc/passwd',
  '\r\nSet-Cookie: a=b',
] as const;

/** Half of a character, which UTF-8 cannot write. */
export const halves = ['\ud800', 'a\udfff', '\udc00\ud800'] as const;

/** Above this, bounds are not worth the time of reaching them. */
const LONGEST = 3000;

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom(...characters) }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.constantFrom(...awkwardTexts) },
);

/** What the shape lets through. */
export function validText(shape: StringShape): fc.Arbitrary<string> {
  const { enum: values, pattern } = shape;
  if (values !== undefined) return fc.constantFrom(...values);
  if (pattern !== undefined) return textOf(pattern, shape);
  const { min = 0, max = LONGEST } = shape;
  if (min === 0 && max >= 30) return anyText.filter((text) => text.length <= max);
  return textOfSet(characters, min, max);
}

function textOf(pattern: string, { min = 0, max = LONGEST }: StringShape): fc.Arbitrary<string> {
  const whole = repeatedSet(pattern);
  if (whole !== undefined) return textOfSet(whole, Math.max(min, 1), max);
  return arbitraryOf(treeOf(pattern)).filter(({ length }) => length >= min && length <= max);
}

/** Where a pattern is one class repeated, its characters: such texts can have every length that the bounds allow. */
function repeatedSet(pattern: string): readonly string[] | undefined {
  const [only, ...others] = treeOf(pattern).filter(({ kind }) => kind !== 'start' && kind !== 'end');
  if (others.length > 0 || only?.kind !== 'repeat' || only.node.kind !== 'set') return undefined;
  const { node } = only;
  return only.max === Number.POSITIVE_INFINITY ? characters.filter((character) => node.has(character)) : undefined;
}

/** Short, but now and then as long as may be. */
function textOfSet(units: readonly string[], min: number, max: number): fc.Arbitrary<string> {
  const longest = Math.min(max, LONGEST);
  const unit = fc.constantFrom(...units);
  const narrow = fc.constantFrom(...units.filter((character) => character.length === 1));
  const of = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
    fc.string({ unit, minLength, maxLength }).filter(({ length }) => length <= maxLength);
  return fc.oneof(
    { weight: 8, arbitrary: of(min, Math.min(longest, min + 24)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(min, longest).chain((n) => fc.string({ unit: narrow, minLength: n, maxLength: n })),
    },
  );
}

/** The expression is compiled as `^(?:...)$`: what is inside. */
function treeOf(pattern: string): readonly Node[] {
  const [, inside] = parsePattern(wholeMatch(pattern)).options[0] ?? [];
  const [only, ...others] = inside?.kind === 'choice' ? inside.options : [];
  return others.length === 0 && only !== undefined ? only : inside === undefined ? [] : [inside];
}

const arbitraryOf = (nodes: readonly Node[]): fc.Arbitrary<string> =>
  fc.tuple(...nodes.map(arbitraryOfNode)).map((parts) => parts.join(''));

function arbitraryOfNode(node: Node): fc.Arbitrary<string> {
  switch (node.kind) {
    case 'start':
    case 'end':
      return fc.constant('');
    case 'set':
      return fc.constantFrom(...characters.filter((character) => node.has(character)));
    case 'choice':
      return fc.oneof(...node.options.map(arbitraryOf));
    case 'repeat':
      return fc
        .array(arbitraryOfNode(node.node), { minLength: node.min, maxLength: Math.min(node.max, node.min + 9) })
        .map((parts) => parts.join(''));
    default:
      return node satisfies never;
  }
}

/** What the shape refuses: too short or too long, of no allowed form, or half of a character. */
export function brokenText(shape: StringShape): fc.Arbitrary<string> {
  const { min = 0, max, pattern, enum: values } = shape;
  const broken: fc.Arbitrary<string>[] = [fc.constantFrom(...halves)];
  if (min > 0) broken.push(fc.constant('a'.repeat(min - 1)));
  if (max !== undefined) broken.push(fc.constantFrom(1, 2, 1000).map((more) => 'a'.repeat(max + more)));
  if (values !== undefined) broken.push(anyText.filter((text) => !values.includes(text)));
  if (pattern !== undefined) broken.push(...mismatching(shape, pattern));
  return fc.oneof(...broken);
}

/** Texts of characters that cannot stand in the pattern; a shape that takes more than its pattern is asked as well. */
function mismatching({ accepts }: StringShape, pattern: string): readonly fc.Arbitrary<string>[] {
  const strangers = [...characters, ...awkwardTexts].filter((text) => text !== '' && !wholeMatch(pattern).test(text));
  const refused = strangers.filter((text) => !accepts?.(text));
  return refused.length === 0 ? [] : [fc.constantFrom(...refused)];
}
