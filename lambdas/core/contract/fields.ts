/** The members of a structure as a list: laid out at the first request that needs it, and kept. */
import type { Shape, StructureShape } from './shape.ts';

export interface Field {
  readonly name: string;
  /** As constraint messages name it: `UserPoolId` is `userPoolId`, and `SMSMessage` is `sMSMessage`. */
  readonly path: string;
  readonly shape: Shape;
  readonly required: boolean;
}

const known = new WeakMap<StructureShape, readonly Field[]>();

/** In the order of the declaration. Every request walks its shapes, and asking for entries anew costs more than that. */
export function fieldsOf(structure: StructureShape): readonly Field[] {
  const found = known.get(structure);
  if (found) return found;
  const fields = Object.entries(structure.members).map(([name, shape]) => ({
    name,
    path: lowerFirst(name),
    shape,
    required: shape.optional !== true,
  }));
  known.set(structure, fields);
  return fields;
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
