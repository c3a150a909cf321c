/** What functions may say of tokens, and when they are asked. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminListUserSessionsCommand,
  type AuthFactorType,
  CreateGroupCommand,
  type ExplicitAuthFlowsType,
  GetClientTokenCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../support/builders.ts';
import { tracking } from '../support/client-sessions.ts';
import { aDevice, byDevice } from '../support/devices.ts';
import { passkeyCalls, relyingParty } from '../support/passkeys.ts';
import { readAndWrite, serversOf } from '../support/resource-servers.ts';
import { refusal, sessionOf, tokensOf } from '../support/signing-in.ts';
import { claimsOf, type TokenEvent, tokenRoom } from '../support/token-functions.ts';

const unrecognizable = 'InvalidLambdaResponseException: Unrecognizable lambda output';
const nothing = () => null;
const adminScope = 'aws.cognito.signin.user.admin';

/** What differs from one issue to the next in any case. */
const moving = ['jti', 'origin_jti', 'event_id', 'iat', 'exp', 'auth_time'];
const lasting = (claims: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !moving.includes(name)));

async function inGroups(room: Awaited<ReturnType<typeof tokenRoom>>, ...names: readonly string[]) {
  const UserPoolId = room.pool.id;
  for (const [at, GroupName] of names.entries()) {
    const RoleArn = `arn:aws:iam::000000000000:role/${GroupName}`;
    await room.client.send(new CreateGroupCommand({ UserPoolId, GroupName, RoleArn, Precedence: at }));
    await room.client.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: 'ada' }));
  }
}

describe('The event', () => {
  test.each([
    ['V1_0', '1', undefined],
    ['V2_0', '2', [adminScope]],
    ['V3_0', '3', [adminScope]],
  ] as const)(
    'of %s tells of the user, the groups, and the scopes from the second on (triggers-and-messages 3)',
    async (version, number, scopes) => {
      const room = await tokenRoom(nothing, { version });
      await inGroups(room, 'staff', 'writers');
      const { sub } = (await room.claims()).id;
      const member = version === 'V1_0' ? 'claimsOverrideDetails' : 'claimsAndScopeOverrideDetails';
      expect(room.events).toEqual([
        {
          version: number,
          triggerSource: 'TokenGeneration_Authentication',
          region: 'us-east-1',
          userPoolId: room.pool.id,
          userName: 'ada',
          callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: room.app.id },
          request: {
            userAttributes: {
              sub,
              email: 'ada@example.com',
              name: 'Ada',
              'cognito:user_status': 'CONFIRMED',
            },
            groupConfiguration: {
              groupsToOverride: ['staff', 'writers'],
              iamRolesToOverride: ['arn:aws:iam::000000000000:role/staff', 'arn:aws:iam::000000000000:role/writers'],
              preferredRole: 'arn:aws:iam::000000000000:role/staff',
            },
            ...(scopes && { scopes }),
          },
          response: { [member]: null },
        },
      ]);
    },
  );

  test('says how the tokens come about (triggers-and-messages 20)', async () => {
    const room = await tokenRoom(nothing, {
      pool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false } },
    });
    const { client, pool, app, signIn, service } = room;
    const sources = () => room.events.splice(0).map(({ triggerSource }) => triggerSource);
    await signIn.bySrp('ada');
    expect(sources()).toEqual(['TokenGeneration_Authentication']);

    const invited = { UserPoolId: pool.id, Username: 'eve', TemporaryPassword: somePassword };
    await client.send(new AdminCreateUserCommand({ ...invited, MessageAction: 'SUPPRESS' }));
    const asked = await signIn.byPassword('eve');
    expect(sources()).toEqual([]);
    const answer = { USERNAME: 'eve', NEW_PASSWORD: 'Another-Horse-9' };
    const { refresh } = tokensOf(await signIn.respond('NEW_PASSWORD_REQUIRED', answer, sessionOf(asked)));
    expect(sources()).toEqual(['TokenGeneration_NewPasswordChallenge']);

    await signIn.refresh(refresh);
    await client.send(new GetTokensFromRefreshTokenCommand({ ClientId: app.id, RefreshToken: refresh }));
    expect(sources()).toEqual(['TokenGeneration_RefreshTokens', 'TokenGeneration_RefreshTokens']);

    const device = await aDevice(service, signIn, 'ada');
    sources();
    await byDevice(
      service,
      signIn,
      await signIn.byPassword('ada', somePassword, { DEVICE_KEY: device.key }),
      'ada',
      device,
    );
    expect(sources()).toEqual(['TokenGeneration_AuthenticateDevice']);
  });

  test('is the same for a passkey as for a password', async () => {
    const AllowedFirstAuthFactors: AuthFactorType[] = ['PASSWORD', 'WEB_AUTHN'];
    const room = await tokenRoom(nothing, {
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors } } },
      client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] },
    });
    const WebAuthnConfiguration = { RelyingPartyId: relyingParty };
    await room.client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: room.pool.id, WebAuthnConfiguration }));
    const { ask, answer, register } = passkeyCalls(room);
    const authenticator = await register((await room.signIn.tokens('ada')).access);
    const { Session, options } = await ask(room.app);
    await answer(room.app, Session, authenticator.assert(options));
    const [byPassword, byPasskey] = room.events;
    expect(byPasskey).toEqual(byPassword);
  });

  test('has the metadata of answers and refreshes, and never that of a first request (triggers-and-messages 13)', async () => {
    const room = await tokenRoom(nothing);
    const { client, app, signIn, pool } = room;
    const metadataOf = () => room.events.splice(0).map(({ request }) => request.clientMetadata);
    const { refresh } = await signIn.tokens('ada');
    expect(metadataOf()).toEqual([undefined]);
    const ClientMetadata = { from: 'here' };
    await client.send(
      new GetTokensFromRefreshTokenCommand({ ClientId: app.id, RefreshToken: refresh, ClientMetadata }),
    );
    expect(metadataOf()).toEqual([ClientMetadata]);
    const invited = { UserPoolId: pool.id, Username: 'eve', TemporaryPassword: somePassword };
    await client.send(new AdminCreateUserCommand({ ...invited, MessageAction: 'SUPPRESS' }));
    const Session = sessionOf(await signIn.byPassword('eve'));
    await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: app.id,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeResponses: { USERNAME: 'eve', NEW_PASSWORD: 'Another-Horse-9' },
        Session,
        ClientMetadata,
      }),
    );
    expect(metadataOf()).toEqual([ClientMetadata]);
  });
});

describe('A function of the first version', () => {
  test('adds, changes and suppresses claims of the ID token alone (triggers-and-messages 14)', async () => {
    const room = await tokenRoom(nothing, { version: 'V1_0' });
    const before = await room.claims();
    room.say(() => ({
      claimsToAddOrOverride: { tenant: 'north', name: 'Countess', level: 3, isOld: true, gone: 'x' },
      claimsToSuppress: ['email', 'gone'],
    }));
    const after = await room.claims();
    const { email: _, ...others } = lasting(before.id);
    expect(lasting(after.id)).toEqual({ ...others, tenant: 'north', name: 'Countess', level: '3', isOld: 'true' });
    expect(lasting(after.access)).toEqual(lasting(before.access));
  });

  test.each([{ a: ['list'] }, { a: { b: 1 } }])('says nothing but texts: not %o', async (claimsToAddOrOverride) => {
    const { signIn } = await tokenRoom(() => ({ claimsToAddOrOverride }), { version: 'V1_0' });
    expect(await refusal(signIn.byPassword('ada'))).toBe(unrecognizable);
  });

  test.each([[], { claimsToAddOrOverride: [] }, { claimsToAddOrOverride: { a: null }, claimsToSuppress: null }])(
    'may say nothing by %o',
    async (said) => {
      const room = await tokenRoom(nothing, { version: 'V1_0' });
      const before = await room.claims();
      room.say(() => said);
      expect(lasting((await room.claims()).id)).toEqual(lasting(before.id));
    },
  );

  test('replaces groups in both tokens, and suppresses them there (triggers-and-messages 14)', async () => {
    const room = await tokenRoom(nothing, { version: 'V1_0' });
    await inGroups(room, 'staff');
    room.say(() => ({ groupOverrideDetails: { groupsToOverride: ['guests'] } }));
    expect(await room.claims()).toMatchObject({
      id: { 'cognito:groups': ['guests'] },
      access: { 'cognito:groups': ['guests'] },
    });
    room.say(() => ({ claimsToSuppress: ['cognito:groups'] }));
    const { id, access } = await room.claims();
    for (const name of ['cognito:groups', 'cognito:roles', 'cognito:preferred_role']) {
      expect([name in id, name in access]).toEqual([false, false]);
    }
  });
});

describe('A function of the second version', () => {
  test('changes both tokens, with values of every kind; what it suppresses goes although it was added (triggers-and-messages 15)', async () => {
    const values = {
      number: 1.5,
      flag: false,
      list: [1, 'two', { three: 3 }],
      object: { deep: { er: null } },
      text: 'x',
    };
    const room = await tokenRoom(() => ({
      idTokenGeneration: {
        claimsToAddOrOverride: { ...values, email: 'b@example.com' },
        claimsToSuppress: ['name', 'text'],
      },
      accessTokenGeneration: {
        claimsToAddOrOverride: { ...values, email: 'c@example.com', none: null },
        claimsToSuppress: ['text'],
        scopesToAdd: ['shop/read', 'anything:else', 'gone'],
        scopesToSuppress: ['gone'],
      },
    }));
    const { id, access } = await room.claims();
    const { text: _, ...kept } = values;
    expect(id).toMatchObject({ ...kept, email: 'b@example.com' });
    expect(access).toMatchObject({ ...kept, email: 'c@example.com', scope: `${adminScope} shop/read anything:else` });
    for (const [claims, name] of [
      [id, 'name'],
      [id, 'text'],
      [access, 'text'],
      [access, 'none'],
    ] as const) {
      expect(name in claims).toBe(false);
    }
  });

  test.each([
    'acr',
    'amr',
    'at_hash',
    'aud',
    'auth_time',
    'azp',
    'cognito:username',
    'cognito:roles',
    'cognito:preferred_role',
    'cognito:anything',
    'exp',
    'iat',
    'identities',
    'iss',
    'jti',
    'nbf',
    'nonce',
    'origin_jti',
    'sub',
    'token_use',
    'dev:custom:secret',
  ])('cannot change %s in either token (triggers-and-messages 16)', async (name) => {
    const room = await tokenRoom(nothing);
    const before = await room.claims();
    const change = { claimsToAddOrOverride: { [name]: 'changed' }, claimsToSuppress: [name] };
    for (const part of [
      { ...change, claimsToSuppress: [] },
      { ...change, claimsToAddOrOverride: {} },
    ]) {
      room.say(() => ({ idTokenGeneration: part, accessTokenGeneration: part }));
      const after = await room.claims();
      expect([lasting(after.id), lasting(after.access)]).toEqual([lasting(before.id), lasting(before.access)]);
      expect([after.id[name] === 'changed', after.access[name] === 'changed']).toEqual([false, false]);
      expect([name in after.id, name in after.access]).toEqual([name in before.id, name in before.access]);
    }
  });

  test.each(['client_id', 'device_key', 'event_id', 'username', 'version', 'scope'])(
    'cannot change %s in the access token (triggers-and-messages 16)',
    async (name) => {
      const room = await tokenRoom(nothing);
      const before = (await room.claims()).access;
      const part = { claimsToAddOrOverride: { [name]: 'changed' }, claimsToSuppress: [name] };
      room.say(() => ({ accessTokenGeneration: part }));
      expect(lasting((await room.claims()).access)).toEqual(lasting(before));
    },
  );

  test('is told of in the log when it has tried to (triggers-and-messages 16)', async () => {
    const room = await tokenRoom(() => ({
      idTokenGeneration: { claimsToAddOrOverride: { sub: 'x', tenant: 'north' }, claimsToSuppress: ['email', 'iss'] },
      accessTokenGeneration: { claimsToSuppress: ['client_id'] },
    }));
    await room.claims();
    expect(room.lines.at(-1)).toMatchObject({
      level: 'warn',
      notices: ['PreTokenGeneration changes reserved claims: client_id, iss, sub'],
    });
    const own = { claimsToAddOrOverride: { 'cognito:username': 'x', 'cognito:groups': 'x' } };
    room.say(() => ({ idTokenGeneration: own, accessTokenGeneration: { claimsToAddOrOverride: { aud: 'other' } } }));
    await room.claims();
    expect(room.lines.at(-1)).toMatchObject({
      notices: ['PreTokenGeneration changes reserved claims: aud, cognito:*'],
    });
    const taken = { claimsToAddOrOverride: { aud: room.app.id }, claimsToSuppress: ['cognito:groups', 'dev:x'] };
    room.say(() => ({ idTokenGeneration: { claimsToAddOrOverride: { tenant: 'x' } }, accessTokenGeneration: taken }));
    await room.claims();
    expect(room.lines.at(-1)).toMatchObject({ operation: 'InitiateAuth', outcome: 'ok' });
    expect(room.lines.at(-1)).not.toHaveProperty('notices', expect.anything());
  });

  test('names an audience in the access token if that is the client itself (triggers-and-messages 16)', async () => {
    const room = await tokenRoom(nothing);
    room.say(() => ({ accessTokenGeneration: { claimsToAddOrOverride: { aud: room.app.id } } }));
    expect((await room.claims()).access['aud']).toBe(room.app.id);
  });

  test.each([
    ['phone_number_verified', { a: 1 }],
    ['email_verified', [true]],
    ['updated_at', { at: 1 }],
    ['address', { formatted: 'here' }],
  ])('makes no %s of %o', async (name, value) => {
    const { signIn } = await tokenRoom(() => ({ idTokenGeneration: { claimsToAddOrOverride: { [name]: value } } }));
    expect(await refusal(signIn.byPassword('ada'))).toBe(unrecognizable);
  });

  test('leaves groups, takes them away, or replaces them (triggers-and-messages 17)', async () => {
    const room = await tokenRoom(nothing);
    await inGroups(room, 'staff', 'writers');
    const names = ['cognito:groups', 'cognito:roles', 'cognito:preferred_role'];
    const groupsIn = async () => {
      const { id, access } = await room.claims();
      return [names.map((name) => id[name]), names.map((name) => access[name])];
    };
    const before = await groupsIn();
    expect(before[0]?.[0]).toEqual(['staff', 'writers']);
    room.say(() => ({}));
    expect(await groupsIn()).toEqual(before);
    for (const groupOverrideDetails of [null, {}, []]) {
      room.say(() => ({ groupOverrideDetails }));
      expect(await groupsIn()).toEqual([
        [undefined, undefined, undefined],
        [undefined, undefined, undefined],
      ]);
    }
    const groupOverrideDetails = {
      groupsToOverride: ['nobody knows it'],
      iamRolesToOverride: ['arn:aws:iam::000000000000:role/other'],
      preferredRole: 'arn:aws:iam::000000000000:role/other',
    };
    room.say(() => ({ groupOverrideDetails }));
    const { groupsToOverride, iamRolesToOverride, preferredRole } = groupOverrideDetails;
    expect(await groupsIn()).toEqual([
      [groupsToOverride, iamRolesToOverride, preferredRole],
      [groupsToOverride, undefined, undefined],
    ]);
  });

  test('changes what tokens say, and nothing that is kept of the user', async () => {
    const change = { claimsToAddOrOverride: { name: 'Countess' }, claimsToSuppress: ['email'] };
    const room = await tokenRoom(() => ({ idTokenGeneration: change, accessTokenGeneration: change }));
    const { access: AccessToken } = await room.signIn.tokens('ada');
    const { UserAttributes } = await room.client.send(new GetUserCommand({ AccessToken }));
    expect(UserAttributes).toContainEqual({ Name: 'name', Value: 'Ada' });
    expect(UserAttributes).toContainEqual({ Name: 'email', Value: 'ada@example.com' });
  });

  test('takes the right to act for the user away with its scope (triggers-and-messages 18)', async () => {
    const room = await tokenRoom(() => ({ accessTokenGeneration: { scopesToSuppress: [adminScope] } }));
    const { access } = await room.signIn.tokens('ada');
    expect(decodeJwt(access)['scope']).toBe('');
    expect(await refusal(room.client.send(new GetUserCommand({ AccessToken: access })))).toBe(
      'NotAuthorizedException: Access Token does not have required scopes',
    );
  });

  test.each([
    ['a text', 'tokens'],
    ['a number', 1],
    ['a list with something in it', ['x']],
    ['claims in a list', { idTokenGeneration: { claimsToAddOrOverride: ['x'] } }],
    ['a token that is none', { accessTokenGeneration: true }],
    ['suppressed things that are no names', { idTokenGeneration: { claimsToSuppress: [1] } }],
    ['scopes that are no list', { accessTokenGeneration: { scopesToAdd: 'shop/read' } }],
    ['a scope with a blank', { accessTokenGeneration: { scopesToAdd: ['shop/read shop/write'] } }],
    ['a scope that is empty', { accessTokenGeneration: { scopesToAdd: [''] } }],
    ['groups that are no list', { groupOverrideDetails: { groupsToOverride: 'staff' } }],
    ['a role that is none', { groupOverrideDetails: { preferredRole: {} } }],
  ])('that answers %s is not understood', async (_, said) => {
    const { signIn } = await tokenRoom(() => said);
    expect(await refusal(signIn.byPassword('ada'))).toBe(unrecognizable);
  });

  test.each([
    [],
    {},
    { idTokenGeneration: null, accessTokenGeneration: [] },
    { idTokenGeneration: { claimsToSuppress: null } },
  ])('may say nothing by %o', async (said) => {
    const room = await tokenRoom(nothing);
    const before = await room.claims();
    room.say(() => said);
    const after = await room.claims();
    expect([lasting(after.id), lasting(after.access)]).toEqual([lasting(before.id), lasting(before.access)]);
  });

  test('makes no token that is too large', async () => {
    const room = await tokenRoom(() => ({
      idTokenGeneration: { claimsToAddOrOverride: { big: 'x'.repeat(100_000) } },
    }));
    expect(await refusal(room.signIn.byPassword('ada'))).toMatch(
      /^InvalidLambdaResponseException: The claims of a token/,
    );
  });

  test('makes no tokens of more than five thousand claims and scopes, those that they had included', async () => {
    const room = await tokenRoom(nothing);
    const { id, access } = await room.claims();
    // Of the API's own scope, too.
    const left = 5000 - Object.keys(id).length - Object.keys(access).length - 1;
    const names = Array.from({ length: left - 1000 }, (_, at) => `c${at}`);
    const claimsToAddOrOverride = Object.fromEntries(names.map((name) => [name, 1]));
    const add = (scopes: number) =>
      room.say(() => ({
        idTokenGeneration: { claimsToAddOrOverride },
        // What is taken again, or was never there, counts for nothing.
        accessTokenGeneration: {
          scopesToAdd: Array.from({ length: scopes }, (_, at) => `s${at}`),
          claimsToSuppress: [...names, ...names],
        },
      }));
    add(1001);
    expect(await refusal(room.signIn.byPassword('ada'))).toMatch(
      /^InvalidLambdaResponseException: Tokens may not have/,
    );
    add(1000);
    const tokens = await room.signIn.tokens('ada');
    expect((await room.client.send(new GetUserCommand({ AccessToken: tokens.access }))).Username).toBe('ada');
  });
});

describe('A function that fails', () => {
  const throws = () => {
    throw new Error('no tokens today');
  };
  const failed = 'UserLambdaValidationException: PreTokenGeneration failed with error no tokens today.';
  const tooMuch = /^InvalidLambdaResponseException: The claims of a token/;

  test.each([
    ['throws', throws, failed],
    ['adds a scope that is none', () => ({ accessTokenGeneration: { scopesToAdd: ['a b'] } }), unrecognizable],
    [
      'makes a list of a text',
      () => ({ idTokenGeneration: { claimsToAddOrOverride: { address: [] } } }),
      unrecognizable,
    ],
    ['says too much', () => ({ idTokenGeneration: { claimsToAddOrOverride: { a: 'x'.repeat(100_000) } } }), tooMuch],
  ])('and %s lets nobody in, and costs nobody their refresh token', async (_what, says, refused) => {
    const room = await tokenRoom(nothing, {
      client: {
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      },
    });
    const { client, app, signIn } = room;
    const { refresh: RefreshToken } = await signIn.tokens('ada');
    const ask = () => client.send(new GetTokensFromRefreshTokenCommand({ ClientId: app.id, RefreshToken }));
    room.say(says);
    for (const answer of [await refusal(signIn.byPassword('ada')), await refusal(ask())])
      expect(answer).toMatch(refused);
    room.say(nothing);
    expect(claimsOf(tokensOf(await ask())).id['cognito:username']).toBe('ada');
  });

  test('ends no tracked session in favour of one that does not begin', async () => {
    const room = await tokenRoom(nothing);
    const { client, pool, signIn } = room;
    await tracking(room, pool, 'ENABLED', 1);
    await signIn.tokens('ada');
    const sessions = async () =>
      (await client.send(new AdminListUserSessionsCommand({ UserPoolId: pool.id, Username: 'ada' }))).Sessions;
    const before = await sessions();
    expect(before).toHaveLength(1);
    room.say(() => ({ accessTokenGeneration: { scopesToAdd: ['a b'] } }));
    expect(await refusal(signIn.byPassword('ada'))).toBe(unrecognizable);
    expect(await sessions()).toEqual(before);
  });
});

describe('An application', () => {
  const forApplications = ['ALLOW_CLIENT_TOKEN_AUTH' as ExplicitAuthFlowsType];

  async function aShop(version: 'V2_0' | 'V3_0', says: (event: TokenEvent) => unknown) {
    const room = await tokenRoom(says, { version });
    await serversOf(room.service, room.pool).create('shop', { Scopes: readAndWrite });
    const app = await room.aClient(room.pool, {
      GenerateSecret: true,
      ExplicitAuthFlows: forApplications,
      AllowedOAuthScopes: ['shop/read'],
    });
    const Secret = app.ClientSecret ?? '';
    const ask = (ClientMetadata?: Record<string, string>) =>
      room.client.send(new GetClientTokenCommand({ ClientId: app.id, Secret, ClientMetadata }));
    return { ...room, app, ask };
  }

  test('is told to a function of the third version, and to no other (triggers-and-messages 19)', async () => {
    const add = () => ({
      accessTokenGeneration: { claimsToAddOrOverride: { tenant: 'north', sub: 'x' }, scopesToAdd: ['shop/write'] },
      idTokenGeneration: { claimsToAddOrOverride: { tenant: 'south' } },
    });
    const { app, events, ask } = await aShop('V3_0', add);
    const answer = await ask({ from: 'here' });
    expect(events).toMatchObject([
      {
        version: '3',
        triggerSource: 'TokenGeneration_ClientCredentials',
        userName: app.id,
        callerContext: { clientId: app.id },
        request: {
          userAttributes: {},
          groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
          scopes: ['shop/read'],
          clientMetadata: { from: 'here' },
        },
      },
    ]);
    const claims = decodeJwt(answer.ClientAuthenticationResult?.AccessToken ?? '');
    expect(claims).toMatchObject({ tenant: 'north', sub: app.id, scope: 'shop/read shop/write' });

    const earlier = await aShop('V2_0', add);
    const plain = decodeJwt((await earlier.ask()).ClientAuthenticationResult?.AccessToken ?? '');
    expect([earlier.events, 'tenant' in plain]).toEqual([[], false]);
  });
});
