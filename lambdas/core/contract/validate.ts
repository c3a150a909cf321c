/** Checks an input against the bounds of its shape, and reports what it finds as the service does. */
import { brokenRules, NOT_NULL, rulesOf } from './constraints.ts';
import { constraintsViolated } from './errors.ts';
import type { Operation } from './operation.ts';
import type { ListShape, MapShape, Shape, StructureShape, Value } from './shape.ts';

/** What `decode` read, once it is known to keep every bound of the operation's input. */
export function requireValid<O extends Operation>(operation: O, input: unknown): Value<O['input']> {
  const found = violations(operation.input, input);
  if (found.length > 0) throw constraintsViolated(found);
  // It was decoded by this very shape, and every bound holds.
  return input as Value<O['input']>;
}

/** A request of a megabyte can hold a hundred thousand mistakes; nobody reads more than these. */
const MOST_REPORTED = 100;

/** One clause for each violated rule, in the order of the members. */
export const violations = (shape: Shape, value: unknown): readonly string[] =>
  check(shape, value, { path: '', hidden: false }).take(MOST_REPORTED).toArray();

/** Where a value stands, and whether it, or something around it, is sensitive. */
interface Place {
  readonly path: string;
  readonly hidden: boolean;
}

type Fields = Readonly<Record<string, unknown>>;
type Clauses = Generator<string, void>;

function* check(shape: Shape, value: unknown, outer: Place): Clauses {
  const place = within(outer, shape, outer.path);
  for (const rule of brokenRules(shape, value)) yield clause(value, place, rule);
  if (shape.type === 'structure') yield* checkStructure(shape, asFields(value), place);
  if (shape.type === 'list' && Array.isArray(value)) yield* checkList(shape, value, place);
  if (shape.type === 'map') yield* checkMap(shape, asFields(value), place);
}

function* checkStructure({ members }: StructureShape, fields: Fields, place: Place): Clauses {
  for (const [name, member] of Object.entries(members)) {
    const path = place.path === '' ? lowerFirst(name) : `${place.path}.${lowerFirst(name)}`;
    if (fields[name] !== undefined) yield* check(member, fields[name], { ...place, path });
    else if (!member.optional) yield clause(null, within(place, member, path), NOT_NULL);
  }
}

/** Structures are reported one by one; scalars once for the list, with all the rules that its elements have. */
function* checkList({ member }: ListShape, list: readonly unknown[], place: Place): Clauses {
  if (member.type === 'structure') {
    for (const [index, item] of list.entries()) {
      yield* check(member, item, { ...place, path: `${place.path}.${index + 1}.member` });
    }
  } else if (list.some((item) => brokenRules(member, item).length > 0)) {
    const rule = `Member must satisfy constraint: [${rulesOf(member).join(', ')}]`;
    yield clause(list, within(place, member, place.path), rule);
  }
}

/** The keys of a sensitive map are in the caller's words as well, and not echoed. */
function* checkMap({ key, value }: MapShape, fields: Fields, place: Place): Clauses {
  if (Object.keys(fields).some((name) => brokenRules(key, name).length > 0)) {
    yield clause(fields, place, `Map keys must satisfy constraint: [${rulesOf(key).join(', ')}]`);
  }
  for (const [name, item] of Object.entries(fields)) {
    const path = place.hidden ? `${place.path}.member` : `${place.path}.${name}.member`;
    yield* check(value, item, { ...place, path });
  }
}

const within = (outer: Place, shape: Shape, path: string): Place => ({
  path,
  hidden: outer.hidden || shape.sensitive === true,
});

function clause(value: unknown, { path, hidden }: Place, rule: string): string {
  const shown = hidden ? '' : show(value);
  return `Value ${shown}at '${path}' failed to satisfy constraint: ${rule}`;
}

/** Scalars and lists of scalars; any other value is left out, because what is sensitive may be inside. */
function show(value: unknown): string {
  if (value === null) return 'null ';
  if (Array.isArray(value)) return value.some(isComposite) ? '' : `'[${value.join(', ')}]' `;
  return isComposite(value) ? '' : `'${value}' `;
}

const isComposite = (value: unknown): boolean => typeof value === 'object';

// Decoded structures and maps are objects.
const asFields = (value: unknown): Fields => value as Fields;

/** `UserPoolId` is `userPoolId` in a path, and `SMSMessage` is `sMSMessage`. */
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
