import { createHmac } from 'node:crypto';
import {
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  DeleteUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  type ExplicitAuthFlowsType,
  ListUserPoolClientsCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aGoogle } from '../../support/google-provider.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { scopesNamed, serversOf } from '../../support/resource-servers.ts';
import { signingIn } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

type Settings = Partial<Omit<CreateUserPoolClientCommandInput, 'UserPoolId'>>;

/** The answer's client, and the same client as DescribeUserPoolClient shows it. */
async function created(settings: Settings, poolSettings: Partial<CreateUserPoolCommandInput> = {}) {
  const { client, aPool } = await startService();
  const { id: UserPoolId } = await aPool(poolSettings);
  const asked = new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', ...settings });
  const { UserPoolClient: answered = {} } = await client.send(asked);
  const { ClientId } = answered;
  const shown = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  return { answered, described: shown.UserPoolClient };
}

/** What a request with these settings is told. */
async function refusal(settings: Settings, poolSettings: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
  const { client, aPool } = await startService();
  const { id: UserPoolId } = await aPool(poolSettings);
  return refused(client.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', ...settings })));
}

const accepted = 'nothing is refused';
const invalid = (message: string): string => `InvalidParameterException: ${message}`;
const oauth = (message: string): string => `InvalidOAuthFlowException: ${message}`;

describe('CreateUserPoolClient with a name alone (pools-and-users 24)', () => {
  test('makes a public client with the defaults of the API', async () => {
    const { client, clock, aPool } = await startService();
    const { id: UserPoolId } = await aPool();
    const asked = new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web' });
    const { UserPoolClient } = await client.send(asked);
    expect(UserPoolClient).toEqual({
      UserPoolId,
      ClientName: 'web',
      ClientId: expect.stringMatching(/^[0-9a-v]{25,26}$/),
      CreationDate: new Date(clock.now()),
      LastModifiedDate: new Date(clock.now()),
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });
    const ClientId = UserPoolClient?.ClientId;
    const described = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(described.UserPoolClient).toEqual({ ...UserPoolClient, ClientType: 'REGULAR' });
    const { UserPoolClients } = await client.send(new ListUserPoolClientsCommand({ UserPoolId }));
    expect(UserPoolClients).toEqual([{ UserPoolId, ClientId, ClientName: 'web' }]);
  });

  test('and a secret makes one that Describe shows and List does not', async () => {
    const { client, aPool } = await startService();
    const { id: UserPoolId } = await aPool();
    const asked = { UserPoolId, ClientName: 'server', GenerateSecret: true };
    const { UserPoolClient } = await client.send(new CreateUserPoolClientCommand(asked));
    const { ClientId, ClientSecret } = UserPoolClient ?? {};
    expect(ClientSecret).toMatch(/^[0-9a-v]{51,52}$/);
    const described = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(described.UserPoolClient).toEqual({ ...UserPoolClient, ClientType: 'REGULAR' });
    const { UserPoolClients } = await client.send(new ListUserPoolClientsCommand({ UserPoolId }));
    expect(UserPoolClients).toEqual([{ UserPoolId, ClientId, ClientName: 'server' }]);
  });
});

describe('CreateUserPoolClient', () => {
  test('makes another client for every call, names being no matter', async () => {
    const { aPool, aClient } = await startService();
    const pool = await aPool();
    const made = await Promise.all(Array.from({ length: 10 }, () => aClient(pool, { GenerateSecret: true })));
    expect(new Set(made.map(({ id }) => id)).size).toBe(10);
    expect(new Set(made.map(({ ClientSecret }) => ClientSecret)).size).toBe(10);
  });

  test('leaves out what is empty', async () => {
    const empty = {
      ReadAttributes: [],
      WriteAttributes: [],
      ExplicitAuthFlows: [],
      SupportedIdentityProviders: [],
      CallbackURLs: [],
      LogoutURLs: [],
      AllowedOAuthFlows: [],
      AllowedOAuthScopes: [],
    };
    const { answered } = await created(empty);
    expect(Object.keys(answered)).toEqual(expect.not.arrayContaining(Object.keys(empty)));
  });

  test('does not know a pool that nobody made', async () => {
    const { client } = await startService();
    const asked = new CreateUserPoolClientCommand({ UserPoolId: 'us-east-1_000000000', ClientName: 'web' });
    expect(await refused(client.send(asked))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test.each([
    ['', /greater than or equal to 1/],
    ['x'.repeat(129), /less than or equal to 128/],
    ['<img src=x onerror=alert(1)>', /regular expression pattern/],
    ['web\u0007', /regular expression pattern/],
  ])('refuses the name %j', async (ClientName, message) => {
    expect(await refusal({ ClientName })).toMatch(message);
  });
});

describe('The secret of CreateUserPoolClient', () => {
  const hash = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64');

  test('may be brought along, and is asked for from then on', async () => {
    const { client, aPool, aClient } = await startService();
    for (const ClientSecret of ['a'.repeat(24), 'B_9+'.repeat(16)]) {
      const app = await aClient(await aPool(), { ClientSecret });
      expect(app.ClientSecret).toBe(ClientSecret);
      const signUp = (SecretHash: string | undefined) =>
        client.send(new SignUpCommand({ ClientId: app.id, Username: 'ada', Password: 'Correct-Horse-9', SecretHash }));
      expect(await refused(signUp(undefined))).toBe(
        `NotAuthorizedException: Client ${app.id} is configured for secret but secret was not received`,
      );
      expect(await refused(signUp(hash('another', `ada${app.id}`)))).toBe(
        `NotAuthorizedException: Unable to verify secret hash for client ${app.id}`,
      );
      expect(await refused(signUp(hash(ClientSecret, `ada${app.id}`)))).toBe(accepted);
    }
  });

  test('may be brought along when none is to be made', async () => {
    const ClientSecret = 'a'.repeat(30);
    expect((await created({ ClientSecret, GenerateSecret: false })).answered.ClientSecret).toBe(ClientSecret);
  });

  test('is not brought along and made as well', async () => {
    expect(await refusal({ ClientSecret: 'a'.repeat(30), GenerateSecret: true })).toBe(
      invalid('Only one of GenerateSecret or ClientSecret can be set.'),
    );
  });

  test.each(['a'.repeat(23), 'a'.repeat(65), `${'a'.repeat(30)}-`, `${'a'.repeat(30)} `])(
    'is never repeated when it is refused: %j',
    async (ClientSecret) => {
      const told = await refusal({ ClientSecret });
      expect(told).toMatch(/^InvalidParameterException: 1 validation error detected: Value at 'clientSecret' failed/);
      expect(told).not.toContain('aaaa');
    },
  );
});

describe('Token validity in CreateUserPoolClient (pools-and-users 25)', () => {
  const outOfRange = invalid('Invalid range for token validity.');
  const seconds = { AccessToken: 'seconds', IdToken: 'seconds' } as const;

  test('has no units until one is given, then all three', async () => {
    expect((await created({ AccessTokenValidity: 2 })).answered).toMatchObject({
      AccessTokenValidity: 2,
      TokenValidityUnits: {},
    });
    const { answered } = await created({ TokenValidityUnits: { AccessToken: 'minutes' }, AccessTokenValidity: 10 });
    expect(answered.TokenValidityUnits).toEqual({ AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'days' });
    const all = { AccessToken: 'minutes', IdToken: 'seconds', RefreshToken: 'hours' } as const;
    const given = { TokenValidityUnits: all, AccessTokenValidity: 10, IdTokenValidity: 600, RefreshTokenValidity: 2 };
    expect((await created(given)).answered).toMatchObject(given);
  });

  test.each([
    ['seconds', 300, 86_400],
    ['minutes', 5, 1440],
    ['hours', 1, 24],
    ['days', 1, 1],
  ] as const)('lets access and ID tokens live from five minutes to a day, in %s', async (unit, least, most) => {
    for (const [of, name] of [
      ['AccessToken', 'AccessTokenValidity'],
      ['IdToken', 'IdTokenValidity'],
    ] as const) {
      const ask = (value: number) => refusal({ TokenValidityUnits: { [of]: unit }, [name]: value });
      expect(await ask(least)).toBe(accepted);
      expect(await ask(most)).toBe(accepted);
      expect(await ask(most + 1)).toMatch(most === 86_400 ? /less than or equal to 86400$/ : outOfRange);
      if (least > 1) expect(await ask(least - 1)).toBe(outOfRange);
      expect(await ask(0)).toMatch(/greater than or equal to 1$/);
    }
  });

  test('takes a value without a unit for hours', async () => {
    expect(await refusal({ AccessTokenValidity: 60 })).toBe(outOfRange);
    expect(await refusal({ IdTokenValidity: 24 })).toBe(accepted);
  });

  test.each([
    ['seconds', 3600, 315_360_000],
    ['minutes', 60, 3650 * 1440],
    ['hours', 1, 3650 * 24],
    ['days', 1, 3650],
  ] as const)('lets refresh tokens live from an hour to ten years, in %s', async (unit, least, most) => {
    const ask = (value: number) => refusal({ TokenValidityUnits: { RefreshToken: unit }, RefreshTokenValidity: value });
    expect(await ask(least)).toBe(accepted);
    expect(await ask(most)).toBe(accepted);
    expect(await ask(most + 1)).toMatch(most === 315_360_000 ? /less than or equal to 315360000$/ : outOfRange);
    if (least > 1) expect(await ask(least - 1)).toBe(outOfRange);
  });

  test('takes 0 for thirty days of a refresh token', async () => {
    const ask = async (units: object) =>
      (await created({ RefreshTokenValidity: 0, TokenValidityUnits: units })).answered.RefreshTokenValidity;
    expect(await ask({})).toBe(30);
    expect(await ask({ RefreshToken: 'hours' })).toBe(720);
  });

  test('lets no refresh token end before what it refreshes', async () => {
    const units = { ...seconds, RefreshToken: 'seconds' } as const;
    const ask = (refresh: number, access: number, id: number) =>
      refusal({
        TokenValidityUnits: units,
        RefreshTokenValidity: refresh,
        AccessTokenValidity: access,
        IdTokenValidity: id,
      });
    expect(await ask(7200, 7200, 7200)).toBe(accepted);
    expect(await ask(7200, 7201, 300)).toMatch(/^InvalidParameterException: /);
    expect(await ask(7200, 300, 7201)).toMatch(/^InvalidParameterException: /);
  });

  test.each([
    [2, /greater than or equal to 3$/],
    [16, /less than or equal to 15$/],
  ])('leaves no %s minutes for an answer', async (AuthSessionValidity, message) => {
    expect(await refusal({ AuthSessionValidity })).toMatch(message);
  });
});

describe('The flows of CreateUserPoolClient (pools-and-users 26)', () => {
  const mixed = invalid('ExplicitAuthFlows with the ALLOW_ prefix cannot be mixed with those without it.');

  test('are of the newer or of the older kind', async () => {
    const older: ExplicitAuthFlowsType[] = ['ADMIN_NO_SRP_AUTH', 'CUSTOM_AUTH_FLOW_ONLY', 'USER_PASSWORD_AUTH'];
    for (const flow of older) {
      expect(await refusal({ ExplicitAuthFlows: [flow, 'ALLOW_REFRESH_TOKEN_AUTH'] })).toBe(mixed);
      expect(await refusal({ ExplicitAuthFlows: [flow] })).toBe(accepted);
    }
    expect(await refusal({ ExplicitAuthFlows: older })).toBe(accepted);
    expect(await refusal({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })).toBe(accepted);
  });

  test('are SRP, refresh and the custom one where none is named', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const { username } = await service.aUser(pool);
    const app = await service.aClient(pool, { ExplicitAuthFlows: undefined });
    const { bySrp, byPassword, refresh, initiate } = signingIn(service, app);
    const { AuthenticationResult: tokens } = await bySrp(username);
    expect(tokens?.TokenType).toBe('Bearer');
    const refreshed = await refresh(tokens?.RefreshToken ?? '');
    expect(refreshed.AuthenticationResult?.TokenType).toBe('Bearer');
    // That the pool has no functions for it is found out behind the gate.
    expect(await refused(initiate('CUSTOM_AUTH', { USERNAME: username }))).not.toMatch(/not enabled for the client/);
    expect(await refused(byPassword(username))).toBe(invalid('USER_PASSWORD_AUTH flow not enabled for this client'));
    expect(await refused(initiate('USER_AUTH', { USERNAME: username }))).toBe(
      invalid('USER_AUTH flow not enabled for this client'),
    );
  });

  test('of the older kind leave SRP and refresh open, and are themselves usable', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const { username } = await service.aUser(pool);
    const app = await service.aClient(pool, { ExplicitAuthFlows: ['USER_PASSWORD_AUTH'] });
    const { bySrp, byPassword, refresh } = signingIn(service, app);
    const { AuthenticationResult: tokens } = await bySrp(username);
    expect(await refused(refresh(tokens?.RefreshToken ?? ''))).toBe(accepted);
    expect(await refused(byPassword(username))).toBe(accepted);
  });

  test('without the one that refreshes give tokens that nobody can refresh', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const { username } = await service.aUser(pool);
    const app = await service.aClient(pool, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    const { byPassword, refresh } = signingIn(service, app);
    const { AuthenticationResult: tokens } = await byPassword(username);
    expect(await refused(refresh(tokens?.RefreshToken ?? ''))).toBe(
      invalid('REFRESH_TOKEN_AUTH flow not enabled for this client'),
    );
  });

  test('let people choose a factor only where the plan has it', async () => {
    const choice: Settings = { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] };
    expect(await refusal(choice, { UserPoolTier: 'LITE' })).toBe(
      'FeatureUnavailableInTierException: ALLOW_USER_AUTH is not available in the LITE tier.',
    );
    expect(await refusal(choice)).toBe(accepted);
  });

  test('refresh in one way', async () => {
    const both: Settings = {
      RefreshTokenRotation: { Feature: 'ENABLED' },
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    };
    expect(await refusal(both)).toBe(
      invalid('RefreshTokenRotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.'),
    );
    expect(await refusal({ ...both, RefreshTokenRotation: { Feature: 'DISABLED' } })).toBe(accepted);
    expect(await refusal({ ...both, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })).toBe(accepted);
  });

  test.each([-1, 61])('refuse a grace of %s seconds', async (RetryGracePeriodSeconds) => {
    expect(await refusal({ RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds } })).toMatch(
      /'refreshTokenRotation\.retryGracePeriodSeconds'/,
    );
  });
});

describe('The attributes of CreateUserPoolClient (pools-and-users 26)', () => {
  const Schema: NonNullable<CreateUserPoolCommandInput['Schema']> = [
    { Name: 'plan', AttributeDataType: 'String' },
    { Name: 'hidden', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
    { Name: 'email', Required: true },
  ];
  const badRead = invalid('Invalid read attributes specified while creating a client');
  const badWrite = invalid('Invalid write attributes specified while creating a client');

  test('are those of the schema', async () => {
    const lists = {
      ReadAttributes: ['sub', 'email', 'email_verified', 'custom:plan'],
      WriteAttributes: ['email', 'custom:plan'],
    };
    expect((await created(lists, { Schema })).answered).toMatchObject(lists);
    for (const name of ['plan', 'custom:other', 'Email', 'dev:custom:hidden', '__proto__', 'constructor', 'toString']) {
      expect(await refusal({ ReadAttributes: [name] }, { Schema }), name).toBe(badRead);
      expect(await refusal({ WriteAttributes: ['email', name] }, { Schema }), name).toBe(badWrite);
    }
  });

  test('that can be written are never those that say who somebody is', async () => {
    for (const name of ['sub', 'email_verified', 'phone_number_verified']) {
      expect(await refusal({ WriteAttributes: ['email', name] }, { Schema }), name).toBe(badWrite);
    }
  });

  test('that can be written have all that are required among them', async () => {
    expect(await refusal({ WriteAttributes: ['custom:plan'] }, { Schema })).toBe(
      invalid('WriteAttributes must contain the required attribute email.'),
    );
  });

  test('have no empty name', async () => {
    expect(await refusal({ ReadAttributes: [''] })).toBe(
      invalid(
        "1 validation error detected: Value '[]' at 'readAttributes' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1]",
      ),
    );
  });
});

describe('The redirects of CreateUserPoolClient (pools-and-users 26)', () => {
  test.each([
    'https://shop.example.com/in?from=shop',
    'http://localhost:3000/in',
    'http://127.0.0.1/in',
    'http://[::1]:8080/in',
    'com.example.shop:/in',
    'shop://in',
  ])('may lead to %s', async (uri) => {
    const uris = { CallbackURLs: [uri], LogoutURLs: [uri], DefaultRedirectURI: uri };
    expect((await created(uris)).answered).toMatchObject(uris);
  });

  test.each([
    '/in',
    'shop.example.com',
    'http://shop.example.com/in',
    'https://shop.example.com/in#part',
    'http://localhost.example.com/in',
    'http://127.0.0.1.example.com/in',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'https:shop.example.com',
    'https:///shop.example.com',
  ])('do not lead to %s', async (uri) => {
    const told = invalid(`Invalid redirect URI: ${uri}`);
    expect(await refusal({ CallbackURLs: ['https://shop.example.com', uri] })).toBe(told);
    expect(await refusal({ LogoutURLs: [uri] })).toBe(told);
  });

  test('lead by default to one that is listed', async () => {
    const CallbackURLs = ['https://shop.example.com/in'];
    const told = invalid('DefaultRedirectURI must be one of CallbackURLs.');
    expect(await refusal({ CallbackURLs, DefaultRedirectURI: 'https://shop.example.com/' })).toBe(told);
    expect(await refusal({ DefaultRedirectURI: 'https://shop.example.com/in' })).toBe(told);
  });

  test('are up to a hundred, each with something in it', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `https://shop.example.com/${index}`);
    expect(await refusal({ CallbackURLs: many(100), LogoutURLs: many(100) })).toBe(accepted);
    expect(await refusal({ CallbackURLs: many(101) })).toMatch(/'callbackURLs' failed .* less than or equal to 100$/);
    expect(await refusal({ LogoutURLs: many(101) })).toMatch(/'logoutURLs' failed .* less than or equal to 100$/);
    for (const [name, path] of [
      ['CallbackURLs', 'callbackURLs'],
      ['LogoutURLs', 'logoutURLs'],
    ] as const) {
      expect(await refusal({ [name]: [''] })).toMatch(
        new RegExp(`Value '\\[\\]' at '${path}' failed .* Member must satisfy constraint: \\[Member must have length`),
      );
      expect(await refusal({ [name]: ['https://a\r\nx'] })).toMatch(new RegExp(`at '${path}' failed`));
    }
  });

  test('take no more room than a client has', async () => {
    const long = (count: number) => Array.from({ length: count }, (_, index) => `a:${index}${'ä'.repeat(1000)}`);
    expect(await refusal({ CallbackURLs: long(100), LogoutURLs: long(100) })).toBe(
      invalid('The settings may take 390000 bytes in all.'),
    );
    expect(await refusal({ CallbackURLs: long(100), LogoutURLs: long(80) })).toBe(accepted);
  });
});

describe('OAuth in CreateUserPoolClient (pools-and-users 26)', () => {
  const on: Settings = { AllowedOAuthFlowsUserPoolClient: true };
  const incomplete = oauth(
    'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
  );

  test('needs flows and scopes once it is allowed', async () => {
    expect(await refusal(on)).toBe(incomplete);
    expect(await refusal({ ...on, AllowedOAuthFlows: ['code'] })).toBe(incomplete);
    expect(await refusal({ ...on, AllowedOAuthScopes: ['openid'] })).toBe(incomplete);
    expect(await refusal({ ...on, AllowedOAuthFlows: [], AllowedOAuthScopes: ['openid'] })).toBe(incomplete);
    expect(await refusal({ ...on, AllowedOAuthFlows: ['code', 'implicit'], AllowedOAuthScopes: ['openid'] })).toBe(
      accepted,
    );
    expect(await refusal({ AllowedOAuthFlows: ['code'] })).toBe(accepted);
  });

  test('gives a client tokens in its own name only with a secret, and in no other flow', async () => {
    const own: Settings = { ...on, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['openid'] };
    expect(await refusal({ ...own, GenerateSecret: true, AllowedOAuthFlows: ['client_credentials', 'code'] })).toBe(
      oauth('client_credentials flow can not be selected along with code flow or implicit flow.'),
    );
    expect(await refusal(own)).toBe(
      oauth('client_credentials flow can not be selected if client does not have a client secret.'),
    );
    expect(await refusal({ ...own, GenerateSecret: true })).toBe(accepted);
  });

  test('knows the scopes of the API', async () => {
    const AllowedOAuthScopes = ['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin'];
    expect((await created({ AllowedOAuthScopes })).answered).toMatchObject({ AllowedOAuthScopes });
    expect(await refusal({ AllowedOAuthScopes: Array(51).fill('openid') })).toMatch(/less than or equal to 50$/);
    expect(await refusal({ AllowedOAuthScopes: [''] })).toMatch(/^InvalidParameterException.*'allowedOAuthScopes'/);
    expect(await refusal({ AllowedOAuthFlows: ['code', 'implicit', 'code', 'implicit'] })).toMatch(/equal to 3$/);
  });

  test('knows the scopes of the resource servers of its own pool, and no other', async () => {
    const service = await startService();
    const [pool, other] = [await service.aPool(), await service.aPool()];
    const api = 'https://shop.example.com/api';
    await serversOf(service, pool).create('shop', { Scopes: scopesNamed('read', 'write') });
    await serversOf(service, pool).create(api, { Scopes: scopesNamed('read') });
    await serversOf(service, other).create('bank', { Scopes: scopesNamed('read') });
    const ask = (...AllowedOAuthScopes: string[]) => refused(service.aClient(pool, { AllowedOAuthScopes }));
    const unknown = (scope: string) => `ScopeDoesNotExistException: Invalid scope requested: ${scope}`;

    const AllowedOAuthScopes = ['openid', 'shop/read', 'shop/write', `${api}/read`];
    expect(await service.aClient(pool, { AllowedOAuthScopes })).toMatchObject({ AllowedOAuthScopes });
    for (const scope of ['shop/pay', 'bank/read', 'shop', 'shop/', '/read', 'Shop/read', `${api}/write`, 'read']) {
      expect(await ask('openid', scope), scope).toBe(unknown(scope));
    }
    expect(await ask('shop/read', 'a/b', 'c/d')).toBe(unknown('a/b'));
  });

  test('knows the identity providers of its own pool, and the pool itself', async () => {
    const service = await startService();
    const [pool, other] = [await service.aPool(), await service.aPool()];
    await aGoogle(service, other);
    const ask = (...names: string[]) => refused(service.aClient(pool, { SupportedIdentityProviders: names }));
    const unknown = (name: string) => invalid(`The provider ${name} does not exist for User Pool ${pool.id}.`);
    expect(await ask('COGNITO')).toBe(accepted);
    expect(await ask('COGNITO', 'Google')).toBe(unknown('Google'));
    await aGoogle(service, pool);
    expect(await ask('Google', 'COGNITO')).toBe(accepted);
    for (const name of ['google', 'Facebook', 'Cognito', '__proto__']) {
      expect(await ask('Google', name), name).toBe(unknown(name));
    }
    expect(await ask('Google', ...Array.from({ length: 60 }, (_, at) => `provider ${at}`))).toBe(unknown('provider 0'));
  });

  test('passes on what it knows of a person only for a client with a secret', async () => {
    const passing: Settings = { EnablePropagateAdditionalUserContextData: true };
    expect(await refusal(passing)).toBe(
      invalid('EnablePropagateAdditionalUserContextData needs a client with a secret.'),
    );
    expect(await refusal({ ...passing, GenerateSecret: true })).toBe(accepted);
  });
});

describe('CreateUserPoolClient in a deployment of other bounds (pools-and-users 58)', () => {
  const limit = (most: number, what: string) =>
    `LimitExceededException: The limit of ${most} ${what} would be exceeded.`;

  test('makes so many clients in a pool, also when they are asked for at once', async () => {
    const { aPool, aClient, client } = await startService({ settings: { quotas: { clientsPerPool: 3 } } });
    const pool = await aPool();
    const told = await outcomes(Array.from({ length: 6 }, () => aClient(pool)));
    const full = limit(3, 'clients of a user pool');
    expect(told.toSorted()).toEqual([full, full, full, 'done', 'done', 'done']);
    const { UserPoolClients = [] } = await client.send(new ListUserPoolClientsCommand({ UserPoolId: pool.id }));
    const [{ ClientId } = {}] = UserPoolClients;
    await client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId }));
    expect(await refused(aClient(pool))).toBe(accepted);
    expect(await refused(aClient(pool))).toBe(full);
    expect(await refused(aClient(await aPool()))).toBe(accepted);
  });

  test('bounds scopes and redirects of a client', async () => {
    const quotas = { scopesPerClient: 2, redirectUrisPerClient: 1 };
    const { aPool, aClient } = await startService({ settings: { quotas } });
    const pool = await aPool();
    const ask = (settings: Settings) => refused(aClient(pool, settings));
    expect(await ask({ AllowedOAuthScopes: ['openid', 'email', 'phone'] })).toBe(limit(2, 'scopes of an app client'));
    expect(await ask({ CallbackURLs: ['shop:a', 'shop:b'] })).toBe(limit(1, 'callback URLs of an app client'));
    expect(await ask({ LogoutURLs: ['shop:a', 'shop:b'] })).toBe(limit(1, 'logout URLs of an app client'));
    const most = { AllowedOAuthScopes: ['openid', 'email'], CallbackURLs: ['shop:a'], LogoutURLs: ['shop:b'] };
    expect(await ask(most)).toBe(accepted);
  });
});
