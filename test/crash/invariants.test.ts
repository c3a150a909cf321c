/** The look at the table after a crash sees what may be wrong there: a check that finds nothing must not be blind. */
import { SetUICustomizationCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import {
  aliasKey,
  clientKey,
  codeKey,
  counterKey,
  directoryKey,
  domainKey,
  groupKey,
  lookupKey,
  membershipKey,
  passkeyIdKey,
  passkeyKey,
  poolKey,
  styleKey,
  styleOfClientKey,
  termsOfClientKey,
  userKey,
  versionKey,
} from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Item, Key } from '../../lambdas/adapters/dynamodb/table.ts';
import { createDomain, newPrefix } from '../support/domains.ts';
import { groupsOf } from '../support/groups.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { anOwnTable } from '../support/own-table.ts';
import { type Service, startService } from '../support/start-service.ts';
import { imageRows } from '../support/style-images.ts';
import { asset, createStyle } from '../support/styles.ts';
import { createTerms } from '../support/terms.ts';

const table = await anOwnTable();

interface Facts {
  readonly poolId: string;
  readonly clientId: string;
  readonly sub: string;
  readonly createdAt: number;
  readonly domain: string;
  readonly styleId: string;
}

/** One pool with a client, of whose pages much is said, and a user who has three aliases and is in a group. */
async function aTable(): Promise<Facts> {
  const service = await startService({ table });
  const { aPool, aClient, aUser, client, clock } = service;
  const pool = await aPool({ AliasAttributes: ['email', 'preferred_username'] });
  const app = await aClient(pool);
  const domain = newPrefix();
  await createDomain(service, pool.id, domain);
  const { id: styleId } = await createStyle(service, app, { Settings: {}, Assets: [asset()] });
  await createTerms(service, app);
  const css = { CSS: '.logo-customizable {max-width: 60%;}' };
  await client.send(new SetUICustomizationCommand({ UserPoolId: pool.id, ClientId: app.id, ...css }));
  const attributes = { email: 'ada@example.com', email_verified: 'true', preferred_username: 'countess' };
  const { sub } = await aUser(pool, { username: 'ada', attributes });
  await groupsOf(service, pool).create('staff');
  await groupsOf(service, pool).join('staff', 'ada');
  await aPasskey(service, { poolId: pool.id, clientId: app.id, username: 'ada', sub });
  return { poolId: pool.id, clientId: app.id, sub, createdAt: clock.now(), domain, styleId };
}

const passkeyId = 'a-passkey';

async function aPasskey(
  { ports, clock }: Service,
  { poolId, clientId, ...owner }: { poolId: string; clientId: string; username: string; sub: string },
): Promise<void> {
  const pool = await ports.pools.find(poolId);
  if (!pool) throw new Error('The pool is gone.');
  const relyingPartyId = 'example.com';
  const begun = { challenge: 'x', clientId, relyingPartyId, expiresAt: clock.now() + 1000 };
  await ports.passkeys.begin(pool, owner, begun);
  const common = { id: passkeyId, sub: owner.sub, name: 'a key', relyingPartyId, publicKey: Uint8Array.of(1) };
  const passkey = { ...common, counter: 0, transports: [], createdAt: 1 };
  expect(await ports.passkeys.add(pool, owner, passkey, { challenge: 'x', most: 20 })).toBe('added');
}

const look = ({ poolId }: Facts) => brokenInvariants(table, new Set([poolId]));

async function change(key: Key, changed: Readonly<Record<string, unknown>>): Promise<void> {
  const row = await table.get(key, { consistent: true });
  await table.put({ ...key, ...row, ...changed } as Item);
}

const email = { kind: 'email', value: 'ada@example.com' } as const;

async function loseAnImage({ poolId }: Facts): Promise<void> {
  for (const row of await imageRows(table, poolId)) await table.remove(row);
}

type Damage = (facts: Facts) => Promise<unknown>;

const damages: readonly (readonly [what: string, damage: Damage, sentence: RegExp])[] = [
  ['an alias without its row', ({ poolId }) => table.remove(aliasKey(poolId, email)), /ada@example\.com.* is missing/],
  ['an alias of another user', ({ poolId }) => change(aliasKey(poolId, email), { sub: 'x' }), /does not hold it/],
  [
    'an alias of nobody',
    ({ poolId }) => change(aliasKey(poolId, { ...email, value: 'b@example.com' }), { u: 'b', sub: 'x' }),
    /b@example\.com.* leads to somebody who does not hold it/,
  ],
  [
    'an alias of the sub that is gone',
    ({ poolId, sub }) => table.remove(aliasKey(poolId, { kind: 'sub', value: sub })),
    /is missing/,
  ],
  ['a user who is half gone', ({ poolId }) => table.remove(userKey(poolId, 'ada')), /does not hold it/],
  [
    'a user whom no filter finds',
    ({ poolId }) => change(userKey(poolId, 'ada'), { xs: 'CONFIRMED#D#ada' }),
    /own contents/,
  ],
  ['a user who was not counted', ({ poolId }) => change(counterKey(poolId, 0), { n: 7 }), /counts \d users and has 1/],
  ['a counter that is gone', ({ poolId }) => table.remove(counterKey(poolId, 3)), /is missing/],
  [
    'a code of nobody that never ends',
    ({ poolId }) => change(codeKey(poolId, 'bob', 'sign-up'), { d: 1 }),
    /belongs to nobody/,
  ],
  [
    'a client that its id does not lead to',
    ({ clientId }) => table.remove(lookupKey(clientId)),
    /cannot be found by its id/,
  ],
  [
    'an id that leads to no client',
    ({ poolId, clientId }) => table.remove(clientKey(poolId, clientId)),
    /leads to no client/,
  ],
  [
    'a pool that is not listed',
    ({ poolId, createdAt }) => table.remove(directoryKey('us-east-1', createdAt, poolId)),
    /is missing/,
  ],
  [
    'a group that was not counted',
    ({ poolId }) => change(groupKey(poolId, 'other'), { v: 1, id: 'x' }),
    /counts 1 groups and has 2/,
  ],
  [
    'a membership of a group that is gone',
    ({ poolId, sub }) => change(membershipKey(poolId, 'ada', 'gone'), { v: 1, sub, gr: 'gone' }),
    /is of a group that is gone/,
  ],
  [
    'a user who is in more groups than were counted',
    ({ poolId }) => change(userKey(poolId, 'ada'), { gc: 0 }),
    /counts fewer groups/,
  ],
  ['a domain of nobody', ({ poolId }) => change(poolKey(poolId), { dm: undefined }), /that does not name it/],
  ['a domain that is gone', ({ domain }) => table.remove(domainKey(domain)), /which is not its own/],
  ['a style that was not counted', ({ poolId }) => change(versionKey(poolId), { cB: 2 }), /counts 2 in cB and has 1/],
  [
    'a style that its client does not lead to',
    ({ poolId, clientId }) => table.remove(styleOfClientKey(poolId, clientId)),
    /led to by no client/,
  ],
  [
    'a client that leads to no style',
    ({ poolId, styleId }) => table.remove(styleKey(poolId, styleId)),
    /leads nowhere/,
  ],
  ['an image of nothing', ({ poolId, styleId }) => table.remove(styleKey(poolId, styleId)), /is of no style/],
  ['an image that is gone', loseAnImage, /is missing from a style/],
  ['terms that were not counted', ({ poolId }) => change(versionKey(poolId), { cT: 0 }), /counts 0 in cT and has 1/],
  [
    'a name that leads to other terms',
    ({ poolId, clientId }) => change(termsOfClientKey(poolId, clientId, 'terms-of-use'), { id: 'x' }),
    /leads nowhere/,
  ],
  ['pages of nobody', ({ poolId, clientId }) => table.remove(clientKey(poolId, clientId)), /U#.* is of a client/],
  [
    'a passkey that anybody may claim',
    ({ poolId }) => table.remove(passkeyIdKey(poolId, passkeyId)),
    /#w#.* is missing/,
  ],
  ['a claim without its passkey', ({ poolId }) => table.remove(passkeyKey(poolId, 'ada', passkeyId)), /of nobody/],
  [
    'a passkey that was not counted',
    ({ poolId }) => change(userKey(poolId, 'ada'), { wc: 0 }),
    /counts other passkeys than there are/,
  ],
  [
    'a passkey that was counted for another relying party',
    ({ poolId }) => change(userKey(poolId, 'ada'), { 'wc:example.com': 0 }),
    /counts other passkeys than there are/,
  ],
  ['a pool without a version', ({ poolId }) => table.remove(versionKey(poolId)), /is missing/],
];

describe('The invariants of the table', () => {
  test('hold for what the service writes', async () => {
    expect(await look(await aTable())).toEqual([]);
  });

  test.each(damages)('tell of %s', async (_, damage, sentence) => {
    const facts = await aTable();
    await damage(facts);
    const broken = await look(facts);
    expect(broken.some((text) => sentence.test(text))).toBe(true);
  });

  test('are not held to be true of a table in which there is nothing', async () => {
    expect(await brokenInvariants(table, new Set(['us-east-1_nobody']))).toEqual(['There is no pool to look at']);
  });
});
