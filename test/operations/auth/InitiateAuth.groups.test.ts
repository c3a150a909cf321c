/** What tokens say of the groups that a user is in, by whatever way they were issued. */
import {
  AdminInitiateAuthCommand,
  type CreateUserPoolClientCommandInput,
  GetTokensFromRefreshTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { somePassword } from '../../support/builders.ts';
import { aRole, type GroupMembers, groupsOf } from '../../support/groups.ts';
import { sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { type Service, startService } from '../../support/start-service.ts';

async function aRoom(settings?: Partial<CreateUserPoolClientCommandInput>, given?: Service) {
  const service = given ?? (await startService());
  const pool = await service.aPool();
  const app = await service.aClient(pool, settings);
  await service.aUser(pool, { username: 'ada' });
  const groups = groupsOf(service, pool);
  const inGroup = async (name: string, members: GroupMembers = {}) => {
    await groups.create(name, members);
    await groups.join(name, 'ada');
  };
  return { service, pool, app, groups, inGroup, signIn: signingIn(service, app) };
}

const names = ['cognito:groups', 'cognito:roles', 'cognito:preferred_role'] as const;

/** Those of groups, as far as a token has them. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const claims = decodeJwt(token);
  return Object.fromEntries(names.filter((name) => name in claims).map((name) => [name, claims[name]]));
}

describe('The tokens of a sign-in', () => {
  test('name groups by precedence, ties by name and nulls last, with their roles and the preferred one (auth-flows 39)', async () => {
    const { inGroup, signIn } = await aRoom();
    await inGroup('z-none');
    await inGroup('a-none', { RoleArn: aRole('none') });
    await inGroup('tied-b', { Precedence: 3, RoleArn: aRole('b') });
    await inGroup('tied-a', { Precedence: 3, RoleArn: aRole('a') });
    const inAll = ['tied-a', 'tied-b', 'a-none', 'z-none'];
    const ofTie = await signIn.tokens('ada');
    // Two roles of one rank, so none is the preferred one.
    expect(claimsOf(ofTie.id)).toEqual({
      'cognito:groups': inAll,
      'cognito:roles': [aRole('a'), aRole('b'), aRole('none')],
    });
    expect(claimsOf(ofTie.access)).toEqual({ 'cognito:groups': inAll });

    await inGroup('first', { Precedence: 0, RoleArn: aRole('first') });
    await inGroup('also-first', { Precedence: 0, RoleArn: aRole('first') });
    const { id, access } = await signIn.tokens('ada');
    expect(claimsOf(id)).toEqual({
      'cognito:groups': ['also-first', 'first', ...inAll],
      'cognito:roles': [aRole('first'), aRole('a'), aRole('b'), aRole('none')],
      'cognito:preferred_role': aRole('first'),
    });
    expect(claimsOf(access)).toEqual({ 'cognito:groups': ['also-first', 'first', ...inAll] });
  });

  test('say nothing of groups for somebody who is in none', async () => {
    const { groups, signIn } = await aRoom();
    await groups.create('others', { RoleArn: aRole('others') });
    const { id, access } = await signIn.tokens('ada');
    expect([claimsOf(id), claimsOf(access)]).toEqual([{}, {}]);
  });

  test('name groups without roles, and show names as they were given', async () => {
    const { inGroup, signIn } = await aRoom();
    await inGroup('Größe');
    const { id, access } = await signIn.tokens('ada');
    const claims = { 'cognito:groups': ['Größe'] };
    expect([claimsOf(id), claimsOf(access)]).toEqual([claims, claims]);
  });

  test('are the same by every way in', async () => {
    const { service, pool, app, inGroup, signIn } = await aRoom();
    await inGroup('staff', { Precedence: 1, RoleArn: aRole('staff') });
    const claims = {
      'cognito:groups': ['staff'],
      'cognito:roles': [aRole('staff')],
      'cognito:preferred_role': aRole('staff'),
    };
    const byAdministrator = service.client.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool.id,
        ClientId: app.id,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD: somePassword },
      }),
    );
    for (const answer of [signIn.byPassword('ada'), signIn.bySrp('ada'), byAdministrator]) {
      expect(claimsOf(tokensOf(await answer).id)).toEqual(claims);
    }
  });

  test('name the groups of somebody who has just chosen their password', async () => {
    const { service, pool, groups, signIn } = await aRoom();
    await groups.create('staff');
    await service.aUser(pool, { username: 'ben', invited: true });
    await groups.join('staff', 'ben');
    const session = sessionOf(await signIn.byPassword('ben'));
    const responses = { USERNAME: 'ben', NEW_PASSWORD: 'Another-Horse-9' };
    const { id } = tokensOf(await signIn.respond('NEW_PASSWORD_REQUIRED', responses, session));
    expect(claimsOf(id)).toEqual({ 'cognito:groups': ['staff'] });
  });

  test('name the groups as they are by now', async () => {
    const { groups, inGroup, signIn } = await aRoom();
    const claims = async () => claimsOf((await signIn.tokens('ada')).id);
    await inGroup('one', { Precedence: 1 });
    await inGroup('two', { Precedence: 2 });
    expect(await claims()).toEqual({ 'cognito:groups': ['one', 'two'] });
    await groups.update('one', { Precedence: 3, RoleArn: aRole('one') });
    expect(await claims()).toEqual({
      'cognito:groups': ['two', 'one'],
      'cognito:roles': [aRole('one')],
      'cognito:preferred_role': aRole('one'),
    });
    await groups.leave('two', 'ada');
    await groups.remove('one');
    expect(await claims()).toEqual({});
    await groups.create('one');
    expect(await claims()).toEqual({});
  });

  test('name a hundred groups', async () => {
    const { groups, signIn } = await aRoom();
    const expected = Array.from({ length: 100 }, (_, index) => `group-${99 - index}`);
    await Promise.all(expected.map((name, Precedence) => groups.create(name, { Precedence })));
    for (const name of expected) await groups.join(name, 'ada');
    expect(claimsOf((await signIn.tokens('ada')).access)).toEqual({ 'cognito:groups': expected });
  });
});

describe('The tokens of a refresh', () => {
  const rotating = {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  } satisfies Partial<CreateUserPoolClientCommandInput>;

  test.each([
    ['REFRESH_TOKEN_AUTH', undefined],
    ['REFRESH_TOKEN', undefined],
    ['GetTokensFromRefreshToken', undefined],
    ['GetTokensFromRefreshToken with rotation', rotating],
  ] as const)('name the groups that the user is in by then: %s', async (way, settings) => {
    const { service, app, groups, inGroup, signIn } = await aRoom(settings);
    let { refresh } = await signIn.tokens('ada');
    const refreshed = async () => {
      const { AuthenticationResult } =
        way === 'REFRESH_TOKEN_AUTH' || way === 'REFRESH_TOKEN'
          ? await signIn.initiate(way, { REFRESH_TOKEN: refresh })
          : await service.client.send(
              new GetTokensFromRefreshTokenCommand({ ClientId: app.id, RefreshToken: refresh }),
            );
      refresh = AuthenticationResult?.RefreshToken ?? refresh;
      return claimsOf(AuthenticationResult?.IdToken ?? '');
    };
    expect(await refreshed()).toEqual({});
    await inGroup('staff', { RoleArn: aRole('staff') });
    expect(await refreshed()).toEqual({
      'cognito:groups': ['staff'],
      'cognito:roles': [aRole('staff')],
      'cognito:preferred_role': aRole('staff'),
    });
    await groups.leave('staff', 'ada');
    expect(await refreshed()).toEqual({});
  });
});

describe('Two processes', () => {
  test('name the same groups in tokens, as they are by now', async () => {
    const [here, there] = await startProcesses();
    const { pool, app, inGroup } = await aRoom({}, here);
    const elsewhere = groupsOf(there, pool);
    const claims = async () => claimsOf((await signingIn(there, app).tokens('ada')).id);
    expect(await claims()).toEqual({});
    await inGroup('staff', { Precedence: 1 });
    expect(await claims()).toEqual({ 'cognito:groups': ['staff'] });
    await groupsOf(here, pool).update('staff', { RoleArn: aRole('staff') });
    expect(await claims()).toMatchObject({ 'cognito:preferred_role': aRole('staff') });
    await elsewhere.remove('staff');
    expect(claimsOf((await signingIn(here, app).tokens('ada')).id)).toEqual({});
    await inGroup('staff');
    expect(await claims()).toEqual({ 'cognito:groups': ['staff'] });
  });
});
