/** Users as rows: what a sign-in reads, what lists show, and what the indexes find them by. */

import type { Identity } from '../../core/model/identity.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { Attributes, ListedUser, MfaPreferences, User, UserStatus } from '../../core/model/user.ts';
import { fold } from '../../core/rules/aliases.ts';
import { identitiesAttribute } from '../../core/rules/identities.ts';
import {
  document,
  documentIn,
  findByteLists,
  findBytes,
  findNumber,
  findTexts,
  flagIn,
  layout,
  MalformedItem,
  numberIn,
  present,
  requireLayout,
  textIn,
  textsIn,
} from './fields.ts';
import {
  filterPartition,
  indexed,
  indexes,
  statusSort,
  userKey,
  usersOfPool,
  type ValueAttribute,
  valueIndexes,
} from './keys.ts';
import { passkeyCountsIn, passkeyCountsOf } from './passkey-counts.ts';
import type { Item } from './table.ts';

const newest = 1;

export function encodeUser(pool: Pool, user: User): Item {
  const un = fold(pool, 'username', user.username);
  return present({
    ...userKey(pool.id, un),
    ...layout(newest),
    n: user.version,
    u: user.username,
    sub: user.sub,
    at: attributesOf(user),
    st: user.status,
    en: user.enabled,
    ca: user.createdAt,
    ma: user.modifiedAt,
    pw: user.password?.sealed,
    pt: user.password?.expiresAt,
    ps: user.password?.setAt,
    ph: user.passwordHistory,
    pe: user.pending && present(user.pending),
    mf: user.mfa && document(user.mfa),
    tva: user.tokensValidAfter,
    gc: user.groupCount,
    ...passkeyCountsOf(user),
    ...indexAttributes(pool, user, un),
  });
}

/** Identities stand among the attributes, as the first index carries these. No schema has an attribute of this name. */
const attributesOf = ({ attributes, identities = [] }: User): Attributes =>
  identities.length === 0 ? attributes : { ...attributes, [identitiesAttribute]: document(identities) };

function attributesIn(item: Item): Pick<User, 'attributes' | 'identities'> {
  const { [identitiesAttribute]: identities, ...attributes } = textsIn(item, 'at');
  return identities === undefined ? { attributes } : { attributes, identities: identitiesIn(item, identities) };
}

function identitiesIn(item: Item, text: string): readonly Identity[] {
  try {
    // Only `attributesOf` writes this document.
    return JSON.parse(text) as readonly Identity[];
  } catch {
    throw new MalformedItem(item, 'its identities are not JSON');
  }
}

function indexAttributes(pool: Pool, user: User, un: string) {
  return {
    g1p: usersOfPool(pool.id),
    g1s: indexed(un),
    P: filterPartition(pool.id),
    xs: statusSort(user, un),
    ...Object.fromEntries(valueAttributes.flatMap((name) => indexedValue(pool, user, name))),
  };
}

/** Objects have text as keys; these are the ones that the table itself spells out. */
const valueAttributes = Object.keys(valueIndexes) as readonly ValueAttribute[];

/** An index has no place for an empty value, and no filter finds one. */
function indexedValue(pool: Pool, { attributes }: User, name: ValueAttribute): readonly (readonly [string, string])[] {
  const value = attributes[name];
  return value ? [[indexes[valueIndexes[name]].sort, indexed(searchable(pool, name, value))]] : [];
}

/** The form in which values of an attribute are searched for: addresses and preferred names as the pool compares them. */
export function searchable(pool: Pool, name: ValueAttribute, value: string): string {
  return name === 'email' || name === 'phone_number' || name === 'preferred_username' ? fold(pool, name, value) : value;
}

export function decodeUser(poolId: string, item: Item): User {
  requireLayout(item, newest);
  const sealed = findBytes(item, 'pw');
  return {
    ...decodeListedUser(poolId, item),
    password: sealed && { sealed, expiresAt: findNumber(item, 'pt'), setAt: findNumber(item, 'ps') },
    passwordHistory: findByteLists(item, 'ph'),
    pending: findTexts(item, 'pe'),
    tokensValidAfter: findNumber(item, 'tva'),
    groupCount: findNumber(item, 'gc'),
    passkeyCounts: passkeyCountsIn(item),
    version: numberIn(item, 'n'),
  };
}

/** From a whole row, or from what the first index carries of it. */
export function decodeListedUser(poolId: string, item: Item): ListedUser {
  return {
    poolId,
    username: textIn(item, 'u'),
    sub: textIn(item, 'sub'),
    ...attributesIn(item),
    status: statusIn(item),
    enabled: flagIn(item, 'en'),
    createdAt: numberIn(item, 'ca'),
    modifiedAt: numberIn(item, 'ma'),
    mfa: mfaIn(item),
  };
}

/** In the order in which a walk over all statuses takes them; `satisfies` keeps the list complete. */
const statusOrder = {
  UNCONFIRMED: true,
  CONFIRMED: true,
  RESET_REQUIRED: true,
  FORCE_CHANGE_PASSWORD: true,
  EXTERNAL_PROVIDER: true,
  ARCHIVED: true,
  COMPROMISED: true,
  UNKNOWN: true,
} as const satisfies Record<UserStatus, true>;

export const statuses = Object.keys(statusOrder) as readonly UserStatus[];

function statusIn(item: Item): UserStatus {
  const status = textIn(item, 'st');
  if (!isStatus(status)) throw new MalformedItem(item, 'st is not a status');
  return status;
}

const isStatus = (text: string): text is UserStatus => Object.hasOwn(statusOrder, text);

/** Only `encodeUser` writes this document. */
const mfaIn = (item: Item): MfaPreferences | undefined =>
  item['mf'] === undefined ? undefined : (documentIn(item, 'mf') as MfaPreferences);
