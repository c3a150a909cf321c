/** No answer of a function makes a token say of itself, or of whom it is for, what the service has not said. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TokenOverrides } from '../../../lambdas/core/model/token-overrides.ts';
import { type Claims, changedAccessToken, changedIdToken } from '../../../lambdas/core/rules/token-overrides.ts';

const own: Claims = {
  sub: 'a-sub',
  iss: 'https://example.com/pool',
  aud: 'client',
  client_id: 'client',
  token_use: 'any',
  auth_time: 1,
  iat: 2,
  exp: 3,
  jti: 'jti',
  origin_jti: 'origin',
  event_id: 'event',
  username: 'ada',
  'cognito:username': 'ada',
  device_key: 'device',
  acr: 'level',
  amr: ['pwd'],
};
const claims: Claims = { ...own, email: 'ada@example.com', 'cognito:groups': ['staff'], scope: 'one two' };

/** In ID tokens these are nobody's. */
const ofAccess = ['client_id', 'device_key', 'event_id', 'username'];

const names = fc.oneof(
  fc.constantFrom(
    ...Object.keys(claims),
    'cognito:groups',
    'cognito:roles',
    'cognito:other',
    'nonce',
    '__proto__',
    'dev:x',
  ),
  fc.string(),
);
const values = fc.jsonValue({ maxDepth: 3 });
const change = fc.record({ add: fc.dictionary(names, values), suppress: fc.array(names) });
const overrides: fc.Arbitrary<TokenOverrides> = fc.record(
  {
    groups: fc.record({ names: fc.array(fc.string()), roles: fc.array(fc.string()), preferredRole: fc.string() }),
    id: change,
    access: fc.tuple(change, fc.array(names), fc.array(names)).map(([access, addScopes, suppressScopes]) => ({
      ...access,
      addScopes,
      suppressScopes,
    })),
  },
  { requiredKeys: ['id', 'access'] },
);

/** Absent where the change was refused. */
function outcome(make: () => Claims): Claims | undefined {
  try {
    return make();
  } catch (error) {
    expect((error as Error).name).toBe('InvalidLambdaResponseException');
    return undefined;
  }
}

const mostRuns = { numRuns: 2000 };

describe('Changed tokens', () => {
  test('keep what they say of themselves', () => {
    fc.assert(
      fc.property(overrides, (given) => {
        const access = outcome(() => changedAccessToken(claims, given, 'client'));
        for (const [name, value] of Object.entries(own)) if (access) expect(access[name]).toEqual(value);
        const id = outcome(() => changedIdToken(claims, given));
        const kept = Object.entries(own).filter(([name]) => !ofAccess.includes(name));
        for (const [name, value] of kept) if (id) expect(id[name]).toEqual(value);
      }),
      mostRuns,
    );
  });

  test('have no claim of the service’s own but those of groups, and none of developers', () => {
    fc.assert(
      fc.property(overrides, (given) => {
        const made = [
          outcome(() => changedIdToken(claims, given)),
          outcome(() => changedAccessToken(claims, given, 'client')),
        ];
        const known = ['cognito:username', 'cognito:groups', 'cognito:roles', 'cognito:preferred_role'];
        for (const name of made.flatMap((token) => Object.keys(token ?? {}))) {
          if (/^(cognito|dev):/.test(name)) expect(known).toContain(name);
        }
        for (const token of made) expect(Object.getPrototypeOf(token ?? {})).toBe(Object.prototype);
      }),
      mostRuns,
    );
  });

  test('have scopes one by one, as texts', () => {
    fc.assert(
      fc.property(overrides, (given) => {
        const scope = outcome(() => changedAccessToken(claims, given, 'client'))?.['scope'];
        if (scope === undefined) return;
        const granted = String(scope).split(' ').filter(Boolean);
        expect(granted.length).toBe(new Set(granted).size);
        for (const suppressed of given.access.suppressScopes) expect(granted).not.toContain(suppressed);
      }),
      mostRuns,
    );
  });
});
