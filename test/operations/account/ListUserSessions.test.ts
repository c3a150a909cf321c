/** A person looks at their tracked sessions. */
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  type CreateUserPoolClientCommandInput,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  ListUserSessionsCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { tracking } from '../../support/client-sessions.ts';
import { refused } from '../../support/refused.ts';
import { signingIn, type Tokens, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';
import { idsIn, userSessionsOf } from '../../support/user-sessions.ts';

const revoked = 'NotAuthorizedException: Access Token has been revoked';
const minute = 60_000;

async function aRoom(most = 20, settings: Partial<CreateUserPoolClientCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool();
  await tracking(service, pool, 'ENABLED', most);
  const app = await service.aClient(pool, settings);
  await service.aUser(pool, { username: 'ada' });
  const { client, clock } = service;
  return {
    service,
    client,
    clock,
    pool,
    app,
    ...userSessionsOf(service, pool),
    signIn: signingIn(service, app),
    state: async ({ access }: Pick<Tokens, 'access'>) =>
      refused(client.send(new GetUserCommand({ AccessToken: access }))),
  };
}

describe('ListUserSessions', () => {
  test('shows every sign-in, the last one used first, and marks the one that asks (auth-flows 51)', async () => {
    const { list, signIn, clock, app } = await aRoom();
    const began = clock.now() / 1000;
    const one = await signIn.tokens('ada');
    clock.advance(minute);
    const two = tokensOf(await signIn.bySrp('ada'));
    const expected = (from: number, IsCurrentSession: boolean) => ({
      SessionId: expect.stringMatching(/^tkn[a-z0-9]{25}$/),
      SessionType: 'TOKEN',
      ClientId: app.id,
      CreateDate: new Date(from * 1000),
      LastActiveDate: new Date(from * 1000),
      DeviceType: 'unknown',
      LastIPAddress: expect.any(String),
      LastLocation: { City: 'unknown', Country: 'unknown' },
      IsCurrentSession,
    });
    expect(await list(one.access)).toEqual([expected(began + 60, false), expected(began, true)]);
    expect(await list(two.access)).toEqual([expected(began + 60, true), expected(began, false)]);
    const ids = idsIn(await list(two.access));
    expect(new Set(ids).size).toBe(2);
  });

  test('moves a session to the front when it refreshes, by each way, and makes no new one (auth-flows 51)', async () => {
    const { list, signIn, clock, client, app } = await aRoom();
    const one = await signIn.tokens('ada');
    clock.advance(minute);
    const two = await signIn.tokens('ada');
    const [second, first] = idsIn(await list(two.access));
    clock.advance(minute);
    const { AuthenticationResult } = await signIn.refresh(one.refresh);
    const after = await list(AuthenticationResult?.AccessToken ?? '');
    expect(idsIn(after)).toEqual([first, second]);
    expect(after[0]).toMatchObject({ IsCurrentSession: true, LastActiveDate: new Date(clock.now()) });
    expect(after[0]?.CreateDate).toEqual(new Date(clock.now() - 2 * minute));
    clock.advance(minute);
    await client.send(new GetTokensFromRefreshTokenCommand({ RefreshToken: two.refresh, ClientId: app.id }));
    expect(idsIn(await list(two.access))).toEqual([second, first]);
  });

  test('keeps one session for all rotations of a token (auth-flows 51)', async () => {
    const { list, signIn, clock, client, app } = await aRoom(20, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    });
    const first = await signIn.tokens('ada');
    const [before] = await list(first.access);
    clock.advance(minute);
    const asked = new GetTokensFromRefreshTokenCommand({ RefreshToken: first.refresh, ClientId: app.id });
    const next = tokensOf(await client.send(asked));
    expect(await list(next.access)).toEqual([{ ...before, LastActiveDate: new Date(clock.now()) }]);
    // What was refused is no use of the session.
    clock.advance(minute);
    expect(await refused(client.send(asked))).toMatch(/^RefreshTokenReuseException/);
    expect((await list(next.access))[0]?.LastActiveDate).toEqual(new Date(clock.now() - minute));
  });

  test('ends the least recently used session when there is one too many (auth-flows 51)', async () => {
    const { list, signIn, clock, state } = await aRoom(2);
    const one = await signIn.tokens('ada');
    clock.advance(minute);
    const two = await signIn.tokens('ada');
    clock.advance(minute);
    await signIn.refresh(one.refresh);
    clock.advance(minute);
    const three = await signIn.tokens('ada');
    expect(await list(three.access)).toHaveLength(2);
    expect([await state(one), await state(two), await state(three)]).toEqual([
      'nothing is refused',
      revoked,
      'nothing is refused',
    ]);
    expect(await refused(signIn.refresh(two.refresh))).toBe('NotAuthorizedException: Refresh Token has been revoked');
  });

  test('never shows more than there may be, however many sign in at once (auth-flows 51)', async () => {
    const { adminList, signIn, state } = await aRoom(3);
    const all = await Promise.all(Array.from({ length: 8 }, () => signIn.tokens('ada')));
    expect(await adminList('ada')).toHaveLength(3);
    const states = await Promise.all(all.map(state));
    expect(states.filter((text) => text !== revoked)).toHaveLength(3);
  });

  test('counts the sessions of each user apart', async () => {
    const { service, pool, signIn, state, adminList } = await aRoom(1);
    await service.aUser(pool, { username: 'ben' });
    const [ada] = [await signIn.tokens('ada'), await signIn.tokens('ben')];
    expect(await state(ada)).toBe('nothing is refused');
    expect([await adminList('ada'), await adminList('ben')].map((all) => all.length)).toEqual([1, 1]);
  });

  test('shows sessions of every client of the pool, and none of another pool', async () => {
    const { service, pool, list, signIn, app } = await aRoom();
    const other = await service.aClient(pool);
    const { access } = await signIn.tokens('ada');
    service.clock.advance(1);
    await signingIn(service, other).tokens('ada');
    const elsewhere = await service.aPool();
    await tracking(service, elsewhere, 'ENABLED');
    await service.aUser(elsewhere, { username: 'ada' });
    await signingIn(service, await service.aClient(elsewhere)).tokens('ada');
    expect((await list(access)).map(({ ClientId }) => ClientId)).toEqual([other.id, app.id]);
  });

  test('leaves out what was revoked, signed out everywhere, or has expired', async () => {
    const { list, adminList, signIn, clock, client, app, pool } = await aRoom(20, { RefreshTokenValidity: 1 });
    const one = await signIn.tokens('ada');
    clock.advance(1);
    const two = await signIn.tokens('ada');
    await client.send(new RevokeTokenCommand({ Token: one.refresh, ClientId: app.id }));
    expect(await list(two.access)).toMatchObject([{ IsCurrentSession: true }]);
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await adminList('ada')).toEqual([]);
    clock.advance(1);
    await signIn.tokens('ada');
    expect(await adminList('ada')).toHaveLength(1);
    clock.advance(24 * 60 * minute);
    expect(await adminList('ada')).toEqual([]);
  });

  test('shows a later user of a name nothing of the earlier one, nor a disabled one anything', async () => {
    const { service, signIn, adminList, client, pool } = await aRoom();
    await signIn.tokens('ada');
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await service.aUser(pool, { username: 'ada' });
    expect(await adminList('ada')).toEqual([]);
    await signIn.tokens('ada');
    expect(await adminList('ada')).toHaveLength(1);
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await adminList('ada')).toEqual([]);
  });

  test('is empty where sessions are not tracked, and again what it was when they are (auth-flows 51)', async () => {
    const { service, pool, list, signIn } = await aRoom();
    const before = await signIn.tokens('ada');
    await tracking(service, pool, 'DISABLED');
    const meanwhile = await signIn.tokens('ada');
    expect(await list(meanwhile.access)).toEqual([]);
    await tracking(service, pool, 'ENABLED');
    const [session, ...others] = await list(before.access);
    expect([session?.IsCurrentSession, others]).toEqual([true, []]);
    // One that began untracked stays so, and can be used all the same.
    await signIn.refresh(meanwhile.refresh);
    expect((await list(meanwhile.access)).map(({ IsCurrentSession }) => IsCurrentSession)).toEqual([false]);
  });

  test('knows the current session of a client that has token revocation off', async () => {
    const { list, signIn } = await aRoom(20, { EnableTokenRevocation: false });
    const { access } = await signIn.tokens('ada');
    expect(await list(access)).toMatchObject([{ IsCurrentSession: true }]);
  });

  test('shows from where an administrator says that a sign-in came', async () => {
    const { adminList, service, app, pool } = await aRoom();
    const ContextData = { IpAddress: '192.0.2.7', ServerName: 's', ServerPath: '/', HttpHeaders: [] };
    const parameters = { USERNAME: 'ada', PASSWORD: 'Correct-Horse-9' };
    const asked = { UserPoolId: pool.id, ClientId: app.id, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' };
    await service.call('AdminInitiateAuth', { ...asked, AuthParameters: parameters, ContextData });
    service.clock.advance(1);
    await service.call('AdminInitiateAuth', { ...asked, AuthParameters: parameters });
    expect((await adminList('ada')).map(({ LastIPAddress }) => LastIPAddress)).toEqual([undefined, '192.0.2.7']);
  });

  test('has 125 sessions on a page, and each session once', async () => {
    const { service, client, pool, signIn } = await aRoom(100);
    const { access: AccessToken } = await signIn.tokens('ada');
    const user = await service.ports.users.find(await poolOf(service, pool.id), 'ada');
    if (!user) throw new Error('ada is gone');
    const now = service.clock.now();
    for (let index = 0; index < 130; index++) {
      await service.ports.userSessions.add(await poolOf(service, pool.id), user, {
        id: `tkn${String(index).padStart(25, '0')}`,
        sub: user.sub,
        clientId: 'aclient',
        originJti: '01990000-0000-7000-8000-000000000000',
        createdAt: now,
        activeAt: now - 1 - index,
        expiresAt: now + minute,
      });
    }
    const page = (NextToken?: string) => client.send(new ListUserSessionsCommand({ AccessToken, NextToken }));
    const first = await page();
    const second = await page(first.NextToken);
    expect([first.Sessions?.length, second.Sessions?.length, second.NextToken]).toEqual([125, 6, undefined]);
    expect(new Set(idsIn([...(first.Sessions ?? []), ...(second.Sessions ?? [])])).size).toBe(131);
    const invalid = 'InvalidParameterException: Invalid pagination token provided.';
    expect(await refused(page('x'))).toBe(invalid);
    service.clock.advance(61 * minute);
    expect(await refused(page(first.NextToken))).toMatch(/^NotAuthorizedException|^InvalidParameterException/);
  });
});

async function poolOf({ ports }: Awaited<ReturnType<typeof startService>>, id: string) {
  const pool = await ports.pools.find(id);
  if (!pool) throw new Error('the pool is gone');
  return pool;
}
