/** The API's patterns: what they match, and that no text makes the matching slow. */
import { describe, expect, test, vi } from 'vitest';
import { wholeMatch } from '../../lambdas/core/contract/pattern.ts';
import type { Shape, StringShape } from '../../lambdas/core/contract/shape.ts';
import { password, passwordOrNone } from '../../lambdas/core/contract/shapes/users.ts';
import { violations } from '../../lambdas/core/contract/validate.ts';
import { countSteps } from '../support/counting-matcher.ts';
import { allOperations } from '../support/operations.ts';

describe('wholeMatch', () => {
  test.each([
    ['[a]+', 'aa', true],
    ['[a]+', 'aab', false],
    ['a|b', 'ab', false],
    ['^[a]+$', 'aa', true],
    ['.*', 'a\nb', false],
    ['(?s).*', 'a\nb', true],
    [String.raw`[\w]+`, 'é', false],
    [String.raw`[\p{L}]+`, 'é中', true],
    [String.raw`[\p{L}]`, '𝒳', true],
    [String.raw`[\p{S}]`, '😀', true],
    [String.raw`[\s]+`, ' \t\n\v\f\r', true],
    [String.raw`[\s]`, '\u00a0', false],
    [String.raw`[\s]`, '\u2028', false],
    [String.raw`[\S]`, '\u00a0', true],
    [String.raw`[\S]`, '😀', true],
    [String.raw`[\S]`, '\u0000', true],
    [String.raw`[\S]+`, 'a\u000bb', false],
  ])('lets %s match %j: %s', (pattern, text, matched) => {
    expect(wholeMatch(pattern).test(text)).toBe(matched);
  });

  test('compiles a pattern once', () => {
    expect(wholeMatch('[a-q]+')).toBe(wholeMatch('[a-q]+'));
  });
});

describe('A password', () => {
  test.each(['a', 'a b', 'a  b', 'correct horse battery', 'é 😀', '\u00a0a', 'x'.repeat(256)])('may be %j', (text) => {
    expect(violations(password, text)).toEqual([]);
    expect(violations(passwordOrNone, text)).toEqual([]);
  });

  test.each([' a', 'a ', ' ', 'a\tb', 'a\nb', 'a \t b', ' a b'])(
    'has no blank at its ends and no other white space: not %j',
    (text) => {
      const clause = String.raw`Value at '' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+`;
      expect(violations(password, text)).toEqual([clause]);
      expect(violations(passwordOrNone, text)).toEqual([clause]);
    },
  );

  test('has at most 256 characters', () => {
    expect(violations(password, 'x'.repeat(257)).join()).toMatch(/length less than or equal to 256$/);
  });

  test('may be empty only where none is asked for', () => {
    expect(violations(passwordOrNone, '')).toEqual([]);
    expect(violations(password, '')).toHaveLength(1);
  });
});

function* textShapes(shape: Shape): Generator<StringShape> {
  if (shape.type === 'string') yield shape;
  else if (shape.type === 'list') yield* textShapes(shape.member);
  else if (shape.type === 'map') yield* [...textShapes(shape.key), ...textShapes(shape.value)];
  else if (shape.type === 'structure') for (const member of Object.values(shape.members)) yield* textShapes(member);
}

/** One shape for each pattern and bound that an input can be matched by. */
const patterned = new Map<string, StringShape & { readonly pattern: string }>();
for (const { operation } of allOperations) {
  for (const shape of textShapes(operation.input)) {
    const { pattern, max = Number.POSITIVE_INFINITY } = shape;
    if (pattern !== undefined)
      patterned.set(`${pattern} to ${max}${shape.accepts ? ' or more' : ''}`, { ...shape, pattern });
  }
}

/** Runs that patterns may be tempted by, from their own marks and characters. */
const units = [
  ...['a', 'A', '0', '_', '-', '.', ':', '/', '@', '#', '{', '}', ' ', '*', '\n', 'é', '😀', '+', '='],
  ...['a_', '-_', '_0', 'a@', '@@', 'a.', '.a', 'a:', ':0:', '::', 'arn:', 'a-', 'a ', ' \n'],
  ...['{####}', '{##', '##}', '{##a##}', '{#', 'import-', 'cognito:', '####'],
];
const beginnings = ['', 'arn:aws:iam:', 'arn:aws:iam::0:', 'import-', 'us-east-1_', '{####}', '{##', 'a@', 'cognito:'];
const endings = ['', '\u0000', '\n', ' ', '!', '_', '@', '##}', ':', '.'];

const hostileTexts = (length: number): readonly string[] =>
  units.flatMap((unit) => {
    const run = unit.repeat(Math.ceil(length / unit.length));
    return beginnings.flatMap((beginning) => endings.map((ending) => `${beginning}${run}${ending}`));
  });

/** Which expressions a shape asks about which text, if it is asked about texts of any length. */
function expressionsAskedOf(shape: StringShape, texts: readonly string[]): readonly (readonly [RegExp, string])[] {
  const asked = vi.spyOn(RegExp.prototype, 'test');
  try {
    for (const text of texts) violations({ ...shape, min: 0, max: Number.POSITIVE_INFINITY }, text);
    const { contexts, calls } = asked.mock;
    return calls.flatMap(([text], index) => {
      const expression: unknown = contexts[index];
      return expression instanceof RegExp ? [[expression, text] as const] : [];
    });
  } finally {
    asked.mockRestore();
  }
}

interface Cost {
  readonly text: string;
  readonly steps: number;
}

/** Characters that are looked at: by counting, which no load of the machine changes. */
const dearestOf = (shape: StringShape, texts: readonly string[]): Cost =>
  expressionsAskedOf(shape, texts)
    .map(([expression, text]) => ({ text, steps: countSteps(expression, text).steps }))
    .reduce((worst, cost) => (cost.steps > worst.steps ? cost : worst), { text: '', steps: 0 });

/** Of texts up to this length the square is small enough; longer ones are matched only where their shape allows them. */
const SHORT = 1024;

const [short, long] = [true, false].map((isShort) =>
  [...patterned].filter(([, { max = Number.POSITIVE_INFINITY }]) => max <= SHORT === isShort),
);

const longTexts = hostileTexts(300);
const shortTexts = hostileTexts(SHORT);
const tinyTexts = hostileTexts(4);

describe('The patterns of the API', () => {
  test('are all looked at', () => {
    expect(patterned.size).toBeGreaterThan(35);
  });

  test.each(long ?? [])('%s: look at each character of any text a few times', (_name, shape) => {
    const { steps, text } = dearestOf(shape, longTexts);
    expect(steps).toBeGreaterThan(0);
    expect(steps, text).toBeLessThan(6 * text.length);
  });

  test.each(short ?? [])('%s: are done with a short text soon', (_name, shape) => {
    const { steps, text } = dearestOf(shape, shortTexts);
    expect(steps).toBeGreaterThan(0);
    expect(steps, text).toBeLessThan(250_000);
  });

  test('are known as they are: counting finds the same matches, and finds slow patterns slow', () => {
    for (const shape of patterned.values()) {
      const asked = expressionsAskedOf(shape, tinyTexts);
      expect(
        asked.filter(([expression, text]) => countSteps(expression, text).matched !== expression.test(text)),
      ).toEqual([]);
    }
    const square = wholeMatch(String.raw`[\p{P}]+@[\p{P}]+`);
    expect(countSteps(square, `${'@'.repeat(300)}\n`).steps).toBeGreaterThan(100 * 300);
    expect(countSteps(/^(?:(?:a|a)*)$/u, `${'a'.repeat(12)}b`).steps).toBeGreaterThan(2 ** 12);
  });
});
