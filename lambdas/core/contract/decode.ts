/** Reads the JSON of a request by its shape: types are checked here, bounds in `validate.ts`. */
import { notConvertible, unexpectedList, unexpectedStructure } from './errors.ts';
import type { Json, MapShape, NumberShape, Shape, StructureShape } from './shape.ts';

/**
 * Members that the shape does not know are ignored at any depth; `null` counts as absent, in lists and maps too. What
 * is required may still be missing from the result: `requireValid` looks at that.
 */
export function decode(shape: Shape, json: unknown): unknown {
  switch (shape.type) {
    case 'structure':
      return decodeStructure(shape, json);
    case 'list':
      return Array.isArray(json)
        ? json.filter(isPresent).map((item) => decode(shape.member, item))
        : refuse(json, 'List');
    case 'map':
      return decodeMap(shape, json);
    case 'string':
      return typeof json === 'string' ? json : refuse(json, 'String');
    case 'boolean':
      return typeof json === 'boolean' ? json : refuse(json, 'Boolean');
    case 'integer':
    case 'long':
    case 'double':
      return decodeNumber(shape, json);
    case 'timestamp':
      return typeof json === 'number' ? Math.round(json * 1000) : refuse(json, 'Timestamp');
    case 'blob':
      return typeof json === 'string' && isBase64(json)
        ? new Uint8Array(Buffer.from(json, 'base64'))
        : refuse(json, 'Blob');
    case 'document':
      return json;
  }
}

function decodeStructure({ members }: StructureShape, json: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(json)) return refuse(json, 'Structure');
  const decoded: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (isPresent(value)) decoded[name] = decode(member, value);
  }
  return decoded;
}

/** The keys are the caller's: without a prototype, `__proto__` is a key like any other. */
function decodeMap(shape: MapShape, json: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(json)) return refuse(json, 'Map');
  const decoded: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(json)) {
    if (isPresent(value)) decoded[key] = decode(shape.value, value);
  }
  return decoded;
}

const INTEGER_LIMITS = { integer: 2 ** 31, long: Number.MAX_SAFE_INTEGER + 1 } as const;

/** `-0` arrives as `0`. */
function decodeNumber({ type }: NumberShape, json: unknown): number {
  if (typeof json !== 'number') return refuse(json, typeNames[type]);
  if (type === 'double') return json + 0;
  const limit = INTEGER_LIMITS[type];
  const fits = Number.isInteger(json) && json >= -limit && json < limit;
  return fits ? json + 0 : refuse(json, typeNames[type]);
}

const typeNames = { integer: 'Integer', long: 'Long', double: 'Double' } as const;

/** Without a regular expression over the whole text: pictures are large. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

const isPresent = (json: unknown): boolean => json !== null && json !== undefined;

const isObject = (json: unknown): json is Readonly<Record<string, Json>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function refuse(json: unknown, expected: string): never {
  if (Array.isArray(json)) throw unexpectedList();
  if (isObject(json)) throw unexpectedStructure();
  throw notConvertible(kindOf(json), expected);
}

function kindOf(json: unknown): string {
  if (typeof json === 'boolean') return json ? 'TRUE' : 'FALSE';
  return json === null ? 'NULL' : (typeof json).toUpperCase();
}
