/** A user's attributes: what they are at creation, and what an update makes of them. */
import {
  attributeAlreadyProvided,
  attributeDiffersFromUsername,
  attributeMissing,
  attributesNotConforming,
  emailFormatInvalid,
  emailRequiredToVerify,
  phoneNumberFormatInvalid,
  phoneNumberRequiredToVerify,
  preferredUsernameTooEarly,
  type Refusal,
  userAttributesInvalid,
} from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { Attributes, User, VerifiableAttribute } from '../model/user.ts';
import { addressAttributes, flagOf, isAddress } from './addresses.ts';
import { fold } from './aliases.ts';
import { requireWritable } from './attribute-permissions.ts';
import { findFault, normalised } from './attribute-values.ts';
import { identitiesAttribute, identitiesText } from './identities.ts';
import { findAttribute } from './schema.ts';

/** As the API lists attributes. */
export interface AttributeEntry {
  readonly Name: string;
  readonly Value?: string | undefined;
}

/** Clients write what they are permitted to; an administrator writes what the schema permits. */
export type Writer = Client | 'administrator';

export interface AttributeChange {
  readonly attributes: Attributes;
  readonly pending: NonNullable<User['pending']>;
  /** New addresses that a verification code goes to. */
  readonly toVerify: readonly { readonly attribute: VerifiableAttribute; readonly target: string }[];
}

/** The last of several entries of one name counts; no value is an empty one. */
export const attributesOf = (entries: readonly AttributeEntry[] = []): Attributes =>
  Object.fromEntries(entries.map(({ Name, Value = '' }) => [Name, Value]));

type Described = Pick<User, 'sub' | 'attributes' | 'identities'>;

/** `sub` and identities first, then in the schema's order. */
export function attributeList(pool: Pool, { sub, attributes, identities = [] }: Described): AttributeEntry[] {
  const rank = new Map(pool.schema.map(({ Name }, at) => [Name, at]));
  const place = (name: string) => rank.get(name) ?? pool.schema.length;
  const entries = Object.entries(attributes).toSorted(([a], [b]) => place(a) - place(b));
  const linked = identities.length > 0 ? [{ Name: identitiesAttribute, Value: identitiesText(identities) }] : [];
  return [{ Name: 'sub', Value: sub }, ...linked, ...entries.map(([Name, Value]) => ({ Name, Value }))];
}

/** Names that the schema requires and that have no value. */
export const missingRequired = (pool: Pool, attributes: Attributes): string[] =>
  pool.schema.filter(({ Name, Required }) => Required && Name !== 'sub' && !attributes[Name]).map(({ Name }) => Name);

/**
 * The attributes of a new user. `implied` is what the username says of them. An administrator may leave required ones
 * to the user's first sign-in.
 */
export function newAttributes(
  pool: Pool,
  writer: Writer,
  given: readonly AttributeEntry[] | undefined,
  implied: Attributes = {},
): Attributes {
  const asked = attributesOf(given);
  if (writer !== 'administrator') {
    requireWritable(writer, Object.keys(asked));
    requireAfterConfirmation(pool, asked);
  }
  refuseFindings(schemaFindings(pool, asked, atCreation), attributesNotConforming);
  requireAgreement(pool, asked, implied);
  const attributes = checked(pool, { ...implied, ...withValue(asked) }, (name) => name, attributesNotConforming);
  requireAddresses(attributes, attributes);
  if (writer === 'administrator') return attributes;
  const missing = missingRequired(pool, attributes);
  refuseFindings(
    missing.map((name) => `${name}: The attribute is required`),
    attributesNotConforming,
  );
  return attributes;
}

/** What an update makes of a user's attributes. An empty value removes the attribute. */
export function changedAttributes(
  pool: Pool,
  writer: Writer,
  user: User,
  given: readonly AttributeEntry[],
): AttributeChange {
  const asked = attributesOf(given);
  if (writer !== 'administrator') requireWritable(writer, Object.keys(asked));
  if (user.status === 'UNCONFIRMED') requireAfterConfirmation(pool, asked);
  refuseFindings(schemaFindings(pool, asked, inUpdate), userAttributesInvalid);
  const set = checked(pool, withValue(asked), inMessage, userAttributesInvalid);
  const removed = Object.keys(asked).filter((name) => !asked[name]);
  refuseFindings(removalFindings(pool, removed), userAttributesInvalid);
  return applied(pool, user, set, removed);
}

/** Removes attributes; those that have no value anyway are no error. */
export const withoutAttributes = (pool: Pool, writer: Writer, user: User, names: readonly string[]): AttributeChange =>
  changedAttributes(
    pool,
    writer,
    user,
    names.map((Name) => ({ Name })),
  );

/** What a user adds with the first password of their own: nothing that has a value already, all that is required. */
export function suppliedAttributes(pool: Pool, client: Client, user: User, asked: Attributes): AttributeChange {
  requireWritable(client, Object.keys(asked));
  const provided = Object.keys(asked).find((name) => Object.hasOwn(user.attributes, name) && user.attributes[name]);
  if (provided !== undefined) throw attributeAlreadyProvided(provided);
  refuseFindings(schemaFindings(pool, asked, atFirstSignIn), userAttributesInvalid);
  const change = applied(pool, user, checked(pool, withValue(asked), inMessage, userAttributesInvalid), []);
  const [missing] = missingRequired(pool, { ...change.attributes, ...change.pending });
  if (missing !== undefined) throw attributeMissing(missing);
  return change;
}

interface Moment {
  unknown(name: string): string;
  readonly prefix: string;
  /** Whether attributes that never change may still be set. */
  readonly isFirst: boolean;
}

const inMessage = (name: string): string => `user.${name}`;

const atCreation: Moment = {
  unknown: (name) => `Type for attribute {${name}} could not be determined`,
  prefix: '',
  isFirst: true,
};
const inUpdate: Moment = {
  unknown: (name) => `${inMessage(name)}: Attribute does not exist in the schema.`,
  prefix: 'user.',
  isFirst: false,
};
const atFirstSignIn: Moment = { ...inUpdate, isFirst: true };

function schemaFindings(pool: Pool, asked: Attributes, { unknown, prefix, isFirst }: Moment): string[] {
  return Object.keys(asked).flatMap((name) => {
    const attribute = findAttribute(pool.schema, name);
    if (!attribute) return unknown(name);
    if (name !== 'sub' && (attribute.Mutable || isFirst)) return [];
    return `${prefix}${name}: Attribute cannot be updated. (changing an immutable attribute)`;
  });
}

const removalFindings = (pool: Pool, removed: readonly string[]): string[] =>
  removed
    .filter((name) => findAttribute(pool.schema, name)?.Required)
    .map((name) => `${inMessage(name)}: The attribute is required`);

/** Values in the form they are kept in, once all of them are found to fit. */
function checked(
  pool: Pool,
  values: Attributes,
  named: (name: string) => string,
  refusal: (findings: readonly string[]) => Refusal,
): Attributes {
  const known = Object.entries(values).flatMap(([name, value]) => {
    const attribute = findAttribute(pool.schema, name);
    return attribute ? [{ name, attribute, value }] : [];
  });
  const findings = known.flatMap(({ name, attribute, value }) => {
    const fault = findFault(attribute, value);
    return fault === undefined ? [] : `${named(name)}: ${fault}`;
  });
  refuseFindings(findings, refusal);
  requireAddressFormats(values);
  return Object.fromEntries(known.map(({ name, attribute, value }) => [name, normalised(attribute, value)]));
}

function requireAddressFormats({ email, phone_number: phoneNumber }: Attributes): void {
  if (email !== undefined && !isAddress('email', email)) throw emailFormatInvalid();
  if (phoneNumber !== undefined && !isAddress('phone_number', phoneNumber)) throw phoneNumberFormatInvalid();
}

/** A flag says something only about an address that is there. */
function requireAddresses(flags: Attributes, { email, phone_number: phoneNumber }: Attributes): void {
  if (flags['email_verified'] !== undefined && !email) throw emailRequiredToVerify();
  if (flags['phone_number_verified'] !== undefined && !phoneNumber) throw phoneNumberRequiredToVerify();
}

/** The username is one of these attributes; two different values would contradict each other. */
function requireAgreement(pool: Pool, asked: Attributes, implied: Attributes): void {
  for (const name of addressAttributes) {
    const [value, other] = [implied[name], asked[name]];
    if (value && other && fold(pool, name, other) !== fold(pool, name, value)) throw attributeDiffersFromUsername(name);
  }
}

/** As a sign-in name it would let people claim names before anybody knows who they are. */
function requireAfterConfirmation(pool: Pool, asked: Attributes): void {
  const isAlias = pool.settings.AliasAttributes?.includes('preferred_username') ?? false;
  if (isAlias && asked['preferred_username']) throw preferredUsernameTooEarly();
}

function refuseFindings(findings: readonly string[], refusal: (findings: readonly string[]) => Refusal): void {
  if (findings.length > 0) throw refusal(findings);
}

const withValue = (asked: Attributes): Attributes =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));

function applied(pool: Pool, user: User, set: Attributes, removed: readonly string[]): AttributeChange {
  const fates = addressAttributes.flatMap((attribute) => fateOf(pool, user, set, attribute) ?? []);
  const attributes: Record<string, string> = { ...user.attributes, ...set };
  const pending: Partial<Record<VerifiableAttribute, string>> = { ...user.pending };
  for (const { attribute, target, waits, flag } of fates) {
    if (waits) {
      restore(attributes, attribute, user.attributes);
      // What the request says of the new address is no word about the old one.
      restore(attributes, flagOf(attribute), user.attributes);
      pending[attribute] = target;
    } else {
      attributes[flagOf(attribute)] = flag;
      delete pending[attribute];
    }
  }
  for (const name of removed) remove(attributes, pending, name);
  requireAddresses(set, attributes);
  return { attributes, pending, toVerify: fates.filter(({ isCodeDue }) => isCodeDue) };
}

interface Fate {
  readonly attribute: VerifiableAttribute;
  readonly target: string;
  /** The old address stays until the new one is verified. */
  readonly waits: boolean;
  readonly flag: string;
  readonly isCodeDue: boolean;
}

/** What happens to a new address; nothing when there is none. */
function fateOf({ settings }: Pool, user: User, set: Attributes, attribute: VerifiableAttribute): Fate | undefined {
  const target = set[attribute];
  const flag = set[flagOf(attribute)] ?? 'false';
  // Even the address they have, once it is called verified, takes the place of one that waits.
  if (target === undefined || (target === user.attributes[attribute] && flag !== 'true')) return undefined;
  const mustWait = settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  const waits = flag !== 'true' && mustWait.includes(attribute);
  const isAutoVerified = settings.AutoVerifiedAttributes?.includes(attribute) ?? false;
  return { attribute, target, waits, flag, isCodeDue: waits || (flag !== 'true' && isAutoVerified) };
}

function restore(attributes: Record<string, string>, name: string, before: Attributes): void {
  const value = before[name];
  if (value === undefined) delete attributes[name];
  else attributes[name] = value;
}

/** An address takes its flag, and the new address that waits for its place, with it. */
function remove(
  attributes: Record<string, string>,
  pending: Partial<Record<VerifiableAttribute, string>>,
  name: string,
): void {
  delete attributes[name];
  const address = addressAttributes.find((attribute) => attribute === name);
  if (!address) return;
  delete attributes[flagOf(address)];
  delete pending[address];
}
