/** `AttributesToGet` of ListUsers: shows only the attributes that were asked for. */
import { requestedAttributesUnknown } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { AttributeEntry } from '../core/rules/attributes.ts';
import { identitiesAttribute } from '../core/rules/identities.ts';
import { findAttribute } from '../core/rules/schema.ts';

/** Refuses names that no attribute of the pool's users has; without names, nothing is left out. */
export function requireNarrowing(pool: Pool, names: readonly string[] | undefined) {
  const isKnown = (name: string): boolean =>
    name === identitiesAttribute || findAttribute(pool.schema, name) !== undefined;
  if (names && !names.every(isKnown)) throw requestedAttributesUnknown();
  return <U extends { readonly Attributes: readonly AttributeEntry[] }>(user: U): U =>
    names ? { ...user, Attributes: user.Attributes.filter(({ Name }) => names.includes(Name)) } : user;
}
