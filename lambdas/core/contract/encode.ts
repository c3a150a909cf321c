/** Writes an answer as JSON by its shape: nothing that the shape does not know can leave. */
import { fieldsOf } from './fields.ts';
import { isObject } from './is-object.ts';
import type { Json, MapShape, Shape, StructureShape } from './shape.ts';

/** Whatever is undefined or null is left out. A value of the wrong type is a fault of ours, not of the caller. */
export function encode(shape: Shape, value: unknown): Json {
  switch (shape.type) {
    case 'structure':
      return encodeStructure(shape, value);
    case 'list':
      return Array.isArray(value) ? value.filter(isPresent).map((item) => encode(shape.member, item)) : mistyped(shape);
    case 'map':
      return encodeMap(shape, value);
    case 'string':
      return typeof value === 'string' ? value : mistyped(shape);
    case 'boolean':
      return typeof value === 'boolean' ? value : mistyped(shape);
    case 'integer':
    case 'long':
    case 'double':
      return Number.isFinite(value) ? Number(value) : mistyped(shape);
    case 'timestamp':
      return Number.isFinite(value) ? Number(value) / 1000 : mistyped(shape);
    case 'blob':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : mistyped(shape);
    case 'document':
      // Its declaration lets in nothing but JSON.
      return value as Json;
  }
}

function encodeStructure(structure: StructureShape, value: unknown): Json {
  if (!isObject(value)) return mistyped(structure);
  const encoded: Record<string, Json> = {};
  for (const { name, shape } of fieldsOf(structure)) {
    const item = Object.hasOwn(value, name) ? value[name] : undefined;
    if (isPresent(item)) encoded[name] = encode(shape, item);
  }
  return encoded;
}

function encodeMap(shape: MapShape, value: unknown): Json {
  if (!isObject(value)) return mistyped(shape);
  const encoded: Record<string, Json> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    if (isPresent(item)) encoded[key] = encode(shape.value, item);
  }
  return encoded;
}

const isPresent = (value: unknown): boolean => value !== null && value !== undefined;

function mistyped(shape: Shape): never {
  throw new TypeError(`An answer holds something else where a ${shape.type} belongs`);
}
