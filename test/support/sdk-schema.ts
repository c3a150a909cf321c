/** Reads the schema that the official SDK package carries: its operations, and what their members are made of. */
import * as sdk from '@aws-sdk/client-cognito-identity-provider';

/** As little as both sides know of a shape: enumerations are texts, and numbers are numbers. */
export type Outline =
  | { readonly type: 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'document' }
  | { readonly type: 'list'; readonly member: Outline }
  | { readonly type: 'map'; readonly value: Outline }
  | { readonly type: 'structure'; readonly members: Readonly<Record<string, MemberOutline>> };

export interface MemberOutline {
  readonly required: boolean;
  readonly outline: Outline;
}

export interface SdkOperation {
  readonly input: Outline;
  /** Absent where the answer has no body. */
  readonly output: Outline | undefined;
  /** Paths of the input's members that the SDK keeps out of logs, each with everything inside. */
  readonly sensitive: readonly string[];
}

/** Static schemas are tuples whose first element says what they are; the numbers are those of Smithy's runtime. */
const ERROR = -3;
const NAMESPACE = 'com.amazonaws.cognitoidentityprovider';
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const OPERATION = 9;
const SENSITIVE = 8;
/** Added to the number of a simple type. */
const LIST_OF = 64;
const MAP_OF = 128;

const simpleTypes = new Map<number, 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'document'>([
  [0, 'string'],
  [1, 'number'],
  [2, 'boolean'],
  [4, 'timestamp'],
  [15, 'document'],
  [21, 'blob'],
]);

const exported: readonly unknown[] = Object.values(sdk);

export function sdkOperations(): ReadonlyMap<string, SdkOperation> {
  const found = exported.filter(isOperation);
  return new Map(found.map(([, , name, , input, output]) => [String(name), describe(follow(input), follow(output))]));
}

/** Of the errors that some operation of the SDK can throw; what they inherit from is not among them. */
export const sdkErrorNames = (): readonly string[] =>
  exported
    .filter((value) => Array.isArray(value) && value[0] === ERROR && value[1] === NAMESPACE)
    .map((schema) => String(asTuple(schema)[2]));

const describe = (input: unknown, output: unknown): SdkOperation => ({
  input: outlineOf(input),
  output: output === 'unit' ? undefined : outlineOf(output),
  sensitive: sensitivePaths(input, ''),
});

/** What the SDK sends without a signature even where it has credentials. */
export function unsignedOperations(): readonly string[] {
  const region = 'us-east-1';
  const { config } = new sdk.CognitoIdentityProviderClient({ region });
  const isUnsigned = (operation: string): boolean =>
    config.httpAuthSchemeProvider({ operation, region }).every(({ schemeId }) => schemeId === 'smithy.api#noAuth');
  return [...sdkOperations().keys()].filter(isUnsigned);
}

const isOperation = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value[0] === OPERATION;

/** References are functions; members with traits of their own are pairs of a reference and the traits. */
function follow(reference: unknown): unknown {
  if (typeof reference === 'function') return follow(reference());
  return Array.isArray(reference) && reference.length === 2 ? follow(reference[0]) : reference;
}

function outlineOf(schema: unknown): Outline {
  if (typeof schema === 'number') return outlineOfNumber(schema);
  const [kind, , name, , first, second] = asTuple(schema);
  switch (kind) {
    case 0:
      return outlineOf(first);
    case LIST:
      return { type: 'list', member: outlineOf(follow(first)) };
    case MAP:
      return { type: 'map', value: outlineOf(follow(second)) };
    case STRUCTURE:
      return { type: 'structure', members: Object.fromEntries(membersOf(schema).map(outlineOfMember)) };
    default:
      throw new Error(`The SDK's schema has a kind of shape that is not known here: ${String(kind)}, ${String(name)}`);
  }
}

function outlineOfNumber(schema: number): Outline {
  if (schema >= MAP_OF) return { type: 'map', value: outlineOfNumber(schema - MAP_OF) };
  if (schema >= LIST_OF) return { type: 'list', member: outlineOfNumber(schema - LIST_OF) };
  const type = simpleTypes.get(schema);
  if (type === undefined) throw new Error(`The SDK's schema has a simple type that is not known here: ${schema}`);
  return { type };
}

interface Member {
  readonly name: string;
  readonly reference: unknown;
  readonly required: boolean;
}

/** The required members come first, and their number stands at the end. */
function membersOf(schema: unknown): readonly Member[] {
  const [, , , , names, references, required = 0] = asTuple(schema);
  return asTuple(names).map((name, index) => ({
    name: String(name),
    reference: asTuple(references)[index],
    required: index < Number(required),
  }));
}

const outlineOfMember = ({ name, reference, required }: Member): [string, MemberOutline] => [
  name,
  { required, outline: outlineOf(follow(reference)) },
];

function sensitivePaths(schema: unknown, path: string): readonly string[] {
  if (typeof schema === 'number') return [];
  const [kind, , , traits, first, second] = asTuple(schema);
  if (isSensitive(traits)) return [path];
  if (kind === LIST) return sensitivePaths(follow(first), `${path}[]`);
  if (kind === MAP) return sensitivePaths(follow(second), `${path}{}`);
  if (kind !== STRUCTURE) return [];
  return membersOf(schema).flatMap(({ name, reference }) => {
    const own = Array.isArray(reference) && isSensitive(reference[1]);
    return own ? [`${path}.${name}`] : sensitivePaths(follow(reference), `${path}.${name}`);
  });
}

const isSensitive = (traits: unknown): boolean => typeof traits === 'number' && (traits & SENSITIVE) !== 0;

function asTuple(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`The SDK's schema has something else where a tuple belongs: ${value}`);
  return value;
}
