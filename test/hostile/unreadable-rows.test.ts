/** Rows that were damaged behind the back of the service: a fault without detail, and a log without names. */
import { describe, expect, test } from 'vitest';
import { aliasKey, userKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Item, Key } from '../../lambdas/adapters/dynamodb/table.ts';
import { SECRET_MARK } from '../support/marked-secrets.ts';
import { startService } from '../support/start-service.ts';
import { testTable } from '../support/table.ts';

const username = `${SECRET_MARK}-ada`;
const address = `${SECRET_MARK}@example.com`;

const rows: readonly (readonly [
  what: string,
  key: (poolId: string) => Key,
  damage: Readonly<Record<string, unknown>>,
])[] = [
  ['a user of no known status', (poolId) => userKey(poolId, username), { st: `${SECRET_MARK} unheard of` }],
  ['a user without attributes', (poolId) => userKey(poolId, username), { at: 7 }],
  [
    'a user whose identities are no JSON',
    (poolId) => userKey(poolId, username),
    { at: { email: address, identities: `${SECRET_MARK}[` } },
  ],
  ['a user of a later layout', (poolId) => userKey(poolId, username), { v: 99 }],
  ['an alias of nobody', (poolId) => aliasKey(poolId, { kind: 'email', value: address }), { u: 7 }],
];

describe('A row that cannot be read', () => {
  test.each(rows)('is a fault that names nobody: %s', async (_, keyOf, damage) => {
    const { aPool, aUser, call, lines } = await startService({ lenient: true });
    const pool = await aPool({ AliasAttributes: ['email'] });
    await aUser(pool, { username, attributes: { email: address, email_verified: 'true' } });
    const key = keyOf(pool.id);
    const row = await testTable().get(key, { consistent: true });
    await testTable().put({ ...row, ...key, ...damage } as Item);

    const Username = key.PK.startsWith('A#') ? address : username;
    expect(await call('AdminGetUser', { UserPoolId: pool.id, Username })).toMatchObject({
      status: 500,
      body: '{"__type":"InternalErrorException","message":"Internal server error"}',
    });
    const line = lines.at(-1);
    expect(line?.fault?.message).toMatch(/^The row [AU]#us-east-1_\w+ \([0-9a-f]{16}\) cannot be read: /);
    expect(JSON.stringify(line)).not.toContain(SECRET_MARK);
  });
});
