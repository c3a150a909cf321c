/** Reads the JSON of a request by its shape: types are checked here, bounds in `validate.ts`. */
import { bodyUnreadable, notConvertible, unexpectedList, unexpectedStructure } from './errors.ts';
import { fieldsOf } from './fields.ts';
import { isObject } from './is-object.ts';
import type { MapShape, NumberShape, Shape, StructureShape } from './shape.ts';

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
      return typeof json === 'string' ? wellFormed(json) : refuse(json, 'String');
    case 'boolean':
      return typeof json === 'boolean' ? json : refuse(json, 'Boolean');
    case 'integer':
    case 'long':
    case 'double':
      return decodeNumber(shape, json);
    case 'timestamp':
      return decodeTimestamp(json);
    case 'blob':
      return typeof json === 'string' && isBase64(json)
        ? new Uint8Array(Buffer.from(json, 'base64'))
        : refuse(json, 'Blob');
    case 'document':
      return json;
  }
}

function decodeStructure(structure: StructureShape, json: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(json)) return refuse(json, 'Structure');
  const decoded: Record<string, unknown> = {};
  for (const { name, shape } of fieldsOf(structure)) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (isPresent(value)) decoded[name] = decode(shape, value);
  }
  return decoded;
}

/** The keys are the caller's: without a prototype, `__proto__` is a key like any other. */
function decodeMap(shape: MapShape, json: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(json)) return refuse(json, 'Map');
  const decoded: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(json)) {
    if (isPresent(value)) decoded[wellFormed(key)] = decode(shape.value, value);
  }
  return decoded;
}

const integerLimits = { integer: 2 ** 31, long: Number.MAX_SAFE_INTEGER + 1 } as const;

/** `-0` arrives as `0`. Text like `1e999` is JSON, and infinite once it is read. */
function decodeNumber({ type }: NumberShape, json: unknown): number {
  if (typeof json !== 'number' || !Number.isFinite(json)) return refuse(json, typeNames[type]);
  if (type === 'double') return json + 0;
  const limit = integerLimits[type];
  const fits = Number.isInteger(json) && json >= -limit && json < limit;
  return fits ? json + 0 : refuse(json, typeNames[type]);
}

const typeNames = { integer: 'Integer', long: 'Long', double: 'Double' } as const;

/** What a date of the language can hold; what lies outside has no calendar day. */
const lastMillisecond = 8.64e15;

function decodeTimestamp(json: unknown): number {
  if (typeof json !== 'number') return refuse(json, 'Timestamp');
  const milliseconds = Math.round(json * 1000) + 0;
  return Math.abs(milliseconds) <= lastMillisecond ? milliseconds : refuse(json, 'Timestamp');
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

/**
 * Half of a surrogate pair can be escaped in JSON, but not written as UTF-8 (RFC 8259, 8.2): in the table all halves
 * would be one character, and two names could become one.
 */
function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw bodyUnreadable();
  return text;
}

const isPresent = (json: unknown): boolean => json !== null && json !== undefined;

function refuse(json: unknown, expected: string): never {
  if (Array.isArray(json)) throw unexpectedList();
  if (isObject(json)) throw unexpectedStructure();
  throw notConvertible(kindOf(json), expected);
}

function kindOf(json: unknown): string {
  if (typeof json === 'boolean') return json ? 'TRUE' : 'FALSE';
  return json === null ? 'NULL' : (typeof json).toUpperCase();
}
