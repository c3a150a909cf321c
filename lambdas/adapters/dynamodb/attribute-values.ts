/** Plain values as DynamoDB writes them in JSON, and back: what stores keep, which knows no sets. */

/** The JSON form; the SDK gives `B` as bytes. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly B: string | Uint8Array }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap };

export type AttributeMap = Readonly<Record<string, AttributeValue>>;

type Values = Readonly<Record<string, unknown>>;

/** Leaves out what is `undefined`. Made of entries, because `__proto__` is a name like any other here. */
export function toAttributes(values: Values): AttributeMap {
  const entries: [string, AttributeValue][] = [];
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value !== undefined) entries.push([name, toAttribute(value)]);
  }
  return Object.fromEntries(entries);
}

export function fromAttributes(attributes: AttributeMap): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const [name, value] of Object.entries(attributes)) entries.push([name, fromAttribute(value)]);
  return Object.fromEntries(entries);
}

function toAttribute(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: decimal(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return toComposite(value);
    default:
      throw new TypeError(`A row cannot hold a ${typeof value}`);
  }
}

function toComposite(value: object | null): AttributeValue {
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array) return { B: base64(value) };
  if (Array.isArray(value)) return { L: value.filter((entry) => entry !== undefined).map(toAttribute) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('A row holds plain objects only');
  // A plain object has no members but its own.
  return { M: toAttributes(value as Values) };
}

function fromAttribute(value: AttributeValue): unknown {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  if ('BOOL' in value) return value.BOOL;
  if ('M' in value) return fromAttributes(value.M);
  if ('L' in value) return value.L.map(fromAttribute);
  if ('B' in value) return typeof value.B === 'string' ? bytes(value.B) : value.B;
  if ('NULL' in value) return null;
  throw new TypeError(`A row holds a value of the unknown type ${Object.keys(value).join()}`);
}

/** What a double cannot hold exactly would come back as another number. */
function decimal(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new RangeError('A row cannot hold a number of this size');
  }
  return String(value);
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

function bytes(text: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64');
  return new Uint8Array(buffer, byteOffset, byteLength);
}
