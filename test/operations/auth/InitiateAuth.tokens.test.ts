/** What the tokens of a sign-in through the API say, and for how long. */
import {
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  GetTokensFromRefreshTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { JwtRsaVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { wellKnown } from '../../../lambdas/wellknown/index.ts';
import { refusal, signingIn, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';
import { inProcess } from '../../support/wire.ts';

interface Settings {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly app?: Partial<CreateUserPoolClientCommandInput>;
  readonly attributes?: Readonly<Record<string, string>>;
}

async function aRoom({ pool: poolSettings, app: appSettings, attributes = {} }: Settings = {}) {
  const service = await startService();
  const pool = await service.aPool(poolSettings);
  const app = await service.aClient(pool, appSettings);
  const user = await service.aUser(pool, { username: 'ada', attributes });
  return { ...service, service, pool, app, user, signIn: signingIn(service, app) };
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

describe('The tokens of a sign-in', () => {
  test('verify against the key set of their pool, each under a key of its own (auth-flows 37)', async () => {
    const { ports, pool, app, clock, signIn } = await aRoom();
    const { access, id } = await signIn.tokens('ada');
    const { json } = await inProcess(wellKnown(ports))({ method: 'GET', target: `/${pool.id}/.well-known/jwks.json` });
    const issuer = `http://localhost/${pool.id}`;

    const keys = createLocalJWKSet(json as JSONWebKeySet);
    const options = { issuer, currentDate: new Date(clock.now()) };
    await jwtVerify(access, keys, options);
    await jwtVerify(id, keys, { ...options, audience: app.id });
    expect(decodeProtectedHeader(access)).toEqual({ alg: 'RS256', kid: expect.stringMatching(/^.{43}=$/) });
    expect(decodeProtectedHeader(access).kid).not.toBe(decodeProtectedHeader(id).kid);

    // This verifier goes by the clock of the machine: only signature, issuer and audience are its business here.
    const graceSeconds = Math.abs(Date.now() - clock.now()) / 1000 + 86_400;
    const forId = JwtRsaVerifier.create({ issuer, audience: app.id, graceSeconds });
    const forAccess = JwtRsaVerifier.create({ issuer, audience: null, graceSeconds });
    for (const verifier of [forId, forAccess]) verifier.cacheJwks(json as Jwks);
    expect(forId.verifySync(id)['token_use']).toBe('id');
    expect(forAccess.verifySync(access)['token_use']).toBe('access');
  });

  test('say just what they shall (auth-flows 37)', async () => {
    const { pool, app, user, clock, signIn } = await aRoom({
      attributes: { email: 'ada@example.com', email_verified: 'true' },
    });
    const { access, id } = await signIn.tokens('ada');
    const now = clock.now() / 1000;
    const common = {
      sub: user.sub,
      iss: `http://localhost/${pool.id}`,
      event_id: uuid,
      origin_jti: uuid,
      jti: uuid,
      auth_time: now,
      iat: now,
      exp: now + 3600,
      acr: 'urn:cognito:loa:1',
      amr: ['pwd'],
    };
    expect(decodeJwt(access)).toEqual({
      ...common,
      client_id: app.id,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'ada',
    });
    expect(decodeJwt(id)).toEqual({
      ...common,
      aud: app.id,
      token_use: 'id',
      'cognito:username': 'ada',
      email: 'ada@example.com',
      email_verified: true,
    });
    const [of, to] = [decodeJwt(access), decodeJwt(id)];
    expect([of['event_id'], of['origin_jti']]).toEqual([to['event_id'], to['origin_jti']]);
    expect(of.jti).not.toBe(to.jti);
  });

  test('name the sub for the username where usernames are addresses', async () => {
    const service = await startService();
    const pool = await service.aPool({ UsernameAttributes: ['email'] });
    const { sub } = await service.aUser(pool, { username: 'ada@example.com' });
    const { access, id } = await signingIn(service, await service.aClient(pool)).tokens('ada@example.com');
    expect(decodeJwt(access)['username']).toBe(sub);
    expect(decodeJwt(id)).toMatchObject({ 'cognito:username': sub, sub, email: 'ada@example.com' });
  });

  test('give each attribute the type that it has in tokens (auth-flows 38)', async () => {
    const { signIn } = await aRoom({
      pool: {
        Schema: [
          { Name: 'score', AttributeDataType: 'Number' },
          { Name: 'member', AttributeDataType: 'Boolean' },
          { Name: 'secret', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
        ],
      },
      attributes: {
        'custom:score': '5',
        'custom:member': 'true',
        'dev:custom:secret': 'x',
        address: '1 Example Street',
        updated_at: '1788220800',
        email: 'ada@example.com',
        email_verified: 'true',
        phone_number: '+15550100',
      },
    });
    const { id, access } = await signIn.tokens('ada');
    const claims = decodeJwt(id);
    expect(claims).toMatchObject({
      'custom:score': '5',
      'custom:member': 'true',
      address: { formatted: '1 Example Street' },
      updated_at: 1_788_220_800,
      email_verified: true,
      phone_number: '+15550100',
    });
    expect(claims['phone_number_verified'] ?? false).toBe(false);
    for (const name of ['dev:custom:secret', 'custom:secret']) expect(claims).not.toHaveProperty(name);
    expect(Object.keys(decodeJwt(access)).filter((name) => /custom|email|phone|address/.test(name))).toEqual([]);
  });

  test('show what the client may read (auth-flows 38)', async () => {
    const { signIn } = await aRoom({
      app: { ReadAttributes: ['name'] },
      attributes: { email: 'ada@example.com', email_verified: 'true', name: 'Ada' },
    });
    const claims = decodeJwt((await signIn.tokens('ada')).id);
    expect(claims['name']).toBe('Ada');
    for (const name of ['email', 'email_verified']) expect(claims).not.toHaveProperty(name);
  });

  test('name no family for a client without revocation, nor do those of a refresh', async () => {
    const { client, app, signIn } = await aRoom({ app: { EnableTokenRevocation: false } });
    const first = await signIn.tokens('ada');
    const { AuthenticationResult: refreshed } = await client.send(
      new GetTokensFromRefreshTokenCommand({ RefreshToken: first.refresh, ClientId: app.id }),
    );
    const { AccessToken = '', IdToken = '' } = refreshed ?? {};
    for (const { access, id } of [first, { access: AccessToken, id: IdToken }]) {
      for (const token of [access, id]) expect(decodeJwt(token)).not.toHaveProperty('origin_jti');
      expect(decodeJwt(id)).not.toHaveProperty('jti');
      expect(decodeJwt(access).jti).toEqual(uuid);
    }
    expect(decodeJwt(AccessToken).jti).not.toBe(decodeJwt(first.access).jti);
  });
});

type Validity = Pick<
  CreateUserPoolClientCommandInput,
  'AccessTokenValidity' | 'IdTokenValidity' | 'RefreshTokenValidity' | 'TokenValidityUnits'
>;

const units = (AccessToken: Unit, IdToken: Unit, RefreshToken: Unit) => ({ AccessToken, IdToken, RefreshToken });
type Unit = 'seconds' | 'minutes' | 'hours' | 'days';
const day = 86_400;

describe('The life of tokens', () => {
  test.each<{ settings: Validity; access: number; id: number; refresh: number }>([
    { settings: {}, access: 3600, id: 3600, refresh: 30 * day },
    { settings: { RefreshTokenValidity: 0 }, access: 3600, id: 3600, refresh: 30 * day },
    {
      settings: { AccessTokenValidity: 2, IdTokenValidity: 24, RefreshTokenValidity: 3650 },
      access: 7200,
      id: day,
      refresh: 3650 * day,
    },
    {
      settings: {
        AccessTokenValidity: 300,
        IdTokenValidity: 86_400,
        RefreshTokenValidity: 315_360_000,
        TokenValidityUnits: units('seconds', 'seconds', 'seconds'),
      },
      access: 300,
      id: day,
      refresh: 3650 * day,
    },
    {
      settings: {
        AccessTokenValidity: 1440,
        IdTokenValidity: 5,
        RefreshTokenValidity: 1440,
        TokenValidityUnits: units('minutes', 'minutes', 'minutes'),
      },
      access: day,
      id: 300,
      refresh: day,
    },
    {
      settings: {
        AccessTokenValidity: 1,
        IdTokenValidity: 1,
        RefreshTokenValidity: 1,
        TokenValidityUnits: units('hours', 'hours', 'hours'),
      },
      access: 3600,
      id: 3600,
      refresh: 3600,
    },
    {
      settings: {
        AccessTokenValidity: 1,
        IdTokenValidity: 1,
        RefreshTokenValidity: 1,
        TokenValidityUnits: units('days', 'days', 'days'),
      },
      access: day,
      id: day,
      refresh: day,
    },
    {
      settings: {
        AccessTokenValidity: 5,
        IdTokenValidity: 300,
        RefreshTokenValidity: 60,
        TokenValidityUnits: units('minutes', 'seconds', 'minutes'),
      },
      access: 300,
      id: 300,
      refresh: 3600,
    },
    {
      settings: {
        AccessTokenValidity: 24,
        IdTokenValidity: 1440,
        RefreshTokenValidity: 87_600,
        TokenValidityUnits: units('hours', 'minutes', 'hours'),
      },
      access: day,
      id: day,
      refresh: 3650 * day,
    },
  ])('is what the client says: $settings (auth-flows 41)', async ({ settings, access, id, refresh }) => {
    const { client, clock, app, signIn } = await aRoom({ app: settings });
    const answer = await signIn.byPassword('ada');
    const tokens = tokensOf(answer);
    const life = ({ exp = 0, iat = 0 }) => exp - iat;
    expect([life(decodeJwt(tokens.access)), life(decodeJwt(tokens.id))]).toEqual([access, id]);
    expect(answer.AuthenticationResult?.ExpiresIn).toBe(access);
    const ask = new GetTokensFromRefreshTokenCommand({ RefreshToken: tokens.refresh, ClientId: app.id });
    clock.advance(refresh * 1000 - 1);
    const { AuthenticationResult } = await client.send(ask);
    expect(AuthenticationResult?.ExpiresIn).toBe(access);
    clock.advance(1);
    expect(await refusal(client.send(ask))).toBe('NotAuthorizedException: Refresh Token has expired');
  });

  test.each<Validity>([
    { AccessTokenValidity: 299, TokenValidityUnits: { AccessToken: 'seconds' } },
    { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: 'minutes' } },
    { AccessTokenValidity: 86_400 + 1, TokenValidityUnits: { AccessToken: 'seconds' } },
    { AccessTokenValidity: 1441, TokenValidityUnits: { AccessToken: 'minutes' } },
    { AccessTokenValidity: 25 },
    { AccessTokenValidity: 2, TokenValidityUnits: { AccessToken: 'days' } },
    { IdTokenValidity: 299, TokenValidityUnits: { IdToken: 'seconds' } },
    { IdTokenValidity: 86_400 + 1, TokenValidityUnits: { IdToken: 'seconds' } },
    { IdTokenValidity: 4, TokenValidityUnits: { IdToken: 'minutes' } },
    { IdTokenValidity: 1441, TokenValidityUnits: { IdToken: 'minutes' } },
    { IdTokenValidity: 25 },
    { IdTokenValidity: 2, TokenValidityUnits: { IdToken: 'days' } },
    { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: 'minutes' } },
    { RefreshTokenValidity: 3599, TokenValidityUnits: { RefreshToken: 'seconds' } },
    { RefreshTokenValidity: 315_360_000 + 1, TokenValidityUnits: { RefreshToken: 'seconds' } },
    { RefreshTokenValidity: 5_256_000 + 1, TokenValidityUnits: { RefreshToken: 'minutes' } },
    { RefreshTokenValidity: 87_600 + 1, TokenValidityUnits: { RefreshToken: 'hours' } },
    { RefreshTokenValidity: 3651 },
    { RefreshTokenValidity: 315_360_000, TokenValidityUnits: { RefreshToken: 'minutes' } },
  ])('has bounds that %o is past (auth-flows 41)', async (settings) => {
    const service = await startService();
    const pool = await service.aPool();
    const create = new CreateUserPoolClientCommand({ UserPoolId: pool.id, ClientName: 'app', ...settings });
    expect(await refusal(service.client.send(create))).toMatch(/^InvalidParameterException: /);
  });
});
