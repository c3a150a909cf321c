import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, nobody, refusalOfCall } from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

async function administering(settings: Parameters<Service['aPool']>[0] = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const get = (Username: string, UserPoolId = pool.id) =>
    service.client.send(new AdminGetUserCommand({ UserPoolId, Username }));
  return { ...service, pool, get };
}

describe('AdminGetUser', () => {
  test('answers everything but second factors that are not there (pools-and-users 43)', async () => {
    const { aUser, pool, clock, get } = await administering({
      Schema: [
        { Name: 'plan', AttributeDataType: 'String' },
        { Name: 'risk', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
      ],
    });
    const { sub } = await aUser(pool, {
      username: 'ada',
      attributes: { 'dev:custom:risk': 'low', 'custom:plan': 'free', email: 'a@b.c', name: 'Ada' },
    });
    const created = new Date(clock.now());

    expect(bodyOf(await get('ada'))).toEqual({
      Username: 'ada',
      UserAttributes: [
        { Name: 'sub', Value: sub },
        { Name: 'name', Value: 'Ada' },
        { Name: 'email', Value: 'a@b.c' },
        { Name: 'custom:plan', Value: 'free' },
        { Name: 'dev:custom:risk', Value: 'low' },
      ],
      UserCreateDate: created,
      UserLastModifiedDate: created,
      Enabled: true,
      UserStatus: 'CONFIRMED',
    });
  });

  test('answers second factors once there are some (pools-and-users 43)', async () => {
    const service = await administering();
    const { pool, ports, get } = service;
    await aPerson(service, pool, { username: 'ada' });
    const kept = await ports.pools.find(pool.id);
    const ada = kept && (await ports.users.find(kept, 'ada'));
    if (!kept || !ada) throw new Error('There is no such user');
    const options = [{ DeliveryMedium: 'SMS' as const, AttributeName: 'phone_number' }];
    await ports.users.save(kept, ada, { ...ada, mfa: { enabled: ['SMS_MFA'], preferred: 'SMS_MFA', options } });

    expect(bodyOf(await get('ada'))).toMatchObject({
      UserMFASettingList: ['SMS_MFA'],
      PreferredMfaSetting: 'SMS_MFA',
      MFAOptions: options,
    });
  });

  test('finds users by username, alias and sub, in any case where case makes no difference', async () => {
    const { aUser, pool, get } = await administering({
      AliasAttributes: ['email', 'phone_number'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const { sub } = await aUser(pool, {
      username: 'Ada',
      attributes: {
        email: 'Ada@Example.com',
        email_verified: 'true',
        phone_number: '+12065559934',
        phone_number_verified: 'true',
      },
    });

    for (const name of ['ada', 'ADA', 'ada@example.COM', '+12065559934', sub]) {
      expect((await get(name)).Username).toBe('ada');
    }
  });

  test('tells cases apart where they make a difference', async () => {
    const { aUser, pool, get } = await administering({ AliasAttributes: ['email'] });
    await aUser(pool, { username: 'ada', attributes: { email: 'Ada@Example.com', email_verified: 'true' } });

    expect((await get('Ada@Example.com')).Username).toBe('ada');
    for (const name of ['ADA', 'ada@example.com']) expect(await refusalOfCall(get(name))).toBe(nobody);
  });

  test('looks for the pool before it looks for the user', async () => {
    const { get } = await administering();

    expect(await refusalOfCall(get('nobody'))).toBe(nobody);
    expect(await refusalOfCall(get('nobody', 'us-east-1_nobody'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });

  test('finds nobody of another pool', async () => {
    const { aPool, aUser, get } = await administering();
    const other = await aPool();
    const { sub } = await aUser(other, { username: 'ada' });

    for (const name of ['ada', sub]) expect(await refusalOfCall(get(name))).toBe(nobody);
  });
});
