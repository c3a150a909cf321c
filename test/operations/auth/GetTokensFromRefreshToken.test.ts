/** Refreshing: by GetTokensFromRefreshToken and by the flows of InitiateAuth, which go by the same rules. */
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  ConfirmForgotPasswordCommand,
  type CreateUserPoolClientCommandInput,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import { refusal, signingIn } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const invalid = 'NotAuthorizedException: Invalid Refresh Token.';
const revoked = 'NotAuthorizedException: Refresh Token has been revoked';
const days = 24 * 60 * 60_000;

/** A user `ada` who has signed in, and every way to refresh what she got. */
async function aRoom(settings: Partial<CreateUserPoolClientCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool, settings);
  const user = await service.aUser(pool, {
    username: 'ada',
    attributes: { email: 'ada@example.com', email_verified: 'true' },
  });
  const signIn = signingIn(service, app);
  const tokens = await signIn.tokens('ada');
  const isUser = { UserPoolId: pool.id, Username: 'ada' };
  const get = (RefreshToken = tokens.refresh, ClientId = app.id) =>
    service.client.send(new GetTokensFromRefreshTokenCommand({ RefreshToken, ClientId }));
  const initiate = (flow: 'REFRESH_TOKEN_AUTH' | 'REFRESH_TOKEN') => (REFRESH_TOKEN: string) =>
    signIn.initiate(flow, { REFRESH_TOKEN });
  const asAdministrator = (REFRESH_TOKEN: string) =>
    service.client.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool.id,
        ClientId: app.id,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN },
      }),
    );
  const ways = {
    GetTokensFromRefreshToken: get,
    REFRESH_TOKEN_AUTH: initiate('REFRESH_TOKEN_AUTH'),
    REFRESH_TOKEN: initiate('REFRESH_TOKEN'),
    'REFRESH_TOKEN_AUTH of AdminInitiateAuth': asAdministrator,
  };
  return {
    ...service,
    service,
    pool,
    app,
    user,
    signIn,
    tokens,
    isUser,
    get,
    ways,
    /** What all ways answer, once if they agree. */
    everyWay: async (token = tokens.refresh) => {
      const answers = await Promise.all(Object.values(ways).map((way) => refusal(way(token))));
      return [...new Set(answers.map((answer) => answer.replace(/^answered.*/, 'answered')))].join(' | ');
    },
  };
}

describe('A refresh', () => {
  test('keeps who signed in and when, is new otherwise, and shows the user as of now (auth-flows 40)', async () => {
    const { client, clock, tokens, isUser, ways } = await aRoom();
    const first = { id: decodeJwt(tokens.id), access: decodeJwt(tokens.access) };
    clock.advance(60_000);
    await client.send(
      new AdminUpdateUserAttributesCommand({ ...isUser, UserAttributes: attributesOf({ name: 'Ada Lovelace' }) }),
    );
    const seen = new Set([first.id.jti, first.access.jti]);
    for (const way of Object.values(ways)) {
      const { $metadata, ...answer } = await way(tokens.refresh);
      const { AccessToken = '', IdToken = '', ...rest } = answer.AuthenticationResult ?? {};
      expect(rest).toEqual({ ExpiresIn: 3600, TokenType: 'Bearer' });
      const again = { id: decodeJwt(IdToken), access: decodeJwt(AccessToken) };
      const now = clock.now() / 1000;
      const renewed = { iat: now, exp: now + 3600, jti: expect.any(String) };
      expect(again.access).toEqual({ ...first.access, ...renewed });
      expect(again.id).toEqual({ ...first.id, ...renewed, name: 'Ada Lovelace' });
      for (const { jti } of [again.id, again.access]) {
        expect(seen.has(jti)).toBe(false);
        seen.add(jti);
      }
    }
  });

  test('answers tokens alone, of GetTokensFromRefreshToken', async () => {
    const { get } = await aRoom();
    const { $metadata, ...answer } = await get();
    expect(Object.keys(answer)).toEqual(['AuthenticationResult']);
  });

  test.each(['x', '....', 'A'.repeat(500), 'eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.a.b.c.d'])(
    'takes no %.20j for a token',
    async (token) => {
      const { everyWay } = await aRoom();
      expect(await everyWay(token)).toBe(invalid);
    },
  );

  test('takes no access or ID token, and no token of which a character is another', async () => {
    const { everyWay, tokens } = await aRoom();
    expect(await everyWay(tokens.access)).toBe(invalid);
    expect(await everyWay(tokens.id)).toBe(invalid);
    for (const at of [0, 7, 40, tokens.refresh.length >> 1, tokens.refresh.length - 2]) {
      const letter = tokens.refresh[at] === 'A' ? 'B' : 'A';
      expect(await everyWay(`${tokens.refresh.slice(0, at)}${letter}${tokens.refresh.slice(at + 1)}`)).toBe(invalid);
    }
  });

  test('is for the client that the token was issued to', async () => {
    const { get, pool, aClient, aPool } = await aRoom();
    expect(await refusal(get(undefined, (await aClient(pool)).id))).toBe(invalid);
    expect(await refusal(get(undefined, (await aClient(await aPool())).id))).toBe(invalid);
  });

  test('ends when the client says, however often the token was used', async () => {
    const { clock, everyWay } = await aRoom({ RefreshTokenValidity: 2 });
    clock.advance(1 * days);
    expect(await everyWay()).toBe('answered');
    clock.advance(1 * days - 1);
    expect(await everyWay()).toBe('answered');
    clock.advance(1);
    expect(await everyWay()).toBe('NotAuthorizedException: Refresh Token has expired');
  });

  test('is over once the user has been signed out', async () => {
    const { client, isUser, everyWay } = await aRoom();
    await client.send(new AdminUserGlobalSignOutCommand(isUser));
    expect(await everyWay()).toBe(revoked);
  });

  test('is over once the token has been revoked', async () => {
    const { client, app, tokens, everyWay } = await aRoom();
    await client.send(new RevokeTokenCommand({ Token: tokens.refresh, ClientId: app.id }));
    expect(await everyWay()).toBe(revoked);
  });

  test('is refused to who is disabled, and does not come back with the user', async () => {
    const { client, isUser, everyWay } = await aRoom();
    await client.send(new AdminDisableUserCommand(isUser));
    expect(await everyWay()).toBe('NotAuthorizedException: User is disabled.');
    await client.send(new AdminEnableUserCommand(isUser));
    expect(await everyWay()).toBe(revoked);
  });

  test('is refused to who was deleted, and to who took the name after that', async () => {
    const { client, pool, aUser, isUser, everyWay } = await aRoom();
    await client.send(new AdminDeleteUserCommand(isUser));
    expect(await everyWay()).toBe(revoked);
    await aUser(pool, { username: 'ada' });
    expect(await everyWay()).toBe(revoked);
  });

  test('is refused while a password must be reset, and after it was', async () => {
    const { client, app, pool, isUser, everyWay, outbox } = await aRoom();
    await client.send(new AdminResetUserPasswordCommand(isUser));
    expect(await everyWay()).toBe(revoked);
    const ConfirmationCode = await outbox.codeFor({ poolId: pool.id, username: 'ada' });
    const reset = { ClientId: app.id, Username: 'ada', ConfirmationCode, Password: 'Another-Horse-9' };
    await client.send(new ConfirmForgotPasswordCommand(reset));
    expect(await everyWay()).toBe(revoked);
  });

  test('is refused once the client or its pool is gone', async () => {
    const { client, pool, app, aClient, service, get } = await aRoom();
    const other = await aClient(pool);
    const { refresh } = await signingIn(service, other).tokens('ada');
    const gone = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;
    await client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id }));
    expect(await refusal(get())).toBe(gone(app.id));
    await client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refusal(get(refresh, other.id))).toBe(gone(other.id));
  });

  test('needs the refresh flow or rotation', async () => {
    const { get } = await aRoom({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    expect(await refusal(get())).toBe('InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client');
  });

  test('does not run past a trigger where no functions run', async () => {
    const { client, pool, app, tokens } = await aRoom();
    const LambdaConfig = { PreTokenGeneration: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
    await client.send(new UpdateUserPoolCommand({ UserPoolId: pool.id, LambdaConfig }));
    const asked = new GetTokensFromRefreshTokenCommand({ RefreshToken: tokens.refresh, ClientId: app.id });
    expect(await refusal(client.send(asked))).toMatch(/^OperationNotEnabledException: /);
  });
});

describe('GetTokensFromRefreshToken', () => {
  test('takes what clients send along, and nulls for what they leave out', async () => {
    const { call, app, tokens } = await aRoom();
    const input = { RefreshToken: tokens.refresh, ClientId: app.id };
    const more = { ClientMetadata: { reason: 'refresh' }, DeviceKey: 'us-east-1_fec070d2-fa88-424a-8ec8-b26d7198eb23' };
    expect((await call('GetTokensFromRefreshToken', { ...input, ...more }, {})).status).toBe(200);
    const nulls = { ClientMetadata: null, DeviceKey: null, ClientSecret: null };
    expect((await call('GetTokensFromRefreshToken', { ...input, ...nulls }, {})).status).toBe(200);
  });

  test('wants the secret of a client that has one, and none of a client that has none', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const app = await service.aClient(pool, {
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const open = await service.aClient(pool);
    await service.aUser(pool, { username: 'ada' });
    const { refresh } = await signingIn(service, open).tokens('ada');
    const get = (ClientSecret: string | undefined, ClientId = app.id) =>
      refusal(
        service.client.send(new GetTokensFromRefreshTokenCommand({ RefreshToken: refresh, ClientId, ClientSecret })),
      );
    const wrong = 'NotAuthorizedException: Invalid client secret.';
    expect(await get(undefined)).toBe(wrong);
    expect(await get('a'.repeat(52))).toBe(wrong);
    // The token of another client: the secret has been taken.
    expect(await get(app.ClientSecret)).toBe(invalid);
    expect(await get('a'.repeat(52), open.id)).toBe(wrong);
    expect(await get(undefined, open.id)).toMatch(/^answered/);
  });

  test('refuses a client that it does not know (auth-flows 3)', async () => {
    const { get } = await aRoom();
    expect(await refusal(get(undefined, 'nobodyknowsthisclient'))).toBe(
      'ResourceNotFoundException: User pool client nobodyknowsthisclient does not exist.',
    );
  });
});
