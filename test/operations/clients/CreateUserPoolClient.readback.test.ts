/** What tools rely on that keep a description of an application: what was written is read back, and nothing else. */
import {
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
  type UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { everyClientSetting } from '../../support/every-setting.ts';
import { aGoogle } from '../../support/google-provider.ts';
import { scopesNamed, serversOf } from '../../support/resource-servers.ts';
import { type Service, startService } from '../../support/start-service.ts';

type Settings = Omit<CreateUserPoolClientCommandInput, 'UserPoolId'>;

/** A pool with everything that an application may name. */
async function aShop() {
  const service = await startService();
  const pool = await service.aPool({ Schema: [{ Name: 'plan', AttributeDataType: 'String' }] });
  await serversOf(service, pool).create('https://shop.example.com', { Scopes: scopesNamed('read', 'write') });
  await aGoogle(service, pool);
  return { service, pool };
}

const everything: Settings = {
  ...everyClientSetting,
  ReadAttributes: ['custom:plan', 'email', 'email_verified'],
  WriteAttributes: ['custom:plan', 'email'],
  SupportedIdentityProviders: ['Google', 'COGNITO'],
  AllowedOAuthScopes: ['https://shop.example.com/write', 'openid', 'https://shop.example.com/read'],
};

/** What an application shows that was told nothing but its name. */
const defaults = {
  RefreshTokenValidity: 30,
  TokenValidityUnits: {},
  AllowedOAuthFlowsUserPoolClient: false,
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: false,
  AuthSessionValidity: 3,
};

function applying({ client, clock }: Service, UserPoolId: string) {
  const look = async (ClientId: string | undefined): Promise<UserPoolClientType> => {
    const { UserPoolClient = {} } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    return UserPoolClient;
  };
  return {
    look,
    async create(settings: Settings) {
      const { UserPoolClient = {} } = await client.send(new CreateUserPoolClientCommand({ UserPoolId, ...settings }));
      return UserPoolClient;
    },
    async update(ClientId: string | undefined, settings: object) {
      clock.advance(1_000);
      const { UserPoolClient = {} } = await client.send(
        new UpdateUserPoolClientCommand({ ...settings, UserPoolId, ClientId }),
      );
      return UserPoolClient;
    },
  };
}

/** The part of an answer that a tool compares with its description, and would write again. */
function settingsIn(shown: UserPoolClientType): Omit<UpdateUserPoolClientCommandInput, 'UserPoolId' | 'ClientId'> {
  const { UserPoolId: _pool, ClientId: _id, ClientSecret: _secret, ClientType: _type, ...rest } = shown;
  const { CreationDate: _created, LastModifiedDate: _modified, ...settings } = rest;
  return settings;
}

const withoutDate = ({ LastModifiedDate: _date, ...shown }: UserPoolClientType) => shown;

const cases: readonly [string, Settings, object][] = [
  ['a name', { ClientName: 'web' }, defaults],
  ['every setting and a secret', { ...everything, GenerateSecret: true }, {}],
  [
    'one unit and one value',
    { ClientName: 'web', TokenValidityUnits: { AccessToken: 'minutes' }, AccessTokenValidity: 30 },
    {
      ...defaults,
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'days' },
    },
  ],
  [
    'the thirty days that 0 stands for',
    { ClientName: 'web', RefreshTokenValidity: 0, TokenValidityUnits: { RefreshToken: 'hours' } },
    {
      ...defaults,
      RefreshTokenValidity: 720,
      TokenValidityUnits: { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'hours' },
    },
  ],
  [
    'settings that say what holds anyway',
    {
      ClientName: 'web',
      ...defaults,
      ReadAttributes: [],
      ExplicitAuthFlows: [],
      CallbackURLs: [],
      RefreshTokenRotation: { Feature: 'DISABLED' },
      PreventUserExistenceErrors: 'LEGACY',
    },
    { ...defaults, RefreshTokenRotation: { Feature: 'DISABLED' }, PreventUserExistenceErrors: 'LEGACY' },
  ],
];

/** What remains to be seen of settings that were written. */
function visible({ GenerateSecret: _secret, ...settings }: Settings) {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

describe.each(cases)('An app client of %s', (_what, written, shownBeside) => {
  test('reads back as it was written, with the defaults of the API beside', async () => {
    const { service, pool } = await aShop();
    const { create, look } = applying(service, pool.id);
    const created = await create(written);
    const now = new Date(service.clock.now());
    const expected = {
      ...visible(written),
      ...shownBeside,
      UserPoolId: pool.id,
      ClientId: expect.stringMatching(/^[0-9a-v]{25,26}$/),
      CreationDate: now,
      LastModifiedDate: now,
      ...(written.GenerateSecret && { ClientSecret: expect.stringMatching(/^[0-9a-v]{51,52}$/) }),
    };
    expect(created).toEqual(expected);
    expect(await look(created.ClientId)).toEqual({ ...created, ClientType: 'REGULAR' });
  });

  test('is not changed by an update with what was read', async () => {
    const { service, pool } = await aShop();
    const { create, look, update } = applying(service, pool.id);
    const { ClientId } = await create(written);
    const before = await look(ClientId);
    const answered = await update(ClientId, settingsIn(before));
    expect({ ...withoutDate(answered), ClientType: 'REGULAR' }).toEqual(withoutDate(before));
    const after = await look(ClientId);
    expect(withoutDate(after)).toEqual(withoutDate(before));
    expect(after.LastModifiedDate).toEqual(new Date(service.clock.now()));
  });

  test('is the same whether it was created or updated to be so', async () => {
    const { service, pool } = await aShop();
    const { create, look, update } = applying(service, pool.id);
    const { GenerateSecret, ...settings } = written;
    const made = await look((await create(written)).ClientId);
    const { ClientId } = await create({ ...everything, GenerateSecret: GenerateSecret ?? true });
    await update(ClientId, settings);
    expect(settingsIn(await look(ClientId))).toEqual(settingsIn(made));
  });
});
