import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { type StillClock, stillClock } from '../../../lambdas/adapters/local/still-clock.ts';
import { sealedSigner } from '../../../lambdas/adapters/system/sealed-signer.ts';
import { isUuid, startOf } from '../../../lambdas/core/rules/identifiers.ts';
import { openRefreshToken } from '../../../lambdas/core/rules/refresh-tokens.ts';
import {
  beginSession,
  familyEnd,
  issueFirstTokens,
  issueTokens,
  issueWithRefreshToken,
  type TokenHolder,
  type TokenPorts,
  tokenClaims,
} from '../../../lambdas/core/rules/tokens.ts';
import { aSealer, sharedPairs } from '../../support/key-material.ts';
import { memorySigningKeys } from '../../support/memory-keys.ts';
import { aClient, aGroup, aPool, aUser, someMoment } from '../../support/model.ts';
import { seededRandom } from '../../support/seeded-random.ts';

let clock: StillClock;
let ports: TokenPorts;

beforeEach(() => {
  clock = stillClock(someMoment);
  const [random, sealer] = [seededRandom(), aSealer(clock)];
  const signer = sealedSigner({ keys: memorySigningKeys(), sealer, clock, random, pairs: sharedPairs });
  ports = { signer, sealer, clock, random, settings: { issuerBase: 'https://example.com' } };
});

const holder = (members: Partial<TokenHolder> = {}): TokenHolder => ({
  pool: aPool(),
  client: aClient(),
  user: aUser({ attributes: { email: 'ada@example.com', email_verified: 'true', name: '' } }),
  ...members,
});

const firstTokens = async (of = holder()) => {
  const session = beginSession(ports, of.user, clock.now());
  const tokens = await issueFirstTokens(ports, of, tokenClaims(ports, of, session), session);
  return { session, tokens, id: decodeJwt(tokens.IdToken), access: decodeJwt(tokens.AccessToken) };
};

describe('Tokens of a sign-in', () => {
  const seconds = someMoment / 1000;

  test('have exactly the claims of the API (auth-flows 37)', async () => {
    const { session, tokens, id, access } = await firstTokens();
    const common = {
      sub: aUser().sub,
      iss: `https://example.com/${aPool().id}`,
      origin_jti: session.originJti,
      event_id: session.eventId,
      auth_time: seconds,
      iat: seconds,
      exp: seconds + 3600,
      jti: expect.toSatisfy(isUuid),
    };
    expect(access).toEqual({
      ...common,
      client_id: aClient().id,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'ada',
    });
    expect(id).toEqual({
      ...common,
      aud: aClient().id,
      token_use: 'id',
      'cognito:username': 'ada',
      email: 'ada@example.com',
      email_verified: true,
    });
    expect(id.jti).not.toBe(access.jti);
    expect(tokens).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
  });

  test('live as long as the client says, each for itself (auth-flows 41)', async () => {
    const client = aClient({
      settings: {
        AccessTokenValidity: 10,
        IdTokenValidity: 20,
        RefreshTokenValidity: 2,
        TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
      },
    });
    const { tokens, id, access } = await firstTokens(holder({ client }));
    expect([access.exp, id.exp, tokens.ExpiresIn]).toEqual([seconds + 600, seconds + 1200, 600]);
    const grant = await openRefreshToken(ports.sealer, aPool(), tokens.RefreshToken ?? '');
    expect(grant?.expiresAt).toBe(someMoment + 2 * 3_600_000);
    // A day is as long as the client could have let them live when they were issued.
    expect(grant && familyEnd(grant)).toBe(someMoment + 26 * 3_600_000);
  });

  test('name no family for a client without revocation', async () => {
    const client = aClient({ settings: { EnableTokenRevocation: false } });
    const { id, access } = await firstTokens(holder({ client }));
    expect(access['jti']).toSatisfy(isUuid);
    for (const claims of [id, access]) expect(claims).not.toHaveProperty('origin_jti');
    expect(id).not.toHaveProperty('jti');
  });

  test('name the groups in both, and their roles in the ID token alone (auth-flows 39)', async () => {
    const groups = [
      aGroup('staff', { precedence: 5 }),
      aGroup('root', { precedence: 1, roleArn: 'arn:aws:iam::1:role/root' }),
    ];
    const { id, access } = await firstTokens(holder({ groups }));
    expect(id).toMatchObject({
      'cognito:groups': ['root', 'staff'],
      'cognito:roles': ['arn:aws:iam::1:role/root'],
      'cognito:preferred_role': 'arn:aws:iam::1:role/root',
    });
    expect(access['cognito:groups']).toEqual(['root', 'staff']);
    expect(Object.keys(access).filter((name) => name.includes('role'))).toEqual([]);
  });

  test('let no attribute stand in for a claim of the service', async () => {
    const attributes = {
      sub: 'forged',
      aud: 'forged',
      iss: 'forged',
      'cognito:username': 'forged',
      token_use: 'access',
    };
    const { id } = await firstTokens(holder({ user: aUser({ attributes }) }));
    expect(Object.values(id)).not.toContain('forged');
    expect(id['token_use']).toBe('id');
  });

  test('tell when their family began, to the millisecond', async () => {
    clock.advance(345);
    const { session, access } = await firstTokens();
    expect([startOf(session.originJti), startOf(session.eventId)]).toEqual([someMoment + 345, someMoment + 345]);
    expect(session.originJti).not.toBe(session.eventId);
    expect(access['auth_time']).toBe(seconds);
  });

  test('begin after the last sign-out, even where the clock lags behind it', () => {
    const session = beginSession(ports, aUser({ tokensValidAfter: someMoment + 5_000 }), clock.now());
    expect(startOf(session.originJti)).toBe(someMoment + 5_001);
  });
});

describe('Tokens of a refresh', () => {
  test('keep who signed in and when, and are new otherwise (auth-flows 40)', async () => {
    const first = await firstTokens();
    const grant = await openRefreshToken(ports.sealer, aPool(), first.tokens.RefreshToken ?? '');
    if (!grant) throw new Error('the refresh token does not open');
    clock.advance(60_000);
    const user = aUser({ attributes: { email: 'ada@example.org' } });
    const of = holder({ user });
    const tokens = await issueTokens(ports, of, tokenClaims(ports, of, grant));
    expect(tokens).not.toHaveProperty('RefreshToken');
    const [id, access] = [decodeJwt(tokens.IdToken), decodeJwt(tokens.AccessToken)];
    for (const name of ['sub', 'auth_time', 'origin_jti', 'event_id', 'scope']) {
      expect(access[name]).toEqual(first.access[name]);
    }
    expect(access.jti).not.toBe(first.access.jti);
    expect([access.iat, access.exp]).toEqual([someMoment / 1000 + 60, someMoment / 1000 + 3660]);
    expect(id['email']).toBe('ada@example.org');
  });

  test('come with a refresh token that says what it is told', async () => {
    const { session } = await firstTokens();
    const grant = {
      ...session,
      clientId: aClient().id,
      username: 'ada',
      sub: aUser().sub,
      expiresAt: someMoment + 1,
      generation: 4,
    };
    const claims = tokenClaims(ports, holder(), grant);
    const { RefreshToken } = await issueWithRefreshToken(ports, holder(), claims, grant);
    expect(await openRefreshToken(ports.sealer, aPool(), RefreshToken ?? '')).toEqual(grant);
  });
});
