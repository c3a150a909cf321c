/** `AttributesToGet` of ListUsers: shows only the attributes that were asked for. */
import { requestedAttributesUnknown } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { AttributeEntry } from '../core/rules/attributes.ts';
import { findAttribute } from '../core/rules/schema.ts';

/** Refuses names that the pool's schema does not have; without names, nothing is left out. */
export function requireNarrowing(pool: Pool, names: readonly string[] | undefined) {
  if (names?.some((name) => !findAttribute(pool.schema, name))) throw requestedAttributesUnknown();
  return <U extends { readonly Attributes: readonly AttributeEntry[] }>(user: U): U =>
    names ? { ...user, Attributes: user.Attributes.filter(({ Name }) => names.includes(Name)) } : user;
}
