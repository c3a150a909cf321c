import { createHmac } from 'node:crypto';
import {
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  GetUserCommand,
  InitiateAuthCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
  type UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import type { BuiltClient } from '../../support/builders.ts';
import { everyClientSetting } from '../../support/every-setting.ts';
import { aGoogle } from '../../support/google-provider.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { scopesNamed, serversOf } from '../../support/resource-servers.ts';
import { type Service, startService } from '../../support/start-service.ts';

type Changes = Omit<UpdateUserPoolClientCommandInput, 'UserPoolId' | 'ClientId'>;

interface Given {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly app?: Partial<CreateUserPoolClientCommandInput>;
}

async function aChangeableClient({ pool, app: settings = { ExplicitAuthFlows: undefined } }: Given = {}) {
  const service = await startService();
  const app = await service.aClient(await service.aPool(pool), settings);
  return { ...changeable(service, app), app, service };
}

function changeable({ client }: Pick<Service, 'client'>, { poolId, id }: Pick<BuiltClient, 'poolId' | 'id'>) {
  const named = { UserPoolId: poolId, ClientId: id };
  return {
    async update(changes: Changes): Promise<UserPoolClientType> {
      const answer = await client.send(new UpdateUserPoolClientCommand({ ...named, ...changes }));
      return answer.UserPoolClient ?? {};
    },
    async look(): Promise<UserPoolClientType> {
      const { UserPoolClient = {} } = await client.send(new DescribeUserPoolClientCommand(named));
      return UserPoolClient;
    },
  };
}

const invalid = (message: string): string => `InvalidParameterException: ${message}`;
const goneClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;

describe('UpdateUserPoolClient', () => {
  test('answers with the whole client, and shows every setting from then on', async () => {
    const { update, look, app } = await aChangeableClient({ app: { GenerateSecret: true } });
    const { id: ClientId, poolId: UserPoolId, ClientSecret, CreationDate, LastModifiedDate } = app;
    const kept = { ClientId, UserPoolId, ClientSecret, CreationDate, LastModifiedDate };
    expect(await update(everyClientSetting)).toEqual({ ...everyClientSetting, ...kept });
    expect(await look()).toEqual({ ...everyClientSetting, ...kept, ClientType: 'REGULAR' });
  });

  test('moves the date of the last change, and never that of creation', async () => {
    const { update, app, service } = await aChangeableClient();
    const { id: _id, poolId: _pool, ...made } = app;
    service.clock.advance(5_000);
    expect(await update({ ClientName: 'renamed' })).toEqual({
      ...made,
      ClientName: 'renamed',
      LastModifiedDate: new Date(service.clock.now()),
    });
  });

  test('returns to its default whatever the request leaves out', async () => {
    const { update, look, service, app } = await aChangeableClient({
      app: { ...everyClientSetting, GenerateSecret: true },
    });
    const before = await look();
    const fresh = await service.aClient({ id: app.poolId }, { ExplicitAuthFlows: undefined, GenerateSecret: true });
    const after = await update({});
    const { id: _id, poolId: _pool, ...defaults } = fresh;
    const { ClientId, ClientName, ClientSecret } = before;
    expect(after).toEqual({ ...defaults, ClientId, ClientName, ClientSecret });
  });

  test('refuses a unit that puts the default of a value out of range', async () => {
    const { update } = await aChangeableClient();
    const RefreshToken = 'minutes';
    expect(await refused(update({ TokenValidityUnits: { RefreshToken } }))).toBe(
      invalid('Invalid range for token validity.'),
    );
    expect(await refused(update({ TokenValidityUnits: { RefreshToken }, RefreshTokenValidity: 60 }))).toBe(
      'nothing is refused',
    );
  });

  test('takes no secret, and keeps the one there is', async () => {
    for (const GenerateSecret of [true, false]) {
      const { look, service, app } = await aChangeableClient({ app: { GenerateSecret } });
      const answer = await service.call('UpdateUserPoolClient', {
        UserPoolId: app.poolId,
        ClientId: app.id,
        GenerateSecret: !GenerateSecret,
        ClientSecret: 'a'.repeat(30),
      });
      expect(answer.status).toBe(200);
      expect((await look()).ClientSecret).toBe(app.ClientSecret);
    }
  });

  test('takes empty lists, but no empty texts in them', async () => {
    const { update, look } = await aChangeableClient({
      app: { CallbackURLs: ['shop:in'], LogoutURLs: ['shop:out'], ReadAttributes: ['email'] },
    });
    expect(await refused(update({ LogoutURLs: [''] }))).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value '\[\]' at 'logoutURLs' failed to satisfy constraint: Member must satisfy constraint: \[/,
    );
    expect(await look()).toMatchObject({ CallbackURLs: ['shop:in'], LogoutURLs: ['shop:out'] });
    const after = await update({ CallbackURLs: [], LogoutURLs: [], ReadAttributes: [], WriteAttributes: [] });
    expect(Object.keys(after)).toEqual(expect.not.arrayContaining(['CallbackURLs', 'LogoutURLs', 'ReadAttributes']));
  });
});

describe('UpdateUserPoolClient with a name alone (pools-and-users 27)', () => {
  const password = 'Correct-Horse-9';
  const hash = (app: BuiltClient, username: string) =>
    createHmac('sha256', app.ClientSecret ?? '')
      .update(`${username}${app.id}`)
      .digest('base64');

  /** What an application with these lists can do for its users. */
  async function anApplication(lists: Changes) {
    const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH'] as const;
    const app = { ...lists, ExplicitAuthFlows: [...ExplicitAuthFlows], GenerateSecret: true };
    const made = await aChangeableClient({ app });
    const { client } = made.service;
    const attributes = { email: 'ada@example.com', name: 'Ada', nickname: 'A' };
    await made.service.aUser({ id: made.app.poolId }, { username: 'ada', password, attributes });
    return {
      ...made,
      async token() {
        const AuthParameters = { USERNAME: 'ada', PASSWORD: password, SECRET_HASH: hash(made.app, 'ada') };
        const asked = { ClientId: made.app.id, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters } as const;
        const { AuthenticationResult } = await client.send(new InitiateAuthCommand(asked));
        return AuthenticationResult?.AccessToken;
      },
      signUp: (Username: string, name: string) =>
        client.send(
          new SignUpCommand({
            ClientId: made.app.id,
            Username,
            Password: password,
            SecretHash: hash(made.app, Username),
            UserAttributes: [{ Name: name, Value: 'x' }],
          }),
        ),
      write: (AccessToken: string | undefined, Name: string) =>
        client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value: 'x' }] })),
      async read(AccessToken: string | undefined) {
        const { UserAttributes = [] } = await client.send(new GetUserCommand({ AccessToken }));
        return UserAttributes.map(({ Name }) => Name).toSorted();
      },
    };
  }

  test('clears the flows and the lists of attributes, and keeps name and secret', async () => {
    const { update, app, look } = await anApplication({ ReadAttributes: ['email'], WriteAttributes: ['name'] });
    await update({ ClientName: 'renamed' });
    const after = await look();
    expect(after).toMatchObject({ ClientName: 'renamed', ClientSecret: app.ClientSecret, ClientId: app.id });
    for (const name of ['ExplicitAuthFlows', 'ReadAttributes', 'WriteAttributes'])
      expect(after).not.toHaveProperty(name);
    await update({ AuthSessionValidity: 5 });
    expect(await look()).toMatchObject({ ClientName: 'renamed', ClientSecret: app.ClientSecret });
  });

  test('opens to an application what its lists kept from it', async () => {
    const unauthorized = 'NotAuthorizedException: A client attempted to write unauthorized attribute';
    const { update, token, signUp, write, read } = await anApplication({
      ReadAttributes: ['name'],
      WriteAttributes: ['name'],
    });
    const AccessToken = await token();
    expect(await read(AccessToken)).toEqual(['name', 'sub']);
    expect(await refused(signUp('bob', 'nickname'))).toBe(unauthorized);
    expect(await refused(signUp('bob', 'name'))).toBe('nothing is refused');
    expect(await refused(write(AccessToken, 'nickname'))).toBe(unauthorized);
    expect(await refused(write(AccessToken, 'name'))).toBe('nothing is refused');

    await update({ ClientName: 'renamed' });
    expect(await read(AccessToken)).toEqual(['email', 'name', 'nickname', 'sub']);
    expect(await refused(signUp('eve', 'nickname'))).toBe('nothing is refused');
    expect(await refused(write(AccessToken, 'nickname'))).toBe('nothing is refused');
    expect(await refused(token())).toBe(invalid('USER_PASSWORD_AUTH flow not enabled for this client'));
  });
});

describe('UpdateUserPoolClient refuses', () => {
  test.each<[string, Changes, string]>([
    [
      'flows of both kinds',
      { ExplicitAuthFlows: ['USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'] },
      invalid('ExplicitAuthFlows with the ALLOW_ prefix cannot be mixed with those without it.'),
    ],
    ['tokens that live too long', { AccessTokenValidity: 25 }, invalid('Invalid range for token validity.')],
    [
      'attributes that do not exist',
      { ReadAttributes: ['custom:plan'] },
      invalid('Invalid read attributes specified while creating a client'),
    ],
    [
      'redirects that run something',
      { CallbackURLs: ['javascript:alert(1)'] },
      invalid('Invalid redirect URI: javascript:alert(1)'),
    ],
    [
      'a default redirect that is not listed',
      { DefaultRedirectURI: 'shop:in' },
      invalid('DefaultRedirectURI must be one of CallbackURLs.'),
    ],
    [
      'OAuth without flows',
      { AllowedOAuthFlowsUserPoolClient: true },
      'InvalidOAuthFlowException: AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    ],
    [
      'tokens in the name of a public client',
      { AllowedOAuthFlows: ['client_credentials'] },
      'InvalidOAuthFlowException: client_credentials flow can not be selected if client does not have a client secret.',
    ],
    [
      'scopes of a server that does not exist',
      { AllowedOAuthScopes: ['shop/read'] },
      'ScopeDoesNotExistException: Invalid scope requested: shop/read',
    ],
    [
      'the context of people without a secret',
      { EnablePropagateAdditionalUserContextData: true },
      invalid('EnablePropagateAdditionalUserContextData needs a client with a secret.'),
    ],
    [
      'two ways to refresh',
      { RefreshTokenRotation: { Feature: 'ENABLED' }, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] },
      invalid('RefreshTokenRotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.'),
    ],
    [
      'more than a client has room for',
      { SupportedIdentityProviders: Array(45_000).fill('COGNITO') },
      invalid('The settings may take 390000 bytes in all.'),
    ],
  ])('%s, and changes nothing', async (_what, changes, told) => {
    const { update, look } = await aChangeableClient({ app: { ReadAttributes: ['email'] } });
    const before = await look();
    expect(await refused(update(changes))).toBe(told);
    expect(await look()).toEqual(before);
  });

  test('the choice of a factor that the plan does not have', async () => {
    const { update } = await aChangeableClient({ pool: { UserPoolTier: 'LITE' } });
    expect(await refused(update({ ExplicitAuthFlows: ['ALLOW_USER_AUTH'] }))).toBe(
      'FeatureUnavailableInTierException: ALLOW_USER_AUTH is not available in the LITE tier.',
    );
  });

  test('a client that nobody made, or of another pool, or of a pool that is gone or elsewhere', async () => {
    const { service, app } = await aChangeableClient();
    const { id: other } = await service.aPool();
    const attempt = (poolId: string, id: string, through: Pick<Service, 'client'> = service) =>
      refused(changeable(through, { poolId, id }).update({ ClientName: 'taken' }));
    expect(await attempt(app.poolId, 'nobody')).toBe(goneClient('nobody'));
    expect(await attempt(other, app.id)).toBe(goneClient(app.id));
    const gone = `ResourceNotFoundException: User pool ${app.poolId} does not exist.`;
    expect(await attempt(app.poolId, app.id, { client: service.clientFor('eu-west-1') })).toBe(gone);
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: app.poolId }));
    expect(await attempt(app.poolId, app.id)).toBe(gone);
  });
});

describe('What UpdateUserPoolClient names', () => {
  const unknownScope = (scope: string) => `ScopeDoesNotExistException: Invalid scope requested: ${scope}`;

  test('are scopes of the resource servers that there are now', async () => {
    const { update, look, app, service } = await aChangeableClient();
    const { create, update: change, remove } = serversOf(service, { id: app.poolId });
    await create('shop', { Scopes: scopesNamed('read', 'write') });
    const AllowedOAuthScopes = ['shop/read', 'shop/write'];
    expect(await update({ AllowedOAuthScopes })).toMatchObject({ AllowedOAuthScopes });

    // What goes afterwards leaves the client as it was, until somebody writes to it.
    await change('shop', { Scopes: scopesNamed('read') });
    expect(await look()).toMatchObject({ AllowedOAuthScopes });
    expect(await refused(update({ AllowedOAuthScopes }))).toBe(unknownScope('shop/write'));
    await remove('shop');
    expect(await look()).toMatchObject({ AllowedOAuthScopes });
    expect(await refused(update({ AllowedOAuthScopes: ['shop/read'] }))).toBe(unknownScope('shop/read'));
    expect(await refused(update({ ClientName: 'web' }))).toBe('nothing is refused');
    expect(await look()).not.toHaveProperty('AllowedOAuthScopes');
  });

  test('are providers of the pool', async () => {
    const { update, app, service } = await aChangeableClient();
    const SupportedIdentityProviders = ['COGNITO', 'Google'];
    expect(await refused(update({ SupportedIdentityProviders }))).toBe(
      invalid(`The provider Google does not exist for User Pool ${app.poolId}.`),
    );
    await aGoogle(service, { id: app.poolId });
    expect(await update({ SupportedIdentityProviders })).toMatchObject({ SupportedIdentityProviders });
  });

  test('is no more than the deployment has room for, by the one error that is declared for it', async () => {
    const quotas = { scopesPerClient: 2, redirectUrisPerClient: 1 };
    const service = await startService({ settings: { quotas } });
    const { update } = changeable(service, await service.aClient(await service.aPool()));
    const limit = (most: number, what: string) => invalid(`The limit of ${most} ${what} would be exceeded.`);
    expect(await refused(update({ AllowedOAuthScopes: ['openid', 'email', 'phone'] }))).toBe(
      limit(2, 'scopes of an app client'),
    );
    expect(await refused(update({ CallbackURLs: ['shop:a', 'shop:b'] }))).toBe(
      limit(1, 'callback URLs of an app client'),
    );
    expect(await refused(update({ LogoutURLs: ['shop:a', 'shop:b'] }))).toBe(limit(1, 'logout URLs of an app client'));
  });
});

describe('Many calls of UpdateUserPoolClient at once', () => {
  test('do not lose the name, which is kept when left out', async () => {
    const { update, look } = await aChangeableClient();
    for (let round = 0; round < 10; round++) {
      const told = await outcomes([
        update({ ClientName: `web ${round}` }),
        update({ AuthSessionValidity: 5 }),
        update({ AuthSessionValidity: 6 }),
      ]);
      expect(told).toEqual(['done', 'done', 'done']);
      expect((await look()).ClientName).toBe(`web ${round}`);
    }
  });

  test('leave the client as one of them wanted it, and tell those that were never done', async () => {
    const { update, look } = await aChangeableClient();
    const wanted = Array.from({ length: 12 }, (_, index) => 3 + index);
    const told = await outcomes(
      wanted.map((minutes) => update({ ClientName: `web ${minutes}`, AuthSessionValidity: minutes })),
    );
    const lost = 'ConcurrentModificationException: The user pool client is being changed by another request.';
    for (const outcome of told) expect(['done', lost]).toContain(outcome);
    const { ClientName, AuthSessionValidity = 0 } = await look();
    expect(ClientName).toBe(`web ${AuthSessionValidity}`);
    expect(told[wanted.indexOf(AuthSessionValidity)]).toBe('done');
  });

  test('beside the end of the pool say that it is gone', async () => {
    const service = await startService();
    for (let round = 0; round < 5; round++) {
      const { id: UserPoolId } = await service.aPool();
      const app = await service.aClient({ id: UserPoolId });
      const { update } = changeable(service, app);
      const told = await outcomes([
        service.client.send(new DeleteUserPoolCommand({ UserPoolId })),
        update({ ClientName: 'late' }),
        update({ ClientName: 'later' }),
      ]);
      expect(told[0]).toBe('done');
      const gone = `ResourceNotFoundException: User pool ${UserPoolId} does not exist.`;
      for (const outcome of told.slice(1)) expect(['done', gone]).toContain(outcome);
    }
  });
});

test('UpdateUserPoolClient gives up when others are always faster', async () => {
  const { ports, aPool, aClient } = await startService();
  const app = await aClient(await aPool());
  const clients = { ...ports.clients, save: async () => 'changed' as const };
  const { update } = changeable(await startService({ ports: { clients } }), app);
  expect(await refused(update({ ClientName: 'late' }))).toBe(
    'ConcurrentModificationException: The user pool client is being changed by another request.',
  );
});

describe('What UpdateUserPoolClient has answered', () => {
  const signIn = ({ client }: Pick<Service, 'client'>, ClientId: string) => {
    const AuthParameters = { USERNAME: 'ada', PASSWORD: 'Correct-Horse-9' };
    return refused(client.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })));
  };
  const closed = invalid('USER_PASSWORD_AUTH flow not enabled for this client');
  const open: Changes = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] };

  test('holds for every operation that begins afterwards', async () => {
    const { update, app, service } = await aChangeableClient();
    await service.aUser({ id: app.poolId }, { username: 'ada' });
    for (let round = 0; round < 10; round++) {
      const readers = [1, 2, 3].map(() => signIn(service, app.id));
      await update(round % 2 === 0 ? open : {});
      expect(await signIn(service, app.id)).toBe(round % 2 === 0 ? 'nothing is refused' : closed);
      await Promise.all(readers);
    }
  });

  test('holds for the next operation of another process', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    await here.aUser(pool, { username: 'ada' });
    const app = await here.aClient(pool, { ExplicitAuthFlows: undefined });
    for (let round = 0; round < 6; round++) {
      const [writer, reader] = round % 2 === 0 ? [here, there] : [there, here];
      await changeable(writer, app).update({});
      expect(await signIn(reader, app.id)).toBe(closed);
      await changeable(writer, app).update(open);
      expect(await signIn(reader, app.id)).toBe('nothing is refused');
    }
  });

  test('holds for all of the operations that another process has under way next', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    const app = await here.aClient(pool, { ExplicitAuthFlows: undefined });
    await here.aUser(pool, { username: 'ada' });
    expect(await signIn(there, app.id)).toBe(closed);
    await changeable(here, app).update(open);
    const told = await Promise.all([1, 2, 3, 4].map(() => signIn(there, app.id)));
    expect(new Set(told)).toEqual(new Set(['nothing is refused']));
  });
});
