import { describe, expect, test } from 'vitest';
import {
  type ClientSurroundings,
  clientSettingsFrom,
  requireOneSecret,
} from '../../lambdas/clients/app-client-settings.ts';
import { describeClient, describeListedClient } from '../../lambdas/clients/app-client-views.ts';
import type { ClientSettings } from '../../lambdas/core/model/client.ts';
import { schemaOf } from '../../lambdas/core/rules/schema.ts';
import { aClient, aPool, someMoment } from '../support/model.ts';
import { refusalOf } from '../support/refusals.ts';

const pool = aPool({
  schema: schemaOf([
    { Name: 'given_name', Required: true },
    { Name: 'plan', AttributeDataType: 'String' },
    { Name: 'score', AttributeDataType: 'Number', DeveloperOnlyAttribute: true },
  ]),
});
const publicClient: ClientSurroundings = { pool, hasSecret: false };
const secretClient: ClientSurroundings = { pool, hasSecret: true };

const settingsOf = (input: ClientSettings, surroundings = publicClient) => clientSettingsFrom(input, surroundings);
const refused = (input: ClientSettings, surroundings = publicClient) =>
  refusalOf(() => settingsOf(input, surroundings));

describe('The settings of a client', () => {
  test('are what the request says, without what says nothing and without what is no setting', () => {
    const input = { EnableTokenRevocation: false, CallbackURLs: [], ReadAttributes: undefined };
    expect(settingsOf({ ...input, ClientName: 'web', UserPoolId: 'x' } as ClientSettings)).toEqual({
      EnableTokenRevocation: false,
    });
  });

  test('may be none at all', () => {
    expect(settingsOf({})).toEqual({});
  });

  test.each<[string, ClientSettings, string]>([
    [
      'flows of both kinds',
      { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'ALLOW_USER_SRP_AUTH'] },
      'InvalidParameterException: ExplicitAuthFlows with the ALLOW_ prefix cannot be mixed with those without it.',
    ],
    [
      'rotation beside the flow that it replaces',
      { RefreshTokenRotation: { Feature: 'ENABLED' }, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] },
      'InvalidParameterException: RefreshTokenRotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.',
    ],
    [
      'context data from whoever has no secret',
      { EnablePropagateAdditionalUserContextData: true },
      'InvalidParameterException: EnablePropagateAdditionalUserContextData needs a client with a secret.',
    ],
    [
      'lives of tokens out of range',
      { AccessTokenValidity: 25 },
      'InvalidParameterException: Invalid range for token validity.',
    ],
    [
      'refresh tokens that die first',
      { RefreshTokenValidity: 1, AccessTokenValidity: 2, TokenValidityUnits: { RefreshToken: 'hours' } },
      'InvalidParameterException: Refresh token validity must not be shorter than access or ID token validity.',
    ],
    [
      'attributes to read that the pool has not',
      { ReadAttributes: ['email', 'custom:none'] },
      'InvalidParameterException: Invalid read attributes specified while creating a client',
    ],
    [
      'developers’ attributes to read',
      { ReadAttributes: ['dev:custom:score'] },
      'InvalidParameterException: Invalid read attributes specified while creating a client',
    ],
    ...['custom:none', 'sub', 'email_verified', 'dev:custom:score'].map((name): [string, ClientSettings, string] => [
      `${name} to write`,
      { WriteAttributes: ['given_name', name] },
      'InvalidParameterException: Invalid write attributes specified while creating a client',
    ]),
    [
      'attributes to write without the required one',
      { WriteAttributes: ['email'] },
      'InvalidParameterException: WriteAttributes must contain the required attribute given_name.',
    ],
    [
      'a callback in plain HTTP',
      { CallbackURLs: ['https://a.example/', 'http://a.example/'] },
      'InvalidParameterException: Invalid redirect URI: http://a.example/',
    ],
    [
      'a relative place after sign-out',
      { LogoutURLs: ['/bye'] },
      'InvalidParameterException: Invalid redirect URI: /bye',
    ],
    [
      'a default callback that is none',
      { CallbackURLs: ['https://a.example/'], DefaultRedirectURI: 'https://a.example/x' },
      'InvalidParameterException: DefaultRedirectURI must be one of CallbackURLs.',
    ],
    ...[{}, { AllowedOAuthFlows: ['code'] as const }, { AllowedOAuthScopes: ['openid'] }].map(
      (given): [string, ClientSettings, string] => [
        `OAuth with no more than ${JSON.stringify(given)}`,
        { AllowedOAuthFlowsUserPoolClient: true, ...given },
        'InvalidOAuthFlowException: AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
      ],
    ),
    [
      'client credentials without a secret',
      { AllowedOAuthFlows: ['client_credentials'] },
      'InvalidOAuthFlowException: client_credentials flow can not be selected if client does not have a client secret.',
    ],
    [
      'a scope that nobody defined',
      { AllowedOAuthScopes: ['openid', 'shop/read'] },
      'ScopeDoesNotExistException: Invalid scope requested: shop/read',
    ],
    [
      'a provider that nobody made',
      { SupportedIdentityProviders: ['COGNITO', 'Google'] },
      'InvalidParameterException: The provider Google does not exist for User Pool us-east-1_aBcDeF123.',
    ],
  ])('are refused with %s', (_what, input, expected) => {
    expect(refused(input)).toBe(expected);
  });

  test.each(['code', 'implicit'] as const)('do not join client credentials to %s', (flow) => {
    expect(refused({ AllowedOAuthFlows: [flow, 'client_credentials'] }, secretClient)).toBe(
      'InvalidOAuthFlowException: client_credentials flow can not be selected along with code flow or implicit flow.',
    );
  });

  test('have the choice of factors only where the plan has it', () => {
    const lite = aPool({ settings: { UserPoolTier: 'LITE' } });
    const input: ClientSettings = { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] };
    expect(refused(input, { pool: lite, hasSecret: false })).toBe(
      'FeatureUnavailableInTierException: ALLOW_USER_AUTH is not available in the LITE tier.',
    );
    expect(refused(input)).toBe('nothing is refused');
  });

  test.each<[string, ClientSettings, Partial<ClientSurroundings>]>([
    ['older flows alone', { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH'] }, {}],
    ['newer flows without the one that refreshes', { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }, {}],
    ['rotation without the older way to refresh', { RefreshTokenRotation: { Feature: 'ENABLED' } }, {}],
    ['all attributes that clients may write', { WriteAttributes: ['given_name', 'email', 'custom:plan'] }, {}],
    ['flags and sub to read', { ReadAttributes: ['sub', 'email_verified', 'custom:plan'] }, {}],
    ['context data with a secret', { EnablePropagateAdditionalUserContextData: true }, { hasSecret: true }],
    ['client credentials with a secret', { AllowedOAuthFlows: ['client_credentials'] }, { hasSecret: true }],
    ['scopes of the pool’s servers', { AllowedOAuthScopes: ['shop/read', 'openid'] }, { customScopes: ['shop/read'] }],
    ['providers of the pool', { SupportedIdentityProviders: ['COGNITO', 'Google'] }, { providers: ['Google'] }],
    [
      'one of its callbacks as the default',
      { CallbackURLs: ['app://done', 'https://a.example/'], DefaultRedirectURI: 'app://done' },
      {},
    ],
  ])('may be %s', (_what, input, surroundings) => {
    expect(settingsOf(input, { ...publicClient, ...surroundings })).toEqual(input);
  });
});

describe('The first secret of a client', () => {
  test('is made or brought along, not both', () => {
    const own = 'abcdefghijklmnopqrstuvwxyz';
    expect(refusalOf(() => requireOneSecret(true, own))).toMatch(/^InvalidParameterException: /);
    expect(refusalOf(() => requireOneSecret(true, undefined))).toBe('nothing is refused');
    expect(refusalOf(() => requireOneSecret(false, own))).toBe('nothing is refused');
  });
});

const shown = (client: Parameters<typeof describeClient>[0]) => JSON.parse(JSON.stringify(describeClient(client)));

describe('A client that was told nothing but its name', () => {
  test('shows the defaults of the API, and no more', () => {
    expect(shown(aClient())).toEqual({
      UserPoolId: 'us-east-1_aBcDeF123',
      ClientName: 'web',
      ClientId: aClient().id,
      CreationDate: someMoment,
      LastModifiedDate: someMoment,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });
  });

  test('has three members in a list, and never a secret there', () => {
    const secrets = [{ id: 'x--1', createdAt: someMoment, value: 'secret' }];
    expect(describeListedClient(aClient({ secrets }))).toEqual({
      UserPoolId: 'us-east-1_aBcDeF123',
      ClientName: 'web',
      ClientId: aClient().id,
    });
  });
});

describe('A client that was told something', () => {
  test('shows it', () => {
    const settings: ClientSettings = {
      AccessTokenValidity: 5,
      TokenValidityUnits: { AccessToken: 'minutes' },
      EnableTokenRevocation: false,
      AuthSessionValidity: 15,
      PreventUserExistenceErrors: 'ENABLED',
      CallbackURLs: ['https://a.example/'],
    };
    expect(shown(aClient({ settings }))).toMatchObject({
      ...settings,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'days' },
    });
  });

  test('shows the older of two secrets', () => {
    const secrets = ['old', 'new'].map((value, at) => ({ id: `x--${at}`, createdAt: someMoment + at, value }));
    expect(shown(aClient({ secrets })).ClientSecret).toBe('old');
  });

  test.each([
    [undefined, 30],
    ['hours', 720],
    ['seconds', 2_592_000],
  ] as const)('shows the 30 days that 0 stands for, in %s', (RefreshToken, expected) => {
    const settings: ClientSettings = {
      RefreshTokenValidity: 0,
      ...(RefreshToken && { TokenValidityUnits: { RefreshToken } }),
    };
    expect(shown(aClient({ settings })).RefreshTokenValidity).toBe(expected);
  });
});
