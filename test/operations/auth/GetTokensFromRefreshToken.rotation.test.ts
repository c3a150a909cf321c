/** Rotation: each refresh yields a new refresh token, and the one before is good for as long as the client says. */
import {
  AdminUserGlobalSignOutCommand,
  type CreateUserPoolClientCommandInput,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { refusal, signingIn, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const reused = /^RefreshTokenReuseException: /;
const seconds = 1000;
const days = 24 * 60 * 60 * seconds;

/** A client whose refresh tokens rotate, and a user `ada` who has signed in. */
async function aRoom(RetryGracePeriodSeconds: number, settings: Partial<CreateUserPoolClientCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool();
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH' as const];
  const app = await service.aClient(pool, {
    ExplicitAuthFlows,
    RefreshTokenValidity: 2,
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds },
    ...settings,
  });
  await service.aUser(pool, { username: 'ada' });
  const signIn = signingIn(service, app);
  const tokens = await signIn.tokens('ada');
  const ask = (RefreshToken: string) =>
    service.client.send(new GetTokensFromRefreshTokenCommand({ RefreshToken, ClientId: app.id }));
  return {
    ...service,
    pool,
    app,
    signIn,
    tokens,
    first: tokens.refresh,
    rotate: async (token: string) => tokensOf(await ask(token)),
    refused: (token: string) => refusal(ask(token)),
    withoutRotation: () =>
      service.client.send(
        new UpdateUserPoolClientCommand({
          UserPoolId: pool.id,
          ClientId: app.id,
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
          RefreshTokenRotation: { Feature: 'DISABLED' },
        }),
      ),
  };
}

describe('Rotation of refresh tokens', () => {
  test('yields another token each time, of the same session (auth-flows 42)', async () => {
    const { rotate, tokens } = await aRoom(0);
    const { origin_jti, auth_time } = decodeJwt(tokens.access);
    const seen = new Set([tokens.refresh]);
    let token = tokens.refresh;
    for (let round = 0; round < 4; round++) {
      const next = await rotate(token);
      expect(seen.has(next.refresh)).toBe(false);
      expect(decodeJwt(next.access)).toMatchObject({ origin_jti, auth_time });
      seen.add(next.refresh);
      token = next.refresh;
    }
  });

  test('voids the token at once without a grace period, and leaves its heir alone (auth-flows 42)', async () => {
    const { rotate, refused, first } = await aRoom(0);
    const second = await rotate(first);
    expect(await refused(first)).toMatch(reused);
    expect(await refused(first)).toMatch(reused);
    const third = await rotate(second.refresh);
    expect(await refused(second.refresh)).toMatch(reused);
    expect((await rotate(third.refresh)).refresh).toBeTypeOf('string');
  });

  test('lets the token be sent again within the grace period, to the millisecond (auth-flows 42)', async () => {
    const { clock, rotate, refused, first } = await aRoom(10);
    const second = await rotate(first);
    clock.advance(10 * seconds - 1);
    const again = await rotate(first);
    expect(again.refresh).not.toBe(second.refresh);
    clock.advance(1);
    expect(await refused(first)).toMatch(reused);
    // Both are what came after the first one; whichever is used first leads on.
    const third = await rotate(again.refresh);
    expect((await rotate(second.refresh)).refresh).toBeTypeOf('string');
    clock.advance(10 * seconds);
    expect(await refused(second.refresh)).toMatch(reused);
    expect((await rotate(third.refresh)).refresh).toBeTypeOf('string');
  });

  test('does not begin the grace period anew when the token is sent again', async () => {
    const { clock, rotate, refused, first } = await aRoom(10);
    await rotate(first);
    for (let time = 0; time < 3; time++) {
      clock.advance(3 * seconds);
      await rotate(first);
    }
    clock.advance(1 * seconds);
    expect(await refused(first)).toMatch(reused);
  });

  test('voids the grandparent of a token even within the grace period', async () => {
    const { rotate, refused, first } = await aRoom(60);
    const second = await rotate(first);
    await rotate(second.refresh);
    expect(await refused(first)).toMatch(reused);
  });

  test('has one heir of many who ask side by side, without a grace period', async () => {
    const { refused, rotate, first } = await aRoom(0);
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => refused(first)));
    const heirs = outcomes.filter((outcome) => outcome.startsWith('answered'));
    expect(heirs).toHaveLength(1);
    expect(outcomes.filter((outcome) => reused.test(outcome))).toHaveLength(11);
    const [, token = ''] = /"RefreshToken":"([^"]+)"/.exec(heirs[0] ?? '') ?? [];
    expect((await rotate(token)).refresh).toBeTypeOf('string');
  });

  test('has heirs of one generation of many who ask side by side, with a grace period', async () => {
    const { clock, refused, rotate, first } = await aRoom(10);
    const heirs = await Promise.all(Array.from({ length: 6 }, () => rotate(first)));
    expect(new Set(heirs.map(({ refresh }) => refresh)).size).toBe(6);
    clock.advance(10 * seconds);
    expect(await refused(first)).toMatch(reused);
    const [one, ...others] = heirs;
    await rotate(one?.refresh ?? '');
    clock.advance(10 * seconds);
    for (const { refresh } of others) expect(await refused(refresh)).toMatch(reused);
  });

  test('keeps the moment at which the first token ends', async () => {
    const { clock, rotate, refused, first } = await aRoom(0);
    clock.advance(1 * days);
    const { refresh } = await rotate(first);
    clock.advance(1 * days);
    expect(await refused(refresh)).toBe('NotAuthorizedException: Refresh Token has expired');
  });

  test('ends with a revocation of any token of the session', async () => {
    const { client, app, rotate, refused, first } = await aRoom(60);
    const { refresh } = await rotate(first);
    await client.send(new RevokeTokenCommand({ Token: first, ClientId: app.id }));
    const revoked = 'NotAuthorizedException: Refresh Token has been revoked';
    expect(await refused(refresh)).toBe(revoked);
    expect(await refused(first)).toBe(revoked);
  });

  test('ends with a sign-out, and moves nothing after it', async () => {
    const { client, pool, refused, first, signIn, rotate } = await aRoom(0);
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await refused(first)).toBe('NotAuthorizedException: Refresh Token has been revoked');
    expect((await rotate((await signIn.tokens('ada')).refresh)).refresh).toBeTypeOf('string');
  });

  test('leaves the newest token good, and only that one, when the client turns it off', async () => {
    const { rotate, refused, first, withoutRotation, signIn } = await aRoom(60);
    const { refresh } = await rotate(first);
    await withoutRotation();
    expect(await refused(first)).toMatch(reused);
    expect(await refusal(signIn.refresh(refresh))).toMatch(/^answered/);
    expect(await refused(refresh)).toMatch(/^answered/);
  });
});

describe('Rotation for a client that has token revocation off', () => {
  test('voids tokens just so, and ends with a sign-out', async () => {
    const { client, pool, rotate, refused, first, tokens } = await aRoom(0, { EnableTokenRevocation: false });
    expect(decodeJwt(tokens.access)).not.toHaveProperty('origin_jti');
    const second = await rotate(first);
    expect(await refused(first)).toMatch(reused);
    const third = await rotate(second.refresh);
    expect(decodeJwt(third.access)).not.toHaveProperty('origin_jti');
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await refused(third.refresh)).toBe('NotAuthorizedException: Refresh Token has been revoked');
  });
});

describe('InitiateAuth without rotation', () => {
  test('refuses a token that was rotated out in an error that it declares', async () => {
    const { rotate, first, withoutRotation, signIn } = await aRoom(0);
    await rotate(first);
    await withoutRotation();
    expect(await refusal(signIn.refresh(first))).toBe('NotAuthorizedException: Refresh Token has been revoked');
  });
});
