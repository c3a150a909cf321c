/** Every list of the API, held to the same promises: each item once, tokens that fit nothing else, and quiet under change. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anAuthenticator } from '../support/authenticator.ts';
import { somePassword } from '../support/builders.ts';
import { allOperations } from '../support/operations.ts';
import { neededDetails } from '../support/providers.ts';
import { deviceVerifier } from '../support/srp-client.ts';
import { type Service, startService } from '../support/start-service.ts';
import { signature } from '../support/wire.ts';

type Input = Readonly<Record<string, unknown>>;

interface Place {
  readonly service: Service;
  /** One of its own, so that lists of the account have nothing of other tests. */
  readonly region: string;
  readonly poolId: string;
}

interface List {
  /** Members of the request and of the answer, as the documentation of the operation has them. */
  readonly size: string;
  readonly token: 'NextToken' | 'PaginationToken';
  readonly items: string;
  /** What names an item of the list. */
  readonly key: string;
  /** Smallest and largest size that the request may ask for. */
  readonly sizes: readonly [number, number];
  /** The size is a required member. */
  readonly isSizeRequired?: true;
  /** What the list is asked for beside its size. */
  readonly of: (place: Place) => Input;
  /** Makes what the list needs to be there. */
  prepare?(place: Place): Promise<unknown>;
  /** Of a name that begins with a letter. */
  add(place: Place, name: string): Promise<unknown>;
  remove(place: Place, key: string): Promise<unknown>;
}

async function call({ service, region }: Omit<Place, 'poolId'>, operation: string, input: Input): Promise<Input> {
  const { status, body, json } = await service.call(operation, input, signature(region));
  if (status !== 200) throw new Error(`${operation}: ${body}`);
  return body === '' ? {} : Object(json);
}

const inPool = ({ poolId }: Place): Input => ({ UserPoolId: poolId });
const ofGroup = (place: Place): Input => ({ ...inPool(place), GroupName: 'all' });
const ofAda = (place: Place): Input => ({ ...inPool(place), Username: 'ada' });

const createUser = (place: Place, Username: string) =>
  call(place, 'AdminCreateUser', { ...inPool(place), Username, MessageAction: 'SUPPRESS' });
const createGroup = (place: Place, GroupName: string) => call(place, 'CreateGroup', { ...inPool(place), GroupName });

/** How Ada signs in, and her access token, by pool. */
const adas = new Map<string, { readonly signIn: Input; readonly token: string }>();
const tokenOfAda = ({ poolId }: Place): Input => ({ AccessToken: adas.get(poolId)?.token });

/** Signed in, in a pool with these settings. */
async function prepareAda(place: Place, settings: Input): Promise<void> {
  await createUser(place, 'ada').catch(() => undefined);
  await call(place, 'AdminSetUserPassword', { ...ofAda(place), Password: somePassword, Permanent: true });
  await call(place, 'UpdateUserPool', { ...inPool(place), ...settings });
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
  // Page tokens live for an hour; the access token outlives them.
  const client = { ...inPool(place), ClientName: 'an app', ExplicitAuthFlows, AccessTokenValidity: 2 };
  const { UserPoolClient } = await call(place, 'CreateUserPoolClient', client);
  const signIn = {
    ClientId: Object(UserPoolClient).ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ada', PASSWORD: somePassword },
  };
  const { AuthenticationResult } = await call(place, 'InitiateAuth', signIn);
  adas.set(place.poolId, { signIn, token: Object(AuthenticationResult).AccessToken });
}

/** Of whatever name: the service gives devices their keys. */
async function addDevice(place: Place): Promise<void> {
  const { AuthenticationResult } = await call(place, 'InitiateAuth', { ...adas.get(place.poolId)?.signIn });
  const { AccessToken, NewDeviceMetadata: device } = Object(AuthenticationResult);
  const DeviceSecretVerifierConfig = deviceVerifier(device.DeviceGroupKey, device.DeviceKey, 'a secret');
  await call(place, 'ConfirmDevice', { AccessToken, DeviceKey: device.DeviceKey, DeviceSecretVerifierConfig });
}

const devices = {
  size: 'Limit',
  token: 'PaginationToken',
  items: 'Devices',
  key: 'DeviceKey',
  sizes: [0, 60],
  prepare: (place: Place) => prepareAda(place, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } }),
  add: addDevice,
  remove: (place: Place, DeviceKey: string) => call(place, 'AdminForgetDevice', { ...ofAda(place), DeviceKey }),
} as const;

/** Of whatever name: the service gives passkeys theirs. */
async function addPasskey(place: Place): Promise<void> {
  const AccessToken = adas.get(place.poolId)?.token;
  const { CredentialCreationOptions } = await call(place, 'StartWebAuthnRegistration', { AccessToken });
  const { challenge, rp } = Object(CredentialCreationOptions);
  const Credential = anAuthenticator().register({ challenge, rpId: rp.id });
  await call(place, 'CompleteWebAuthnRegistration', { AccessToken, Credential });
}

async function preparePasskeys(place: Place): Promise<void> {
  const SignInPolicy = { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] };
  await prepareAda(place, { Policies: { SignInPolicy } });
  const WebAuthnConfiguration = { RelyingPartyId: 'example.com' };
  await call(place, 'SetUserPoolMfaConfig', { ...inPool(place), WebAuthnConfiguration });
}

const lists: Readonly<Record<string, List>> = {
  ListWebAuthnCredentials: {
    size: 'MaxResults',
    token: 'NextToken',
    items: 'Credentials',
    key: 'CredentialId',
    sizes: [0, 20],
    of: tokenOfAda,
    prepare: preparePasskeys,
    add: addPasskey,
    remove: (place, CredentialId) => call(place, 'DeleteWebAuthnCredential', { ...tokenOfAda(place), CredentialId }),
  },
  ListDevices: { ...devices, of: tokenOfAda },
  AdminListDevices: { ...devices, of: ofAda },
  ListUserPools: {
    size: 'MaxResults',
    token: 'NextToken',
    items: 'UserPools',
    key: 'Id',
    sizes: [1, 60],
    isSizeRequired: true,
    of: () => ({}),
    add: (place, PoolName) => call(place, 'CreateUserPool', { PoolName }),
    remove: (place, UserPoolId) => call(place, 'DeleteUserPool', { UserPoolId }),
  },
  ListUserPoolClients: {
    size: 'MaxResults',
    token: 'NextToken',
    items: 'UserPoolClients',
    key: 'ClientId',
    sizes: [1, 60],
    of: inPool,
    add: (place, ClientName) => call(place, 'CreateUserPoolClient', { ...inPool(place), ClientName }),
    remove: (place, ClientId) => call(place, 'DeleteUserPoolClient', { ...inPool(place), ClientId }),
  },
  ListIdentityProviders: {
    size: 'MaxResults',
    token: 'NextToken',
    items: 'Providers',
    key: 'ProviderName',
    sizes: [0, 60],
    of: inPool,
    add: (place, ProviderName) =>
      call(place, 'CreateIdentityProvider', {
        ...inPool(place),
        ProviderName,
        ProviderType: 'OIDC',
        ProviderDetails: neededDetails.OIDC,
      }),
    remove: (place, ProviderName) => call(place, 'DeleteIdentityProvider', { ...inPool(place), ProviderName }),
  },
  ListResourceServers: {
    size: 'MaxResults',
    token: 'NextToken',
    items: 'ResourceServers',
    key: 'Identifier',
    sizes: [1, 50],
    of: inPool,
    add: (place, Identifier) => call(place, 'CreateResourceServer', { ...inPool(place), Identifier, Name: 'a server' }),
    remove: (place, Identifier) => call(place, 'DeleteResourceServer', { ...inPool(place), Identifier }),
  },
  ListGroups: {
    size: 'Limit',
    token: 'NextToken',
    items: 'Groups',
    key: 'GroupName',
    sizes: [0, 60],
    of: inPool,
    add: createGroup,
    remove: (place, GroupName) => call(place, 'DeleteGroup', { ...inPool(place), GroupName }),
  },
  AdminListGroupsForUser: {
    size: 'Limit',
    token: 'NextToken',
    items: 'Groups',
    key: 'GroupName',
    sizes: [0, 60],
    of: ofAda,
    prepare: (place) => createUser(place, 'ada'),
    async add(place, GroupName) {
      await createGroup(place, GroupName);
      await call(place, 'AdminAddUserToGroup', { ...ofAda(place), GroupName });
    },
    remove: (place, GroupName) => call(place, 'AdminRemoveUserFromGroup', { ...ofAda(place), GroupName }),
  },
  ListUsersInGroup: {
    size: 'Limit',
    token: 'NextToken',
    items: 'Users',
    key: 'Username',
    sizes: [0, 60],
    of: ofGroup,
    prepare: (place) => createGroup(place, 'all'),
    async add(place, Username) {
      await createUser(place, Username);
      await call(place, 'AdminAddUserToGroup', { ...ofGroup(place), Username });
    },
    remove: (place, Username) => call(place, 'AdminRemoveUserFromGroup', { ...ofGroup(place), Username }),
  },
  ListUsers: {
    size: 'Limit',
    token: 'PaginationToken',
    items: 'Users',
    key: 'Username',
    sizes: [0, 60],
    of: inPool,
    add: createUser,
    remove: (place, Username) => call(place, 'AdminDeleteUser', { ...inPool(place), Username }),
  },
  ListTerms: {
    size: 'MaxResults',
    token: 'NextToken',
    items: 'Terms',
    key: 'TermsId',
    sizes: [1, 60],
    of: inPool,
    async add(place, ClientName) {
      const { UserPoolClient } = await call(place, 'CreateUserPoolClient', { ...inPool(place), ClientName });
      await call(place, 'CreateTerms', {
        ...inPool(place),
        ClientId: Object(UserPoolClient).ClientId,
        TermsName: 'terms-of-use',
        TermsSource: 'LINK',
        Enforcement: 'NONE',
        Links: { 'cognito:default': 'https://example.com/terms' },
      });
    },
    remove: (place, TermsId) => call(place, 'DeleteTerms', { ...inPool(place), TermsId }),
  },
};

/** Whatever they are asked for, their answer is whole. */
const unpaged = ['ListUserPoolClientSecrets', 'ListUserPoolReplicas', 'ListUserSessions', 'AdminListUserSessions'];

const names = ['ann', 'bea', 'cat', 'dee', 'eve'];

interface Page {
  readonly keys: readonly string[];
  readonly token: string | undefined;
}

async function newPool(within: Omit<Place, 'poolId'>): Promise<Place> {
  const { UserPool } = await call(within, 'CreateUserPool', { PoolName: 'a pool' });
  return { ...within, poolId: String(Object(UserPool).Id) };
}

async function aFilledPlace({ add, prepare }: List): Promise<Place> {
  const service = await startService();
  const place = await newPool({ service, region: `list-${randomUUID().slice(0, 13)}` });
  await prepare?.(place);
  for (const name of names) await add(place, name);
  return place;
}

const requestOf = ({ of, size, token }: List, place: Place, limit: number | undefined, after: string | undefined) => ({
  ...of(place),
  ...(limit !== undefined && { [size]: limit }),
  ...(after !== undefined && { [token]: after }),
});

async function pageOf(operation: string, list: List, place: Place, limit?: number, after?: string): Promise<Page> {
  const answer = await call(place, operation, requestOf(list, place, limit, after));
  expect(Object.keys(answer)).not.toContain(list.token === 'NextToken' ? 'PaginationToken' : 'NextToken');
  const items = answer[list.items] as readonly Input[];
  const token = answer[list.token];
  return { keys: items.map((item) => String(item[list.key])), token: token === undefined ? undefined : String(token) };
}

async function everyPage(operation: string, list: List, place: Place, limit: number, after?: string): Promise<Page[]> {
  const pages = [await pageOf(operation, list, place, limit, after)];
  for (let token = pages[0]?.token; token !== undefined; token = pages.at(-1)?.token) {
    pages.push(await pageOf(operation, list, place, limit, token));
    expect(pages.length).toBeLessThan(200);
  }
  return pages;
}

const keysIn = (pages: readonly Page[]): readonly string[] => pages.flatMap(({ keys }) => keys);

async function refusalOf(operation: string, place: Place, input: Input): Promise<string> {
  const { json } = await place.service.call(operation, input, signature(place.region));
  return String(Object(json).__type);
}

describe.each(Object.entries(lists))('%s', (operation, list) => {
  test('shows every item once, two at a time, and no token with the last (pools-and-users 56)', async () => {
    const place = await aFilledPlace(list);
    const pages = await everyPage(operation, list, place, 2);
    const keys = keysIn(pages);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThanOrEqual(names.length);
    expect(pages.every((page) => page.keys.length <= 2)).toBe(true);
    expect(pages.at(-1)?.token).toBeUndefined();
    expect(keysIn(await everyPage(operation, list, place, list.sizes[1])).toSorted()).toEqual(keys.toSorted());
  });

  test('takes sizes within its bounds and no other (pools-and-users 56)', async () => {
    const place = await aFilledPlace(list);
    const [smallest, largest] = list.sizes;
    const ask = (limit: number | undefined) => refusalOf(operation, place, requestOf(list, place, limit, undefined));
    for (const limit of [smallest, largest]) expect(await ask(limit)).toBe('undefined');
    for (const limit of [smallest - 1, largest + 1]) expect(await ask(limit)).toBe('InvalidParameterException');
    expect(await ask(undefined)).toBe(list.isSizeRequired ? 'InvalidParameterException' : 'undefined');
  });

  test('goes on behind an item that is gone, and what was there throughout comes once (pools-and-users 56)', async () => {
    const place = await aFilledPlace(list);
    const all = keysIn(await everyPage(operation, list, place, list.sizes[1]));
    const first = await pageOf(operation, list, place, 2);
    for (const key of first.keys) await list.remove(place, key);
    await list.add(place, 'abe');
    await list.add(place, 'zoe');
    const rest = keysIn(await everyPage(operation, list, place, 2, first.token));
    const stayed = all.filter((key) => !first.keys.includes(key));
    expect(rest.filter((key) => stayed.includes(key)).toSorted()).toEqual(stayed.toSorted());
  });

  test('refuses a token that was changed, is older than an hour or of another list (pools-and-users 56)', async () => {
    const place = await aFilledPlace(list);
    const { token = '' } = await pageOf(operation, list, place, 2);
    const ask = (after: string) => refusalOf(operation, place, requestOf(list, place, 2, after));
    expect(await ask(token)).toBe('undefined');
    const changed = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const bad of [changed, token.slice(1), `${token}A`, 'x', Buffer.from('{}').toString('base64url')]) {
      expect(await ask(bad)).toBe('InvalidParameterException');
    }
    await expectForeign(operation, place, token);
    place.service.clock.advance(60 * 60_000);
    expect(await ask(token)).toBe('InvalidParameterException');
  });
});

/** Neither another operation nor the same one on another pool takes it. */
async function expectForeign(operation: string, place: Place, token: string): Promise<void> {
  for (const [name, other] of Object.entries(lists)) {
    const elsewhere = name === operation ? await newPool(place) : place;
    // There is one list of pools in a region.
    if (name === operation && name === 'ListUserPools') continue;
    if (name === operation || other.prepare) await other.prepare?.(elsewhere).catch(() => undefined);
    expect(await refusalOf(name, elsewhere, requestOf(other, elsewhere, 2, token)), name).toBe(
      'InvalidParameterException',
    );
  }
}

test('Every list that is built is held to this (pools-and-users 56)', () => {
  const built = allOperations
    .filter(
      ({ operation: { handle, input } }) =>
        handle && ['NextToken', 'PaginationToken'].some((name) => name in input.members),
    )
    .map(({ name }) => name);
  expect(built.toSorted()).toEqual([...Object.keys(lists), ...unpaged].toSorted());
});
