/** Inputs made from a shape, as JSON: such as the API takes, such as it must refuse, and such as nobody should send. */
import fc from 'fast-check';
import type {
  ListShape,
  MapShape,
  NumberShape,
  Shape,
  StringShape,
  StructureShape,
} from '../../lambdas/core/contract/shape.ts';
import { awkwardTexts, brokenText, halves, validText } from './generated-texts.ts';

export type Input = Readonly<Record<string, unknown>>;

/** Keeps every type and bound of the shape. Unknown members and explicit nulls are among it, which count for nothing. */
export function validInput(input: StructureShape): fc.Arbitrary<Input> {
  // A structure's values are objects.
  return valid(input) as fc.Arbitrary<Input>;
}

/** Breaks a type or a bound in one place, anywhere, or lacks a required member. Undefined where nothing can be wrong. */
export function brokenInput(input: StructureShape): fc.Arbitrary<Input> | undefined {
  // As above: what is broken is inside.
  return brokenMember(input) as fc.Arbitrary<Input> | undefined;
}

/** Has the right members and anything in them: huge, deep, of another type, or in order by chance. */
export function hostileInput({ members }: StructureShape): fc.Arbitrary<Input> {
  const values: Arbitraries = Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      fc.oneof(
        { weight: 3, arbitrary: valid(member) },
        { weight: 2, arbitrary: anyJson },
        { weight: 1, arbitrary: hostile },
      ),
    ]),
  );
  return fc.record(values, { requiredKeys: [] }).chain(withStrangers);
}

type Arbitraries = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const made = new WeakMap<Shape, fc.Arbitrary<unknown>>();

function valid(shape: Shape): fc.Arbitrary<unknown> {
  const known = made.get(shape);
  if (known) return known;
  const arbitrary = makeValid(shape);
  made.set(shape, arbitrary);
  return arbitrary;
}

function makeValid(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'string':
      return validText(shape);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'long':
      return fc.integer(limitsOf(shape));
    case 'double':
      return fc.double({ ...limitsOf(shape), noNaN: true });
    case 'timestamp':
      return fc.integer({ min: 0, max: 4e12 }).map((milliseconds) => milliseconds / 1000);
    case 'blob':
      return bytes(shape.min ?? 0, Math.min(shape.max ?? 50, 50));
    case 'document':
      return fc.jsonValue({ maxDepth: 4 }).filter((value) => value !== null);
    case 'list':
      return validList(shape);
    case 'map':
      return validMap(shape);
    case 'structure':
      return validStructure(shape);
    default:
      return shape satisfies never;
  }
}

/** A list may be as long as its bound if that is not far; otherwise a few elements say as much. */
const validList = ({ member, min = 0, max = 4 }: ListShape): fc.Arbitrary<unknown> =>
  fc.array(valid(member), { minLength: min, maxLength: Math.max(min, Math.min(max, 4)) });

/** `__proto__` may be a key of its own, as it is in parsed JSON. */
const validMap = ({ key, value, min = 0, max = 4 }: MapShape): fc.Arbitrary<unknown> =>
  fc
    .uniqueArray(fc.tuple(validText(key), valid(value)), {
      selector: ([name]) => name,
      minLength: min,
      maxLength: Math.max(min, Math.min(max, 4)),
    })
    .map((entries) => Object.fromEntries(entries));

function validStructure({ members }: StructureShape): fc.Arbitrary<unknown> {
  const entries = Object.entries(members);
  const requiredKeys = entries.filter(([, member]) => !member.optional).map(([name]) => name);
  const values: Arbitraries = Object.fromEntries(
    entries.map(([name, member]) => [
      name,
      member.optional ? fc.option(valid(member), { nil: null, freq: 9 }) : valid(member),
    ]),
  );
  return fc.record(values, { requiredKeys }).chain(withStrangers);
}

/** Now and then with members that no shape has. */
const withStrangers = (value: Input): fc.Arbitrary<Input> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(value) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('__proto__', 'constructor', 'toString', 'Unknown', ''), anyJson)
        // Defined rather than assigned: the value of `__proto__` shall be a member, not a prototype.
        .map(([name, stranger]) => Object.fromEntries([[name, stranger], ...Object.entries(value)])),
    },
  );

const bytes = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength, maxLength }).map((content) => Buffer.from(content).toString('base64'));

const limitsOf = ({ type, min, max }: NumberShape): { min: number; max: number } => {
  const widest = type === 'integer' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  return { min: min ?? -widest, max: max ?? widest };
};

const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...awkwardTexts, ...halves),
  fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 53, 1e308, -1e308, 5e-324),
  fc.constantFrom([], {}, [[]], [{}], { a: { b: {} } }, true, null),
  fc.constantFrom('__proto__', 'constructor').map((name) => Object.fromEntries([[name, { polluted: true }]])),
);

/** Each of these is what one request may just hold. */
const hostile: fc.Arbitrary<unknown> = fc.constantFrom(
  ...['a', '{##', '@', 'a@', ' ', '{####}', '\u0000', '😀'].map((unit) => unit.repeat(100_000 / unit.length)),
  nested(60, (inner) => [inner]),
  nested(60, (inner) => ({ a: inner })),
  Array.from({ length: 5000 }, () => ''),
  Array.from({ length: 5000 }, () => ({})),
  Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, index])),
);

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

const wrecked = new WeakMap<Shape, fc.Arbitrary<unknown>>();

/** Undefined for free JSON, which is never wrong. */
function broken(shape: Shape): fc.Arbitrary<unknown> | undefined {
  if (shape.type === 'document') return undefined;
  const known = wrecked.get(shape);
  if (known) return known;
  const ways = [mistyped(shape), outOfBounds(shape), brokenMember(shape)].filter((way) => way !== undefined);
  const arbitrary = fc.oneof(...ways);
  wrecked.set(shape, arbitrary);
  return arbitrary;
}

type Kind = readonly [json: unknown, readers: readonly Shape['type'][]];

/** JSON of each kind, and which shapes read it. */
const kinds: readonly Kind[] = [
  ['some text', ['string']],
  ['AAAA', ['string', 'blob']],
  ['A', ['string']],
  ['****', ['string']],
  [1, ['integer', 'long', 'double', 'timestamp']],
  [0.5, ['double', 'timestamp']],
  [2 ** 31, ['long', 'double', 'timestamp']],
  [2 ** 53, ['double']],
  [1e300, ['double']],
  [true, ['boolean']],
  [['a'], ['list']],
  [[], ['list']],
  [{ a: 'b' }, ['map', 'structure']],
  [{}, ['map', 'structure']],
];

const mistyped = ({ type }: Shape): fc.Arbitrary<unknown> =>
  fc.constantFrom(...kinds.filter(([, readers]) => !readers.includes(type)).map(([json]) => json));

function outOfBounds(shape: Shape): fc.Arbitrary<unknown> | undefined {
  switch (shape.type) {
    case 'string':
      return brokenText(shape);
    case 'integer':
    case 'long':
    case 'double':
      return anyOf(beyond(shape));
    case 'list':
      return wrongLength(shape, (length) => fc.array(valid(shape.member), { minLength: length, maxLength: length }));
    case 'map':
      return anyOf([brokenKey(shape), wrongSize(shape)]);
    case 'blob':
      return wrongLength(shape, (length) => bytes(length, length));
    default:
      return undefined;
  }
}

const beyond = ({ min, max }: NumberShape): readonly (fc.Arbitrary<unknown> | undefined)[] => [
  min === undefined ? undefined : fc.constantFrom(min - 1, -(2 ** 31)),
  max === undefined ? undefined : fc.constantFrom(max + 1, 2 ** 31 - 1),
];

/** Of one element too few or too many. What is larger than this takes long to make, and longer to shrink. */
const LARGEST = 500;

function wrongLength(
  { min = 0, max = LARGEST }: { readonly min?: number | undefined; readonly max?: number | undefined },
  make: (length: number) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> | undefined {
  return anyOf([min > 0 ? make(min - 1) : undefined, max < LARGEST ? make(max + 1) : undefined]);
}

/** Where a pattern or an enumeration lists the keys, there may be no more of them than are allowed. */
const wrongSize = ({ min, max, ...map }: MapShape): fc.Arbitrary<unknown> | undefined =>
  wrongLength({ min, max: isListed(map.key) ? undefined : max }, (size) => validMap({ ...map, min: size, max: size }));

const isListed = ({ pattern, enum: values }: StringShape): boolean => pattern !== undefined || values !== undefined;

const brokenKey = ({ key, value }: MapShape): fc.Arbitrary<unknown> =>
  fc.tuple(brokenText(key), valid(value)).map(([name, item]) => Object.fromEntries([[name, item]]));

/** Something inside is wrong, or not there. */
function brokenMember(shape: Shape): fc.Arbitrary<unknown> | undefined {
  if (shape.type === 'structure') return brokenStructure(shape);
  if (shape.type === 'list') {
    const wrong = broken(shape.member);
    return (
      wrong && fc.tuple(fc.array(valid(shape.member), { maxLength: 2 }), wrong).map(([items, item]) => [...items, item])
    );
  }
  if (shape.type === 'map') {
    const wrong = broken(shape.value);
    return wrong && fc.tuple(validText(shape.key), wrong).map(([name, item]) => Object.fromEntries([[name, item]]));
  }
  return undefined;
}

function brokenStructure(structure: StructureShape): fc.Arbitrary<unknown> | undefined {
  const ways = Object.entries(structure.members).map(([name, member]) => wrongly(member, name));
  const way = anyOf(ways);
  return (
    way &&
    fc.tuple(validStructure(structure), way).map(([value, [name, wrong]]) => ({ ...asInput(value), [name]: wrong }))
  );
}

/** Null is as good as absent, which is wrong where the member is required. */
function wrongly(member: Shape, name: string): fc.Arbitrary<readonly [string, unknown]> | undefined {
  const absent = member.optional ? undefined : fc.constantFrom(null, undefined);
  return anyOf([broken(member), absent])?.map((wrong) => [name, wrong] as const);
}

function anyOf<T>(ways: readonly (fc.Arbitrary<T> | undefined)[]): fc.Arbitrary<T> | undefined {
  const possible = ways.filter((way) => way !== undefined);
  return possible.length === 0 ? undefined : fc.oneof(...possible);
}

// What a structure's arbitrary makes are objects.
const asInput = (value: unknown): Input => value as Input;
