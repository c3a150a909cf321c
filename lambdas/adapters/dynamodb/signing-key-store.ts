/** Keeps the signing keys of each pool, beside a row for each use that says which one is active. */
import type { Jwk, SigningKey, TokenUse } from '../../core/model/signing-key.ts';
import type { KeyChange, SigningKeyStore } from '../../core/ports/signing-key-store.ts';
import { StaleConfiguration } from '../../core/ports/stale-configuration.ts';
import { and, assign, has, isAbsent, isPresent } from './expressions.ts';
import { bytesIn, document, documentIn, layout, MalformedItem, numberIn, requireLayout, textIn } from './fields.ts';
import { activeKeyKey, signingKeyKey, signingKeysOfPool, versionKey } from './keys.ts';
import { everyItem } from './paging.ts';
import type { Item, Table, Write } from './table.ts';

export function signingKeyStore({ table }: { readonly table: Table }): SigningKeyStore {
  return {
    async list(poolId) {
      return (await everyItem(table, { ...signingKeysOfPool(poolId), consistent: true })).map(decodeKey);
    },

    async addFirst(key) {
      const outcome = await table.transact([poolStands(key.poolId), pointTo(key, undefined), addKey(key)]);
      if (outcome === 'done') return 'added';
      if (outcome.refused[0]) throw new StaleConfiguration(key.poolId);
      return 'taken';
    },

    async add(key) {
      const outcome = await table.transact([poolStands(key.poolId), addKey(key)]);
      if (outcome === 'done') return 'added';
      if (outcome.refused[0]) throw new StaleConfiguration(key.poolId);
      return 'taken';
    },

    async rotate(poolId, use, changes) {
      const writes = changes.map((change) => moveKey(poolId, use, change));
      const outcome = await table.transact([...writes, ...movePointer(poolId, use, changes)]);
      return outcome === 'done' ? 'rotated' : 'changed';
    },

    async remove(poolId, kid) {
      await table.remove(signingKeyKey(poolId, kid), has('st', 'retired'));
    },
  };
}

/** So that no key outlives its pool. */
const poolStands = (poolId: string): Write => ({ check: versionKey(poolId), condition: isPresent });

const addKey = (key: SigningKey): Write => ({ put: encodeKey(key), condition: isAbsent });

const moveKey = (poolId: string, use: TokenUse, { kid, from, to, at }: KeyChange): Write => ({
  update: signingKeyKey(poolId, kid),
  change: assign({ st: to, si: at }),
  condition: and(has('st', from), has('us', use)),
});

/** From the key `former`, or from none. */
const pointTo = (
  { poolId, use, kid }: Pick<SigningKey, 'poolId' | 'use' | 'kid'>,
  former: string | undefined,
): Write => ({
  put: { ...activeKeyKey(poolId, use), ...layout(newest), kid },
  condition: former === undefined ? isAbsent : has('kid', former),
});

/** The next active key takes the place of the one that is active until now. */
function movePointer(poolId: string, use: TokenUse, changes: readonly KeyChange[]): readonly Write[] {
  const former = changes.find(({ from }) => from === 'active');
  const next = changes.find(({ to }) => to === 'active');
  return next ? [pointTo({ poolId, use, kid: next.kid }, former?.kid)] : [];
}

const newest = 1;

const encodeKey = (key: SigningKey): Item => ({
  ...signingKeyKey(key.poolId, key.kid),
  ...layout(newest),
  kid: key.kid,
  p: key.poolId,
  us: key.use,
  st: key.state,
  si: key.since,
  jwk: document(key.jwk),
  pr: key.provider,
  ...(key.provider === 'sealed' ? { sk: key.sealedPrivateKey } : { ref: key.ref }),
});

/** The first rows of keys do not say where their private half is: beside them, sealed. */
function decodeKey(item: Item): SigningKey {
  requireLayout(item, newest);
  const common = {
    kid: textIn(item, 'kid'),
    poolId: textIn(item, 'p'),
    use: oneOf(item, 'us', ['id', 'access']),
    state: oneOf(item, 'st', ['next', 'active', 'retired']),
    since: numberIn(item, 'si'),
    // Only `encodeKey` writes this document.
    jwk: documentIn(item, 'jwk') as Jwk,
  };
  const provider = oneOf({ ...item, pr: item['pr'] ?? 'sealed' }, 'pr', ['sealed', 'kms']);
  return provider === 'sealed'
    ? { ...common, provider, sealedPrivateKey: bytesIn(item, 'sk') }
    : { ...common, provider, ref: textIn(item, 'ref') };
}

function oneOf<T extends string>(item: Item, name: string, all: readonly T[]): T {
  const found = all.find((known) => known === item[name]);
  if (found === undefined) throw new MalformedItem(item, `${name} is none of ${all.join(', ')}`);
  return found;
}
