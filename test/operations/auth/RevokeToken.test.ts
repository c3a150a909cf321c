/** Ending a session by its refresh token. */
import {
  AdminDeleteUserCommand,
  type CreateUserPoolClientCommandInput,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  RevokeTokenCommand,
  type RevokeTokenCommandInput,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { secretHash } from '../../../lambdas/core/rules/secret-hash.ts';
import { somePassword } from '../../support/builders.ts';
import { refusal, signingIn, type Tokens, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const revoked = 'NotAuthorizedException: Access Token has been revoked';
const days = 24 * 60 * 60_000;

async function aRoom(settings: Partial<CreateUserPoolClientCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool();
  const app = await service.aClient(pool, settings);
  await service.aUser(pool, { username: 'ada' });
  const signIn = signingIn(service, app);
  const { client } = service;
  return {
    ...service,
    service,
    pool,
    app,
    signIn,
    revoke: async (Token: string, more: Partial<RevokeTokenCommandInput> = {}) => {
      const answer = await refusal(client.send(new RevokeTokenCommand({ Token, ClientId: app.id, ...more })));
      return answer.replace(/^answered.*/, 'done');
    },
    getUser: async ({ access }: Pick<Tokens, 'access'>) => {
      const answer = await refusal(client.send(new GetUserCommand({ AccessToken: access })));
      return answer.replace(/^answered.*/, 'answered');
    },
    refresh: async ({ refresh }: Tokens) => {
      const answer = await refusal(signIn.refresh(refresh));
      return answer.replace(/^answered.*/, 'answered');
    },
  };
}

describe('RevokeToken', () => {
  test('answers an empty object', async () => {
    const { call, app, signIn } = await aRoom();
    const { refresh } = await signIn.tokens('ada');
    const answer = await call('RevokeToken', { Token: refresh, ClientId: app.id }, {});
    expect(answer).toMatchObject({ status: 200, json: {} });
  });

  test('ends the session of the token, with all that was refreshed from it, and no other (auth-flows 43)', async () => {
    const { signIn, revoke, getUser, refresh } = await aRoom();
    const [one, other] = [await signIn.tokens('ada'), await signIn.tokens('ada')];
    const { AuthenticationResult } = await signIn.refresh(one.refresh);
    const refreshed = { access: AuthenticationResult?.AccessToken ?? '' };
    expect(decodeJwt(one.access)['origin_jti']).not.toBe(decodeJwt(other.access)['origin_jti']);
    expect(await revoke(one.refresh)).toBe('done');
    expect(await refresh(one)).toBe('NotAuthorizedException: Refresh Token has been revoked');
    expect([await getUser(one), await getUser(refreshed)]).toEqual([revoked, revoked]);
    expect([await refresh(other), await getUser(other)]).toEqual(['answered', 'answered']);
    expect(await getUser(await signIn.tokens('ada'))).toBe('answered');
  });

  test('is done for a token that is revoked, expired, or whose user is gone', async () => {
    const { client, pool, clock, signIn, revoke } = await aRoom({ RefreshTokenValidity: 1 });
    const tokens = await signIn.tokens('ada');
    expect(await revoke(tokens.refresh)).toBe('done');
    expect(await revoke(tokens.refresh)).toBe('done');
    const late = await signIn.tokens('ada');
    clock.advance(2 * days);
    expect(await revoke(late.refresh)).toBe('done');
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await revoke(late.refresh)).toBe('done');
  });

  test('takes NONE and LINKED for the sessions that hang on this one', async () => {
    const { signIn, revoke } = await aRoom();
    const { refresh } = await signIn.tokens('ada');
    for (const RevokeAssociatedSessions of ['NONE', 'LINKED'] as const) {
      expect(await revoke(refresh, { RevokeAssociatedSessions })).toBe('done');
    }
  });

  test('refuses access and ID tokens, and leaves them good (auth-flows 43)', async () => {
    const { signIn, revoke, getUser } = await aRoom();
    const tokens = await signIn.tokens('ada');
    expect(await revoke(tokens.access)).toMatch(/^UnsupportedTokenTypeException: /);
    expect(await revoke(tokens.id)).toMatch(/^UnsupportedTokenTypeException: /);
    expect(await getUser(tokens)).toBe('answered');
  });

  test('refuses another client, of this pool or another, and leaves the token good (auth-flows 43)', async () => {
    const { pool, aPool, aClient, signIn, revoke, refresh } = await aRoom();
    const tokens = await signIn.tokens('ada');
    const sibling = await aClient(pool);
    const stranger = await aClient(await aPool());
    expect(await revoke(tokens.refresh, { ClientId: sibling.id })).toMatch(/^UnauthorizedException: /);
    expect(await revoke(tokens.refresh, { ClientId: 'nobodyknowsthisclient' })).toMatch(/^UnauthorizedException: /);
    // Another pool cannot even read it.
    expect(await revoke(tokens.refresh, { ClientId: stranger.id })).toBe('InvalidParameterException: Invalid Token.');
    expect(await refresh(tokens)).toBe('answered');
  });

  test('refuses while the client has revocation off (auth-flows 43)', async () => {
    const { signIn, revoke, refresh } = await aRoom({ EnableTokenRevocation: false });
    const tokens = await signIn.tokens('ada');
    expect(decodeJwt(tokens.access)).not.toHaveProperty('origin_jti');
    expect(await revoke(tokens.refresh)).toMatch(/^UnsupportedOperationException: /);
    expect(await refresh(tokens)).toBe('answered');
  });

  test('keeps what was revoked so when the client turns revocation off', async () => {
    const { client, pool, app, signIn, revoke, getUser, refresh } = await aRoom();
    const tokens = await signIn.tokens('ada');
    await revoke(tokens.refresh);
    await client.send(
      new UpdateUserPoolClientCommand({
        UserPoolId: pool.id,
        ClientId: app.id,
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        EnableTokenRevocation: false,
      }),
    );
    expect(await getUser(tokens)).toBe(revoked);
    expect(await refresh(tokens)).toBe('NotAuthorizedException: Refresh Token has been revoked');
  });

  test('refuses what it cannot read', async () => {
    const { signIn, revoke, refresh } = await aRoom();
    const tokens = await signIn.tokens('ada');
    const invalid = 'InvalidParameterException: Invalid Token.';
    for (const token of ['x', 'a.b.c.d.e', 'A'.repeat(400), `${tokens.refresh.slice(0, -8)}AAAAAAAA`]) {
      expect(await revoke(token)).toBe(invalid);
    }
    expect(await refresh(tokens)).toBe('answered');
  });

  test('wants the secret of a client that has one, and none of a client that has none', async () => {
    const { service, signIn, revoke, app } = await aRoom({ GenerateSecret: true });
    const SECRET_HASH = secretHash(app.ClientSecret ?? '', 'ada', app.id);
    const { refresh } = tokensOf(await signIn.byPassword('ada', somePassword, { SECRET_HASH }));
    expect(await revoke(refresh)).toMatch(/^UnauthorizedException: /);
    expect(await revoke(refresh, { ClientSecret: 'a'.repeat(52) })).toMatch(/^UnauthorizedException: /);
    const still = new GetTokensFromRefreshTokenCommand({
      RefreshToken: refresh,
      ClientId: app.id,
      ClientSecret: app.ClientSecret,
    });
    expect(await refusal(service.client.send(still))).toMatch(/^answered/);
    expect(await revoke(refresh, { ClientSecret: app.ClientSecret })).toBe('done');
    expect(await refusal(service.client.send(still))).toBe('NotAuthorizedException: Refresh Token has been revoked');
    const open = await aRoom();
    const tokens = await open.signIn.tokens('ada');
    expect(await open.revoke(tokens.refresh, { ClientSecret: 'a'.repeat(52) })).toMatch(/^UnauthorizedException: /);
  });
});
