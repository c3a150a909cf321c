/** Users as rows: what a sign-in reads, what lists show, and what the indexes find them by. */

import type { Pool } from '../../core/model/pool.ts';
import type { ListedUser, MfaPreferences, User, UserStatus } from '../../core/model/user.ts';
import { fold } from '../../core/rules/aliases.ts';
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
    at: user.attributes,
    st: user.status,
    en: user.enabled,
    ca: user.createdAt,
    ma: user.modifiedAt,
    pw: user.password?.sealed,
    pt: user.password?.expiresAt,
    ph: user.passwordHistory,
    pe: user.pending && present(user.pending),
    mf: user.mfa && document(user.mfa),
    tva: user.tokensValidAfter,
    ...indexAttributes(pool, user, un),
  });
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
    password: sealed && { sealed, expiresAt: findNumber(item, 'pt') },
    passwordHistory: findByteLists(item, 'ph'),
    pending: findTexts(item, 'pe'),
    tokensValidAfter: findNumber(item, 'tva'),
    version: numberIn(item, 'n'),
  };
}

/** From a whole row, or from what the first index carries of it. */
export function decodeListedUser(poolId: string, item: Item): ListedUser {
  return {
    poolId,
    username: textIn(item, 'u'),
    sub: textIn(item, 'sub'),
    attributes: textsIn(item, 'at'),
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
