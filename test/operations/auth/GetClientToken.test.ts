/** An application gets a token in its own name. */
import {
  type CreateUserPoolClientCommandInput,
  DeleteUserPoolClientCommand,
  type ExplicitAuthFlowsType,
  GetClientTokenCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import type { Table } from '../../../lambdas/adapters/dynamodb/table.ts';
import { startProcesses } from '../../support/another-process.ts';
import { builtOperations, someInput } from '../../support/built-operations.ts';
import { secretsOf } from '../../support/client-secrets.ts';
import { refused } from '../../support/refused.ts';
import { readAndWrite, scopesNamed, serversOf } from '../../support/resource-servers.ts';
import { signingIn } from '../../support/signing-in.ts';
import { type Service, type ServiceOptions, startService } from '../../support/start-service.ts';
import { testTable } from '../../support/table.ts';

// The SDK's list of flows does not have it yet.
const forApplications = ['ALLOW_CLIENT_TOKEN_AUTH' as ExplicitAuthFlowsType];
const shopScopes = ['shop/read', 'shop/write'];
const outOfScope = 'NotAuthorizedException: Access Token does not have required scopes';
const notEnabled = 'InvalidParameterException: CLIENT_TOKEN_AUTH flow not enabled for this client';
const wrongSecret = 'NotAuthorizedException: Invalid client secret.';
const invalidScope = (scope: string) => `InvalidParameterException: Invalid scope requested: ${scope}`;

async function aShop(settings: Partial<CreateUserPoolClientCommandInput> = {}, options: ServiceOptions = {}) {
  const service = await startService(options);
  const pool = await service.aPool();
  const servers = serversOf(service, pool);
  await servers.create('shop', { Scopes: readAndWrite });
  await servers.create('https://api.example.com/v1', { Scopes: scopesNamed('look') });
  const app = await service.aClient(pool, {
    GenerateSecret: true,
    ExplicitAuthFlows: forApplications,
    AllowedOAuthScopes: [...shopScopes, 'https://api.example.com/v1/look'],
    ...settings,
  });
  const secret = app.ClientSecret ?? 'a'.repeat(52);
  return { service, pool, servers, app, secret, ask: (Scopes?: string[]) => ask(service, app.id, secret, Scopes) };
}

const ask = async ({ client }: Pick<Service, 'client'>, ClientId: string, Secret: string, Scopes?: string[]) => {
  const answer = await client.send(new GetClientTokenCommand({ ClientId, Secret, Scopes }));
  return answer.ClientAuthenticationResult ?? {};
};

const scopeOf = ({ AccessToken = '' }: { AccessToken?: string | undefined }) => decodeJwt(AccessToken)['scope'];

describe('GetClientToken', () => {
  test('answers a token with all scopes of resource servers that the client has (auth-flows 52)', async () => {
    const { service, pool, app, ask } = await aShop({
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', ...shopScopes, 'aws.cognito.signin.user.admin'],
    });
    const now = service.clock.now() / 1000;
    const { AccessToken = '', ...rest } = await ask();
    expect(rest).toEqual({ ExpiresIn: 3600, TokenType: 'Bearer' });
    expect(decodeJwt(AccessToken)).toEqual({
      sub: app.id,
      token_use: 'access',
      scope: 'shop/read shop/write',
      auth_time: now,
      iss: `http://localhost/${pool.id}`,
      exp: now + 3600,
      iat: now,
      version: 2,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client_id: app.id,
    });
    expect(Object.keys(decodeProtectedHeader(AccessToken)).toSorted()).toEqual(['alg', 'kid']);
    expect(decodeJwt((await ask()).AccessToken ?? '').jti).not.toBe(decodeJwt(AccessToken).jti);
  });

  test('answers the scopes that were asked for, each once (auth-flows 52)', async () => {
    const { ask } = await aShop();
    expect(scopeOf(await ask(['shop/write']))).toBe('shop/write');
    const many = ['https://api.example.com/v1/look', 'shop/read', 'shop/read'];
    expect(scopeOf(await ask(many))).toBe('https://api.example.com/v1/look shop/read');
    expect(scopeOf(await ask([]))).toBe('shop/read shop/write https://api.example.com/v1/look');
  });

  test('takes no signature, and is good for as long as the access tokens of the client', async () => {
    const { service, app, secret } = await aShop({
      AccessTokenValidity: 10,
      TokenValidityUnits: { AccessToken: 'minutes' },
    });
    const { status, json } = await service.call('GetClientToken', { ClientId: app.id, Secret: secret }, {});
    const { ClientAuthenticationResult: result } = Object(json);
    const { exp = 0, iat = 0 } = decodeJwt(result.AccessToken);
    expect([status, result.ExpiresIn, exp - iat]).toEqual([200, 600, 600]);
  });

  test('is signed with a key that the pool publishes', async () => {
    const { service, pool, app, ask } = await aShop();
    const { AccessToken = '' } = await ask();
    const { keys } = await service.ports.signer.published(pool.id);
    const url = new URL('http://localhost/jwks.json');
    const answer = async () => new Response(JSON.stringify({ keys }), { status: 200 });
    const published = createRemoteJWKSet(url, { [customFetch]: answer });
    const currentDate = new Date(service.clock.now());
    const { payload } = await jwtVerify(AccessToken, published, { issuer: `http://localhost/${pool.id}`, currentDate });
    expect(payload['client_id']).toBe(app.id);
  });

  test('takes each of two secrets, until one of them is removed, and then that one no more', async () => {
    const { service, app, secret } = await aShop();
    const { add, remove } = secretsOf(service, app);
    service.clock.advance(1000);
    const { ClientSecretValue: second = '' } = await add();
    for (const each of [secret, second]) expect(scopeOf(await ask(service, app.id, each))).toContain('shop/read');
    await remove((await secretsOf(service, app).ids())[0]);
    expect(await refused(ask(service, app.id, secret))).toBe(wrongSecret);
    expect(scopeOf(await ask(service, app.id, second))).toContain('shop/read');
  });

  test('writes nothing, whatever it answers', async () => {
    const written: string[] = [];
    const shop = await aShop({}, { table: noting(testTable(), written) });
    // The first one makes the keys of the pool.
    await shop.ask();
    expect(written).toContain('transact');
    written.length = 0;
    await shop.ask();
    await refused(shop.ask(['shop/none']));
    await refused(ask(shop.service, shop.app.id, 'b'.repeat(52)));
    expect(written).toEqual([]);
  });
});

/** The names of the operations that change the table. */
function noting(table: Table, written: string[]): Table {
  const changing = ['put', 'update', 'remove', 'transact', 'removeMany'];
  return new Proxy(table, {
    get(target, name, receiver) {
      if (changing.includes(String(name))) written.push(String(name));
      return Reflect.get(target, name, receiver);
    },
  });
}

describe('GetClientToken refuses', () => {
  test.each<[string, Partial<CreateUserPoolClientCommandInput>]>([
    ['one of user flows', { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }],
    ['one of older flows', { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] }],
    ['one that names no flows', { ExplicitAuthFlows: undefined }],
    ['one of user flows without a secret', { GenerateSecret: false, ExplicitAuthFlows: ['ALLOW_USER_AUTH'] }],
  ])('a client that is not for applications (auth-flows 52): %s', async (_which, settings) => {
    expect(await refused((await aShop(settings)).ask())).toBe(notEnabled);
  });

  test('a wrong secret, that of another client, and any for a client without one', async () => {
    const { service, pool, app, secret } = await aShop();
    const other = await service.aClient(pool, { GenerateSecret: true, ExplicitAuthFlows: forApplications });
    for (const wrong of ['a'.repeat(52), `${secret.slice(0, -1)}+`, other.ClientSecret ?? '']) {
      expect(await refused(ask(service, app.id, wrong))).toBe(wrongSecret);
    }
    const open = await service.aClient(pool, { ExplicitAuthFlows: forApplications });
    expect(await refused(ask(service, open.id, secret))).toBe(wrongSecret);
  });

  test('a client that is not there, or no longer', async () => {
    const { service, pool, app, secret } = await aShop();
    await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id }));
    for (const id of [app.id, 'nobodyknowsthisclient']) {
      expect(await refused(ask(service, id, secret))).toBe(
        `ResourceNotFoundException: User pool client ${id} does not exist.`,
      );
    }
  });

  test.each(['shop/none', 'none/read', 'openid', 'aws.cognito.signin.user.admin', 'shop', 'Shop/read'])(
    'a scope that the client does not have, whatever else is asked for (auth-flows 52): %s',
    async (scope) => {
      const { ask } = await aShop({
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['shop/read', 'openid', 'aws.cognito.signin.user.admin'],
      });
      expect(await refused(ask([scope]))).toBe(invalidScope(scope));
      expect(await refused(ask(['shop/read', scope]))).toBe(invalidScope(scope));
    },
  );

  test('a scope of the pool that another client has', async () => {
    const { ask } = await aShop({ AllowedOAuthScopes: ['shop/read'] });
    expect(await refused(ask(['shop/write']))).toBe(invalidScope('shop/write'));
  });

  test('a scope whose resource server is gone, and leaves it out when none is asked for', async () => {
    const { servers, ask } = await aShop();
    await servers.remove('https://api.example.com/v1');
    expect(scopeOf(await ask())).toBe('shop/read shop/write');
    expect(await refused(ask(['https://api.example.com/v1/look']))).toBe(
      invalidScope('https://api.example.com/v1/look'),
    );
    await servers.update('shop', { Scopes: scopesNamed('write') });
    expect(scopeOf(await ask())).toBe('shop/write');
    await servers.remove('shop');
    expect(await refused(ask())).toMatch(/^InvalidParameterException: Client .* has no scopes of resource servers\.$/);
  });

  test('a client without scopes of resource servers', async () => {
    const { ask } = await aShop({ AllowedOAuthScopes: [] });
    expect(await refused(ask())).toMatch(/^InvalidParameterException: Client .* has no scopes of resource servers\.$/);
  });

  test('a pool whose trigger runs for applications, where no functions run', async () => {
    const LambdaArn = 'arn:aws:lambda:us-east-1:123456789012:function:tokens';
    const service = await startService();
    const pool = await service.aPool({
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn } },
    });
    await serversOf(service, pool).create('shop', { Scopes: readAndWrite });
    const settings = { ExplicitAuthFlows: forApplications, AllowedOAuthScopes: shopScopes };
    const app = await service.aClient(pool, { GenerateSecret: true, ...settings });
    expect(await refused(ask(service, app.id, app.ClientSecret ?? ''))).toMatch(/^OperationNotEnabledException: /);
  });

  test('what another process has just taken away: the secret, the flow, the scope', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    const servers = serversOf(here, pool);
    await servers.create('shop', { Scopes: readAndWrite });
    const settings = { ExplicitAuthFlows: forApplications, AllowedOAuthScopes: shopScopes };
    const app = await here.aClient(pool, { GenerateSecret: true, ...settings });
    const [first = '', named] = [app.ClientSecret, { UserPoolId: pool.id, ClientId: app.id }];
    expect(scopeOf(await ask(there, app.id, first))).toBe('shop/read shop/write');
    const { add, remove, ids } = secretsOf(here, app);
    here.clock.advance(1000);
    const { ClientSecretValue: second = '' } = await add();
    expect(scopeOf(await ask(there, app.id, second))).toBe('shop/read shop/write');
    await remove((await ids())[0]);
    expect(await refused(ask(there, app.id, first))).toBe(wrongSecret);
    await here.client.send(
      new UpdateUserPoolClientCommand({ ...named, ...settings, AllowedOAuthScopes: ['shop/read'] }),
    );
    expect(scopeOf(await ask(there, app.id, second))).toBe('shop/read');
    await here.client.send(
      new UpdateUserPoolClientCommand({ ...named, ...settings, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }),
    );
    expect(await refused(ask(there, app.id, second))).toBe(notEnabled);
  });
});

describe('A token of an application', () => {
  test('is refused by every operation that takes an access token (auth-flows 45) (auth-flows 52)', async () => {
    const { service, ask } = await aShop();
    const { AccessToken = '' } = await ask();
    const operations = (['token', 'public'] as const).flatMap((kind) => builtOperations(kind, 'AccessToken'));
    expect(operations.length).toBeGreaterThan(10);
    for (const operation of operations) {
      const input = { ...someInput(operation, { AccessToken }), Session: undefined };
      const { json } = await service.call(operation.name, input, {});
      expect(`${operation.name}: ${Object(json).__type}: ${Object(json).message}`).toBe(
        `${operation.name}: ${outOfScope}`,
      );
    }
  });

  test('neither refreshes nor is revoked', async () => {
    const { service, app, secret, ask } = await aShop();
    const { AccessToken: token } = await ask();
    const named = { ClientId: app.id, ClientSecret: secret };
    const revoke = new RevokeTokenCommand({ ...named, Token: token });
    expect(await refused(service.client.send(revoke))).toMatch(/^UnsupportedTokenTypeException: /);
    const refresh = new GetTokensFromRefreshTokenCommand({ ...named, RefreshToken: token });
    expect(await refused(service.client.send(refresh))).toMatch(/^InvalidParameterException: REFRESH_TOKEN_AUTH/);
  });

  test('does not speak for a user who is called as the client is', async () => {
    const { service, pool, app, ask } = await aShop();
    await service.aUser(pool, { username: app.id });
    const { AccessToken } = await ask();
    const { json } = await service.call('GetUser', { AccessToken }, {});
    expect(`${Object(json).__type}: ${Object(json).message}`).toBe(outOfScope);
  });
});

describe('A client for applications', () => {
  test('signs nobody in (auth-flows 52)', async () => {
    const { service, pool, app, secret } = await aShop();
    await service.aUser(pool, { username: 'ada' });
    const flows = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH', 'USER_AUTH'] as const;
    for (const AuthFlow of flows) {
      const AuthParameters = { USERNAME: 'ada', PASSWORD: 'Correct-Horse-9', SRP_A: 'ab', REFRESH_TOKEN: 'x' };
      const asked = new InitiateAuthCommand({ ClientId: app.id, AuthFlow, AuthParameters });
      expect(await refused(service.client.send(asked))).toMatch(/^InvalidParameterException: .* not enabled for th/);
    }
    expect(await refused(signingIn(service, app).tokens('ada'))).toMatch(/^InvalidParameterException: /);
    expect(secret).toHaveLength(app.ClientSecret?.length ?? 0);
  });

  test('has no other flow (auth-flows 52)', async () => {
    const { service, pool } = await aShop();
    const ExplicitAuthFlows = [...forApplications, 'ALLOW_USER_SRP_AUTH' as const];
    expect(await refused(service.aClient(pool, { GenerateSecret: true, ExplicitAuthFlows }))).toBe(
      'InvalidParameterException: ALLOW_CLIENT_TOKEN_AUTH cannot be combined with other ExplicitAuthFlows.',
    );
  });
});
