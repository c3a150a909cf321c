import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminResetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  DeleteUserPoolClientCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, hour, nobody, recordOf, refusalOfCall, signIn } from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const attributes = { email, email_verified: 'true', name: 'Ada', 'custom:plan': 'free', 'dev:custom:risk': 'low' };
const invalid = 'NotAuthorizedException: Invalid Access Token';
const revoked = 'NotAuthorizedException: Access Token has been revoked';

async function somebody(app: Parameters<Service['aClient']>[1] = {}) {
  const service = await startService();
  const pool = await service.aPool({
    Schema: [
      { Name: 'plan', AttributeDataType: 'String' },
      { Name: 'risk', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
    ],
  });
  const through = await service.aClient(pool, app);
  const person = await aPerson(service, pool, { username: 'ada', attributes, app: through });
  const get = (AccessToken = person.token) => service.client.send(new GetUserCommand({ AccessToken }));
  return { ...service, ...person, pool, get };
}

describe('GetUser', () => {
  test('answers name and attributes, and nothing of state and dates (pools-and-users 43)', async () => {
    const { user, get } = await somebody();

    expect(bodyOf(await get())).toEqual({
      Username: 'ada',
      UserAttributes: [
        { Name: 'sub', Value: user.sub },
        { Name: 'name', Value: 'Ada' },
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'custom:plan', Value: 'free' },
      ],
    });
  });

  test('has second factors once they are set (pools-and-users 43)', async () => {
    const { ports, pool, get } = await somebody();
    const kept = await ports.pools.find(pool.id);
    const user = kept && (await ports.users.find(kept, 'ada'));
    if (!kept || !user) throw new Error('There is no such user');
    const options = [{ DeliveryMedium: 'SMS' as const, AttributeName: 'phone_number' }];
    const mfa = { enabled: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA', options } as const;
    await ports.users.save(kept, user, { ...user, mfa });

    expect(bodyOf(await get())).toMatchObject({
      UserMFASettingList: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      MFAOptions: options,
    });
  });

  test('shows what the client may read, the sub always', async () => {
    const { user, get } = await somebody({ ReadAttributes: ['name'] });

    expect(recordOf((await get()).UserAttributes)).toEqual({ sub: user.sub, name: 'Ada' });
  });
});

describe('An access token', () => {
  test('that is none is refused (pools-and-users 13)', async () => {
    const { client, app, token, get } = await somebody();
    const { AuthenticationResult } = await signIn(client, app, { username: 'ada' });
    const [header = '', payload = '', seal = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, username: 'eve' })).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');

    const none = [
      'garbage',
      'a.b.c',
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${forged}.${seal}`,
      `${unsigned}.${payload}.`,
      `${header}.${payload}.${seal.slice(0, -8)}AAAAAAAA`,
      AuthenticationResult?.IdToken ?? '',
    ];
    for (const each of none) expect(await refusalOfCall(get(each))).toBe(invalid);
    expect(await refusalOfCall(get(AuthenticationResult?.RefreshToken ?? ''))).toMatch(/^NotAuthorizedException: /);
  });

  test('of a pool or client that is gone is refused (pools-and-users 13)', async () => {
    const { client, pool, app, get } = await somebody();
    await client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id }));

    expect(await refusalOfCall(get())).toBe(invalid);
  });

  test('is good until its end (pools-and-users 13)', async () => {
    const { clock, get } = await somebody();
    clock.advance(hour - 1);
    expect((await get()).Username).toBe('ada');
    clock.advance(1);
    expect(await refusalOfCall(get())).toBe('NotAuthorizedException: Access Token has expired');
  });

  test('is refused once the user was signed out (pools-and-users 13)', async () => {
    const { client, pool, get } = await somebody();
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' }));

    expect(await refusalOfCall(get())).toBe(revoked);
  });

  test('without the scope for it is refused (pools-and-users 13)', async () => {
    const { ports, pool, token, get } = await somebody();
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const scoped = await ports.signer.sign(pool.id, 'access', { ...claims, scope: 'openid profile' });

    expect(await refusalOfCall(get(scoped))).toBe('NotAuthorizedException: Access Token does not have required scopes');
  });

  test('of a user who is deleted speaks for nobody, not for the next one of the name (pools-and-users 13)', async () => {
    const { client, pool, aUser, get } = await somebody();
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await refusalOfCall(get())).toBe(nobody);
    await aUser(pool, { username: 'ada' });
    expect(await refusalOfCall(get())).toBe(nobody);
  });

  test('of a disabled user is refused, and stays so when they are enabled (pools-and-users 13)', async () => {
    const { client, pool, ports, get } = await somebody();
    const named = { UserPoolId: pool.id, Username: 'ada' };
    await client.send(new AdminDisableUserCommand(named));
    expect(await refusalOfCall(get())).toBe(revoked);
    await client.send(new AdminEnableUserCommand(named));
    expect(await refusalOfCall(get())).toBe(revoked);

    const kept = await ports.pools.find(pool.id);
    const user = kept && (await ports.users.find(kept, 'ada'));
    if (!kept || !user) throw new Error('There is no such user');
    await ports.users.save(kept, user, { ...user, enabled: false, tokensValidAfter: undefined });
    expect(await refusalOfCall(get())).toBe('NotAuthorizedException: User is disabled.');
  });

  test('is refused while the user has to reset the password, or is not confirmed (pools-and-users 13)', async () => {
    const { client, pool, ports, get } = await somebody();
    await client.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await refusalOfCall(get())).toBe('PasswordResetRequiredException: Password reset required for the user');

    const kept = await ports.pools.find(pool.id);
    const user = kept && (await ports.users.find(kept, 'ada'));
    if (!kept || !user) throw new Error('There is no such user');
    await ports.users.save(kept, user, { ...user, status: 'UNCONFIRMED' });
    expect(await refusalOfCall(get())).toBe('UserNotConfirmedException: User is not confirmed.');
  });
});
