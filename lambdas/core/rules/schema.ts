/** A pool's schema: what its users' attributes are called, and which values they may take. */
import {
  attributeBoundsCrossed,
  attributeConstraintsInvalid,
  attributeLengthTooLarge,
  attributeNameMissing,
  attributeNameTaken,
  attributeTypeMissing,
  customAttributeRequired,
  type limitExceeded,
  standardAttributeFixed,
} from '../contract/errors.ts';
import type { SchemaAttribute } from '../model/pool.ts';
import type { Ports } from '../ports/index.ts';
import { withoutUndefined } from './present.ts';
import { quotaOf } from './quotas.ts';
import { isCustom, isVerifiedFlag, standardAttributes } from './standard-attributes.ts';

/** As CreateUserPool and AddCustomAttributes take it. */
export interface SchemaEntry {
  readonly Name?: string | undefined;
  readonly AttributeDataType?: SchemaAttribute['AttributeDataType'] | undefined;
  readonly DeveloperOnlyAttribute?: boolean | undefined;
  readonly Mutable?: boolean | undefined;
  readonly Required?: boolean | undefined;
  readonly StringAttributeConstraints?: SchemaAttribute['StringAttributeConstraints'];
  readonly NumberAttributeConstraints?: SchemaAttribute['NumberAttributeConstraints'];
}

const longestValue = 2048;

/** The full schema of a new pool whose creator named `entries`. */
export function schemaOf(entries: readonly SchemaEntry[] = []): readonly SchemaAttribute[] {
  const isStandard = (entry: SchemaEntry) => findStandard(entry) !== undefined;
  const changed = entries.filter(isStandard).reduce(withStandardChanged, standardAttributes);
  return withCustomAttributes(
    changed,
    entries.filter((entry) => !isStandard(entry)),
  );
}

/** The schema with new custom attributes at its end. */
export const withCustomAttributes = (
  schema: readonly SchemaAttribute[],
  entries: readonly SchemaEntry[],
): readonly SchemaAttribute[] => entries.reduce(withCustomAttribute, schema);

/** `refusal` is what the operation declares for one too many. */
export function requireSchemaQuota(
  ports: Pick<Ports, 'settings'>,
  schema: readonly SchemaAttribute[],
  refusal: typeof limitExceeded,
): void {
  const most = quotaOf(ports, 'customAttributesPerPool');
  const count = schema.filter(({ Name }) => isCustom(Name)).length;
  if (count > most) throw refusal('custom attributes of a user pool', most);
}

export const findAttribute = (schema: readonly SchemaAttribute[], name: string): SchemaAttribute | undefined =>
  schema.find(({ Name }) => Name === name);

/** The `_verified` flags are standard, but an entry of that name asks for a custom attribute. */
const findStandard = ({ Name = '' }: SchemaEntry): SchemaAttribute | undefined =>
  isVerifiedFlag(Name) ? undefined : findAttribute(standardAttributes, Name);

function withStandardChanged(schema: readonly SchemaAttribute[], entry: SchemaEntry): readonly SchemaAttribute[] {
  const name = entry.Name ?? '';
  return schema.map((attribute) => (attribute.Name === name ? changedStandard(attribute, entry) : attribute));
}

function changedStandard(attribute: SchemaAttribute, entry: SchemaEntry): SchemaAttribute {
  const type = entry.AttributeDataType;
  if ((type !== undefined && type !== attribute.AttributeDataType) || entry.DeveloperOnlyAttribute) {
    throw standardAttributeFixed(attribute.Name);
  }
  // A user without an identifier, or with a changing one, is none.
  if (attribute.Name === 'sub') return attribute;
  const { Mutable = attribute.Mutable, Required = attribute.Required } = entry;
  // Constraints count only beside a type.
  return { ...attribute, Mutable, Required, ...(type !== undefined && constraints(attribute.Name, type, entry)) };
}

function withCustomAttribute(schema: readonly SchemaAttribute[], entry: SchemaEntry): readonly SchemaAttribute[] {
  if (!entry.Name) throw attributeNameMissing();
  const custom = `custom:${entry.Name}`;
  const full = entry.DeveloperOnlyAttribute ? `dev:${custom}` : custom;
  if (findAttribute(schema, full)) throw attributeNameTaken(custom, full);
  if (entry.Required) throw customAttributeRequired();
  return [...schema, newCustom(full, entry)];
}

function newCustom(name: string, entry: SchemaEntry): SchemaAttribute {
  const type = entry.AttributeDataType;
  if (type === undefined) throw attributeTypeMissing();
  return {
    Name: name,
    AttributeDataType: type,
    DeveloperOnlyAttribute: entry.DeveloperOnlyAttribute ?? false,
    Mutable: entry.Mutable ?? true,
    Required: false,
    ...(type === 'String' && { StringAttributeConstraints: {} }),
    ...constraints(name, type, entry),
  };
}

type Constraints = Pick<SchemaAttribute, 'StringAttributeConstraints' | 'NumberAttributeConstraints'>;

/** Those of the type alone; constraints of another type are dropped. */
function constraints(name: string, type: SchemaAttribute['AttributeDataType'], entry: SchemaEntry): Constraints {
  if (type === 'String' && entry.StringAttributeConstraints) {
    const { MinLength, MaxLength } = entry.StringAttributeConstraints;
    requireLengths(name, MinLength, MaxLength);
    return { StringAttributeConstraints: withoutUndefined({ MinLength, MaxLength }) };
  }
  if (type === 'Number' && entry.NumberAttributeConstraints) {
    const { MinValue, MaxValue } = entry.NumberAttributeConstraints;
    requireValues(name, MinValue, MaxValue);
    return { NumberAttributeConstraints: withoutUndefined({ MinValue, MaxValue }) };
  }
  return {};
}

function requireLengths(name: string, min: string | undefined, max: string | undefined): void {
  const given = [min, max].filter((bound) => bound !== undefined);
  if (!given.every((bound) => /^[0-9]+$/.test(bound))) throw attributeConstraintsInvalid('String', name);
  if (given.some((bound) => Number(bound) > longestValue)) throw attributeLengthTooLarge(name);
  if (isCrossed(min, max)) throw attributeBoundsCrossed(name, 'length');
}

function requireValues(name: string, min: string | undefined, max: string | undefined): void {
  const given = [min, max].filter((bound) => bound !== undefined);
  if (!given.every((bound) => /^-?[0-9]+$/.test(bound))) throw attributeConstraintsInvalid('Number', name);
  if (isCrossed(min, max)) throw attributeBoundsCrossed(name, 'value');
}

const isCrossed = (min: string | undefined, max: string | undefined): boolean =>
  min !== undefined && max !== undefined && BigInt(min) > BigInt(max);
