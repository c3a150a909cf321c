/** What people, and administrators, are told of the ways to sign in. */
import {
  AdminCreateUserCommand,
  AdminGetUserAuthFactorsCommand,
  GetUserAuthFactorsCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { User } from '../../../lambdas/core/model/user.ts';
import { attributesOf } from '../../support/builders.ts';
import { firstFactors, reachable } from '../../support/choosing.ts';
import { aPerson, bodyOf } from '../../support/people.ts';
import { refusal } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

async function aRoom(settings = firstFactors('WEB_AUTHN', 'SMS_OTP', 'EMAIL_OTP', 'PASSWORD')) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const useRelyingParty = (RelyingPartyId: string) =>
    service.client.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, WebAuthnConfiguration: { RelyingPartyId } }),
    );
  await useRelyingParty('example.com');
  const byAdministrator = async (Username: string) =>
    bodyOf(await service.client.send(new AdminGetUserAuthFactorsCommand({ UserPoolId: pool.id, Username })));
  const byPerson = async (AccessToken: string) =>
    bodyOf(await service.client.send(new GetUserAuthFactorsCommand({ AccessToken })));
  /** What no request leads to yet, or not shortly, is written as it would be kept. */
  const put = async (name: string, members: Partial<User>) => {
    const kept = await service.ports.pools.find(pool.id);
    const user = kept && (await service.ports.users.find(kept, name));
    if (!kept || !user) throw new Error('There is no such user');
    expect(await service.ports.users.save(kept, user, { ...user, ...members })).toBe('saved');
    return { pool: kept, user };
  };
  return { ...service, pool, byAdministrator, byPerson, put, useRelyingParty };
}

describe('GetUserAuthFactors and AdminGetUserAuthFactors', () => {
  test('name what the user can begin with, and say nothing of second factors without any', async () => {
    const room = await aRoom();
    const { token } = await aPerson(room, room.pool, { username: 'ada', attributes: reachable });
    const told = { Username: 'ada', ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] };
    expect(await room.byPerson(token)).toEqual(told);
    expect(await room.byAdministrator('ada')).toEqual(told);
  });

  test('leave out what the pool does not allow', async () => {
    const room = await aRoom({});
    const { token } = await aPerson(room, room.pool, { username: 'ada', attributes: reachable });
    expect((await room.byPerson(token)).ConfiguredUserAuthFactors).toEqual(['PASSWORD']);
  });

  test('name second factors, passkeys, and an app once a code has proven it', async () => {
    const room = await aRoom();
    const { token } = await aPerson(room, room.pool, { username: 'ada' });
    const { pool, user } = await room.put('ada', {
      passkeyCounts: { 'example.com': 1 },
      mfa: { enabled: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA' },
    });
    const pending = Buffer.from('a secret');
    await room.ports.softwareTokens.propose(pool, user, pending);
    expect((await room.byPerson(token)).ConfiguredUserAuthFactors).toEqual(['PASSWORD', 'WEB_AUTHN']);
    expect(await room.ports.softwareTokens.prove(pool, user, { pending, step: 1 })).toBe('proven');
    const told = {
      Username: 'ada',
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      UserMFASettingList: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
      ConfiguredUserAuthFactors: ['PASSWORD', 'WEB_AUTHN', 'SOFTWARE_TOKEN'],
    };
    expect(await room.byPerson(token)).toEqual(told);
    expect(await room.byAdministrator('ada')).toEqual(told);
    await room.useRelyingParty('other.example');
    expect((await room.byPerson(token)).ConfiguredUserAuthFactors).toEqual(['PASSWORD', 'SOFTWARE_TOKEN']);
    expect((await room.byAdministrator('ada')).ConfiguredUserAuthFactors).toEqual(['PASSWORD', 'SOFTWARE_TOKEN']);
  });

  test('say so of who has no password, or was invited', async () => {
    const { client, pool, aUser, byAdministrator } = await aRoom();
    const UserAttributes = attributesOf(reachable);
    await client.send(
      new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'eve', MessageAction: 'SUPPRESS', UserAttributes }),
    );
    expect((await byAdministrator('eve')).ConfiguredUserAuthFactors).toEqual(['EMAIL_OTP', 'SMS_OTP']);
    await aUser(pool, { username: 'bob', attributes: { ...reachable, email: 'bob@example.com' }, invited: true });
    expect((await byAdministrator('bob')).ConfiguredUserAuthFactors).toEqual(['PASSWORD']);
  });

  test('refuse names of nobody, other pools, and tokens that are none', async () => {
    const room = await aRoom();
    const { user } = await aPerson(room, room.pool, { username: 'ada' });
    expect(await refusal(room.byAdministrator('nobody'))).toBe('UserNotFoundException: User does not exist.');
    const other = await room.aPool();
    const elsewhere = new AdminGetUserAuthFactorsCommand({ UserPoolId: other.id, Username: user.username });
    expect(await refusal(room.client.send(elsewhere))).toBe('UserNotFoundException: User does not exist.');
    expect(await refusal(room.byPerson('not.a.token'))).toBe('NotAuthorizedException: Invalid Access Token');
  });
});
