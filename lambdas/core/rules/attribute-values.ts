/** Which values an attribute may take, and the form they are kept in. */
import type { SchemaAttribute } from '../model/pool.ts';

/** The quota for each value: with it, all attributes of a user fit into one row. */
const mostBytes = 2048;

/** What is wrong with a value, in the API's words; nothing when it fits. */
export function findFault(attribute: SchemaAttribute, value: string): string | undefined {
  switch (attribute.AttributeDataType) {
    case 'String':
      return stringFault(attribute, value);
    case 'Number':
      return numberFault(attribute, value);
    case 'Boolean':
      return /^(true|false)$/i.test(value) ? undefined : 'Invalid boolean';
    case 'DateTime':
      return isDateTime(value) ? undefined : 'Invalid date and time';
  }
}

/** Booleans are kept in lower case, everything else as given. */
export const normalised = (attribute: SchemaAttribute, value: string): string =>
  attribute.AttributeDataType === 'Boolean' ? value.toLowerCase() : value;

function stringFault({ StringAttributeConstraints: bounds = {} }: SchemaAttribute, value: string): string | undefined {
  const { MinLength, MaxLength } = bounds;
  if (Buffer.byteLength(value) > mostBytes) return `String must be no longer than ${mostBytes} bytes`;
  if (MinLength !== undefined && value.length < Number(MinLength)) {
    return `String must be no shorter than ${MinLength} characters`;
  }
  if (MaxLength !== undefined && value.length > Number(MaxLength)) {
    return `String must be no longer than ${MaxLength} characters`;
  }
  return undefined;
}

function numberFault({ NumberAttributeConstraints: bounds = {} }: SchemaAttribute, value: string): string | undefined {
  const { MinValue, MaxValue } = bounds;
  if (value.length > mostBytes || !/^-?[0-9]+$/.test(value)) return 'Invalid number';
  if (MinValue !== undefined && BigInt(value) < BigInt(MinValue)) return `Number must be no less than ${MinValue}`;
  if (MaxValue !== undefined && BigInt(value) > BigInt(MaxValue)) return `Number must be no greater than ${MaxValue}`;
  return undefined;
}

/** ISO 8601, or seconds since the epoch. */
function isDateTime(value: string): boolean {
  if (/^[0-9]{1,12}(\.[0-9]{1,9})?$/.test(value)) return true;
  const iso = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$/;
  return iso.test(value) && !Number.isNaN(Date.parse(value));
}
