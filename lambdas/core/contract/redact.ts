/** Copies a value for the log: what the shape knows and does not call sensitive. */
import type { Json, Shape, StructureShape } from './shape.ts';

/**
 * Undefined when nothing may be logged. Maps and documents are left out whole, because their keys are the caller's,
 * and so are bytes. The value may be anything: what does not fit the shape is left out too.
 */
export function redact(shape: Shape, value: unknown): Json | undefined {
  if (shape.sensitive) return undefined;
  switch (shape.type) {
    case 'structure':
      return redactStructure(shape, value);
    case 'list':
      return Array.isArray(value) ? value.map((item) => redact(shape.member, item)).filter(isPresent) : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
    case 'long':
    case 'double':
    case 'timestamp':
      return typeof value === 'number' ? value : undefined;
    default:
      return undefined;
  }
}

function redactStructure({ members }: StructureShape, value: unknown): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const copied = new Map(Object.entries(value));
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, member]) => {
      const item = redact(member, copied.get(name));
      return item === undefined ? [] : [[name, item]];
    }),
  );
}

const isPresent = (item: Json | undefined): item is Json => item !== undefined;
