/** What must be true of the rows of passkeys. */
import { findNumber, textIn } from '../../lambdas/adapters/dynamodb/fields.ts';
import { isPasskeyKey, passkeyIdKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Item } from '../../lambdas/adapters/dynamodb/table.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import { nameOf, type Rows } from './table-rows.ts';

/** Says that somebody in the pool has a passkey of an id: it stands where aliases do. */
export const isPasskeyClaim = ({ PK }: Item): boolean => PK.split('#')[2] === 'w';

/** Each has its claim and each claim its passkey, and users count what they have. */
export function brokenPasskeys(rows: Rows, { id: poolId }: Pool, users: readonly Item[]): readonly string[] {
  const passkeys = users.flatMap((user) => ofUser(rows, user));
  const claimed = new Set(passkeys.map((row) => nameOf(passkeyIdKey(poolId, textIn(row, 'id')))));
  const claims = rows.all.filter((row) => row.PK.startsWith(`A#${poolId}#`) && isPasskeyClaim(row));
  const found = new Set(claims.map(nameOf));
  return [
    ...[...claimed].filter((name) => !found.has(name)).map((name) => `${name} is missing`),
    ...claims.filter((row) => !claimed.has(nameOf(row))).map((row) => `${nameOf(row)} claims a passkey of nobody`),
    ...users.filter((user) => !isCounted(user, ofUser(rows, user))).map(miscounted),
  ];
}

/** All together, and those of each relying party. */
const isCounted = (user: Item, passkeys: readonly Item[]): boolean =>
  (findNumber(user, 'wc') ?? 0) === passkeys.length &&
  Object.keys(user)
    .filter((name) => name.startsWith('wc:'))
    .every((name) => user[name] === passkeys.filter((row) => `wc:${textIn(row, 'rp')}` === name).length) &&
  passkeys.every((row) => findNumber(user, `wc:${textIn(row, 'rp')}`) !== undefined);

const ofUser = ({ all }: Rows, { PK, sub }: Item): readonly Item[] =>
  all.filter((row) => row.PK === PK && isPasskeyKey(row) && row['sub'] === sub);

const miscounted = (user: Item): string => `${nameOf(user)} counts other passkeys than there are`;
