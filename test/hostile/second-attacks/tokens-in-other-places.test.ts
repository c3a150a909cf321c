/** Tokens and sealed values where others belong, and JWTs that claim to be more than they are. */
import { createHmac, createPublicKey } from 'node:crypto';
import {
  AddCustomAttributesCommand,
  AdminInitiateAuthCommand,
  CreateResourceServerCommand,
  type ExplicitAuthFlowsType,
  GetClientTokenCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  RevokeTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusal, type SigningIn, signingIn, type Tokens } from '../../support/signing-in.ts';
import { type Service, startService } from '../../support/start-service.ts';

const invalid = 'NotAuthorizedException: Invalid Access Token';
const noRefresh = /^NotAuthorizedException: Invalid Refresh Token/;

interface Side {
  readonly pool: { readonly id: string };
  readonly app: { readonly id: string; readonly poolId: string };
  readonly signIn: SigningIn;
  readonly tokens: Tokens;
}

let service: Service;
let here: Side;
let there: Side;

beforeAll(async () => {
  service = await startService();
  [here, there] = [await aSide(), await aSide()];
});

async function aSide(): Promise<Side> {
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  await service.aUser(pool, { username: 'ada' });
  const signIn = signingIn(service, app);
  return { pool, app, signIn, tokens: await signIn.tokens('ada') };
}

const getUser = (AccessToken: string) => refusal(service.client.send(new GetUserCommand({ AccessToken })));
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const parts = (token: string) => token.split('.') as [string, string, string];
const claimsOf = (token: string) => JSON.parse(Buffer.from(parts(token)[1], 'base64url').toString());
const headerOf = (token: string) => JSON.parse(Buffer.from(parts(token)[0], 'base64url').toString());

describe('An access token', () => {
  test('is of one pool, whatever client it names', async () => {
    const claims = claimsOf(here.tokens.access);
    const { signer } = service.ports;
    const strays = [
      // By the key of the other pool, in the words of this one, and the reverse.
      await signer.sign(there.pool.id, 'access', claims),
      await signer.sign(here.pool.id, 'access', { ...claims, client_id: there.app.id }),
      await signer.sign(there.pool.id, 'access', { ...claims, client_id: there.app.id }),
      // By the key for ID tokens of the right pool.
      await signer.sign(here.pool.id, 'id', claims),
      await signer.sign(here.pool.id, 'access', { ...claims, token_use: 'id' }),
      await signer.sign(here.pool.id, 'access', { ...claims, iss: `${claims.iss}/` }),
      await signer.sign(here.pool.id, 'access', { ...claims, iss: undefined }),
    ];
    for (const stray of strays) expect(await getUser(stray)).toBe(invalid);
  });

  test.each([
    ['none', { alg: 'none' }],
    ['HS256', { alg: 'HS256' }],
    ['a critical extension', { crit: ['exp'], exp: 1 }],
    ['a path for its key', { kid: '../../../../dev/null' }],
    ['a query for its key', { kid: "' OR '1'='1" }],
    ['another row for its key', { kid: '@' }],
    ['a long name for its key', { kid: 'k'.repeat(50_000) }],
    ['a number for its key', { kid: 1 }],
    ['a prototype for its key', { kid: '__proto__' }],
    ['a nested token', { cty: 'JWT', zip: 'DEF' }],
  ])('that asks for %s is none, signed by the public key or not', async (_, header) => {
    const [published] = (await service.ports.signer.published(here.pool.id)).keys;
    const pem = createPublicKey({ key: { ...published }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const { access } = here.tokens;
    const input = `${encoded({ ...headerOf(access), ...header })}.${parts(access)[1]}`;
    const macs = [pem.toString(), pem.toString().trim(), published?.n ?? ''].map((key) =>
      createHmac('sha256', key).update(input).digest('base64url'),
    );
    for (const signature of [...macs, parts(access)[2], 'AA']) {
      expect(await getUser(`${input}.${signature}`)).toBe(invalid);
    }
  });

  test('with a member said twice is none, whichever of them was signed', async () => {
    const [head, payload, signature] = parts(here.tokens.access);
    const text = Buffer.from(payload, 'base64url').toString();
    const mallory = `{"username":"mallory",${text.slice(1)}`;
    const twice = `${text.slice(0, -1)},"client_id":"${there.app.id}"}`;
    for (const changed of [mallory, twice]) {
      expect(await getUser(`${head}.${Buffer.from(changed).toString('base64url')}.${signature}`)).toBe(invalid);
    }
  });

  test('is written in one way', async () => {
    const { access } = here.tokens;
    const [head, payload, signature] = parts(access);
    const strays = [
      `${access}.`,
      `.${access}`,
      `${access}=`,
      `${head}..${signature}`,
      `${head}.${payload}.`,
      `${head}.${payload}`,
      `${head}.${payload}.${signature}.${signature}`,
      `${head}.${payload}.${'A'.repeat(90_000)}`,
      `${'A'.repeat(90_000)}.${payload}.${signature}`,
      `${payload}.${head}.${signature}`,
    ];
    for (const stray of strays) expect(await getUser(stray)).toBe(invalid);
    expect(await getUser(`${head}.${payload}.${'A'.repeat(800_000)}`)).toMatch(/^(InvalidParameter|NotAuth)/);
    for (const stray of [` ${access}`, `${access}\n`, `Bearer ${access}`, `${access}\u0000`, `${access}é`]) {
      expect(await getUser(stray)).toMatch(/^InvalidParameterException/);
    }
  });

  test('of an application refreshes nothing, revokes nothing and stands for no session', async () => {
    const { pool } = here;
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'reads' }];
    await service.client.send(
      new CreateResourceServerCommand({ UserPoolId: pool.id, Identifier: 'shop', Name: 'shop', Scopes }),
    );
    const app = await service.aClient(pool, {
      GenerateSecret: true,
      // The SDK's list of flows does not have it yet.
      ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as ExplicitAuthFlowsType],
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['shop/read'],
    });
    const answer = await service.client.send(
      new GetClientTokenCommand({ ClientId: app.id, Secret: app.ClientSecret ?? '' }),
    );
    const token = answer.ClientAuthenticationResult?.AccessToken ?? '';
    expect(await getUser(token)).toMatch(/^NotAuthorizedException/);
    expect(await refusal(here.signIn.refresh(token))).toMatch(noRefresh);
    const asSession = new VerifySoftwareTokenCommand({ Session: token.slice(0, 2000), UserCode: '123456' });
    expect(await refusal(service.client.send(asSession))).toMatch(/^NotAuthorizedException/);
  });
});

describe('What the service has sealed', () => {
  /** One of each kind that strangers and users get to see. */
  async function sealedValues(): Promise<Readonly<Record<string, string>>> {
    const { SECRET_BLOCK: block = '' } = await here.signIn.challengeOf('ada');
    const list = new ListUsersCommand({ UserPoolId: here.pool.id, Limit: 1 });
    await service.aUser(here.pool);
    const { PaginationToken: page = '' } = await service.client.send(list);
    return { refresh: here.tokens.refresh, block: Buffer.from(block, 'base64').toString('base64url'), page };
  }

  /** As a session of the client would begin. */
  function asSession(sealed: string): string {
    const { id } = here.app;
    return Buffer.concat([Buffer.of(id.length), Buffer.from(id), Buffer.from(sealed, 'base64url')]).toString(
      'base64url',
    );
  }

  test('opens as nothing but what it was sealed as', async () => {
    for (const [kind, value] of Object.entries(await sealedValues())) {
      if (kind !== 'refresh') expect(await refusal(here.signIn.refresh(value)), kind).toMatch(noRefresh);
      for (const Session of [value.slice(0, 2048), asSession(value).slice(0, 2048)]) {
        const code = { USERNAME: 'ada', SMS_MFA_CODE: '123456' };
        expect(await refusal(here.signIn.respond('SMS_MFA', code, Session)), kind).toMatch(/^NotAuthorized/);
        const initiate = new InitiateAuthCommand({
          ClientId: here.app.id,
          AuthFlow: 'USER_AUTH',
          AuthParameters: { USERNAME: 'ada' },
          Session,
        });
        expect(await refusal(service.client.send(initiate)), kind).toMatch(/Exception/);
      }
      const claim = {
        USERNAME: 'ada',
        PASSWORD_CLAIM_SECRET_BLOCK: Buffer.from(value, 'base64url').toString('base64'),
        PASSWORD_CLAIM_SIGNATURE: 'AAAA',
        TIMESTAMP: 'Tue Sep 1 00:00:00 UTC 2026',
      };
      expect(await refusal(here.signIn.respond('PASSWORD_VERIFIER', claim)), kind).toMatch(/^NotAuthorized/);
      const list = new ListUsersCommand({ UserPoolId: there.pool.id, Limit: 1, PaginationToken: value });
      expect(await refusal(service.client.send(list)), kind).toMatch(/^InvalidParameterException/);
    }
  });

  test('is of one pool', async () => {
    const { refresh } = here.tokens;
    const { client } = service;
    expect(await refusal(there.signIn.refresh(refresh))).toMatch(noRefresh);
    const byAdministrator = new AdminInitiateAuthCommand({
      UserPoolId: there.pool.id,
      ClientId: there.app.id,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refresh },
    });
    expect(await refusal(client.send(byAdministrator))).toMatch(noRefresh);
    const rotating = new GetTokensFromRefreshTokenCommand({ ClientId: there.app.id, RefreshToken: refresh });
    expect(await refusal(client.send(rotating))).toMatch(noRefresh);
    const revoke = new RevokeTokenCommand({ ClientId: there.app.id, Token: refresh });
    expect(await refusal(client.send(revoke))).toMatch(/Exception/);
    expect((await here.signIn.refresh(refresh)).AuthenticationResult?.AccessToken).toBeTypeOf('string');
  });

  test('says nothing, and no two are alike', async () => {
    const [one, two] = [await here.signIn.tokens('ada'), await here.signIn.tokens('ada')];
    for (const { refresh } of [one, two]) {
      const bytes = Buffer.from(refresh, 'base64url').toString('latin1');
      for (const secret of ['ada', here.app.id, claimsOf(one.access).sub]) expect(bytes).not.toContain(secret);
    }
    expect(one.refresh.slice(-80)).not.toBe(two.refresh.slice(-80));
  });
});

test('An attribute by the name of a claim changes no token', async () => {
  const { pool, app } = await aSide();
  const names = ['token_use', 'sub', 'iss', 'aud', 'exp'];
  const CustomAttributes = names.map((Name) => ({ Name, AttributeDataType: 'String' as const, Mutable: true }));
  await service.client.send(new AddCustomAttributesCommand({ UserPoolId: pool.id, CustomAttributes }));
  const attributes = Object.fromEntries(names.map((name) => [`custom:${name}`, 'mallory']));
  await service.aUser(pool, { username: 'eve', attributes });
  const { id } = await signingIn(service, app).tokens('eve');
  const claims = claimsOf(id);
  expect(names.map((name) => claims[name] === 'mallory')).toEqual(names.map(() => false));
});
