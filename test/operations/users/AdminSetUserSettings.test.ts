import {
  AdminGetUserCommand,
  AdminSetUserSettingsCommand,
  ListUsersCommand,
  type MFAOptionType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bodyOf, nobody, refusalOfCall, signIn } from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const phone = '+12065559934';
const sms = { DeliveryMedium: 'SMS', AttributeName: 'phone_number' } as const;
const notAnOption =
  'InvalidParameterException: MFAOptions takes one option: DeliveryMedium SMS with AttributeName phone_number.';

async function administering(settings: Parameters<Service['aPool']>[0] = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  await service.aUser(pool, { username: 'ada', attributes: { phone_number: phone } });
  const set = (Username: string, MFAOptions: MFAOptionType[], UserPoolId = pool.id) =>
    service.client.send(new AdminSetUserSettingsCommand({ UserPoolId, Username, MFAOptions }));
  const ask = (...given: Parameters<typeof set>) => refusalOfCall(set(...given));
  const look = async () =>
    bodyOf(await service.client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'ada' })));
  return { ...service, pool, set, ask, look };
}

describe('AdminSetUserSettings', () => {
  test('turns codes by SMS on, which every look at the user shows (pools-and-users 43)', async () => {
    const { client, pool, clock, set, look } = await administering();
    const before = await look();
    clock.advance(1000);

    expect(bodyOf(await set('ada', [sms]))).toEqual({});
    expect(await look()).toEqual({ ...before, MFAOptions: [sms] });
    const { Users } = await client.send(new ListUsersCommand({ UserPoolId: pool.id }));
    expect(Users).toEqual([
      {
        Username: 'ada',
        Attributes: before.UserAttributes,
        UserCreateDate: before.UserCreateDate,
        UserLastModifiedDate: before.UserLastModifiedDate,
        Enabled: true,
        UserStatus: 'CONFIRMED',
        MFAOptions: [sms],
      },
    ]);
  });

  test('turns them off by an empty list, once or twice (pools-and-users 43)', async () => {
    const { set, look } = await administering();
    const before = await look();
    await set('ada', [sms]);
    for (let call = 0; call < 2; call++) {
      expect(bodyOf(await set('ada', []))).toEqual({});
      expect(await look()).toEqual(before);
    }
  });

  test('turns them off however they were turned on, and leaves other factors alone', async () => {
    const { ports, pool, set, look } = await administering();
    const kept = await ports.pools.find(pool.id);
    const ada = kept && (await ports.users.find(kept, 'ada'));
    if (!kept || !ada) throw new Error('There is no such user');
    const mfa = { enabled: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], preferred: 'SMS_MFA' } as const;
    await ports.users.save(kept, ada, { ...ada, mfa });
    await set('ada', [sms]);
    expect(await look()).toMatchObject({
      MFAOptions: [sms],
      PreferredMfaSetting: 'SMS_MFA',
      UserMFASettingList: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
    });
    await set('ada', []);

    const { UserMFASettingList, ...left } = await look();
    expect(UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA']);
    expect(Object.keys(left)).not.toEqual(expect.arrayContaining(['MFAOptions', 'PreferredMfaSetting']));
  });

  test.each<[MFAOptionType[]]>([
    [[{}]],
    [[{ DeliveryMedium: 'SMS' }]],
    [[{ AttributeName: 'phone_number' }]],
    [[{ DeliveryMedium: 'EMAIL', AttributeName: 'email' }]],
    [[{ DeliveryMedium: 'EMAIL', AttributeName: 'phone_number' }]],
    [[{ DeliveryMedium: 'SMS', AttributeName: 'email' }]],
    [[sms, sms]],
    [[sms, { DeliveryMedium: 'EMAIL', AttributeName: 'email' }]],
  ])('refuses %j and changes nothing', async (options) => {
    const { ask, look } = await administering();
    const before = await look();

    expect(await ask('ada', options)).toBe(notAnOption);
    expect(await look()).toEqual(before);
  });

  test('needs a phone number to send codes to', async () => {
    const { aUser, pool, ask } = await administering();
    await aUser(pool, { username: 'bob' });

    expect(await ask('bob', [sms])).toBe(
      'InvalidParameterException: User does not have delivery config set to turn on SMS_MFA',
    );
    expect(await ask('bob', [])).toBe('nothing is refused');
  });

  test('has the next sign-in ask for a code by SMS, until it is turned off', async () => {
    const { client, pool, aClient, set } = await administering({
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' },
      AutoVerifiedAttributes: ['phone_number'],
      MfaConfiguration: 'OPTIONAL',
    });
    const app = await aClient(pool);
    const challenge = async () => (await signIn(client, app, { username: 'ada' })).ChallengeName;
    expect(await challenge()).toBeUndefined();
    await set('ada', [sms]);
    expect(await challenge()).toBe('SMS_MFA');
    await set('ada', []);
    expect(await challenge()).toBeUndefined();
  });

  test('does not know users and pools that are not there', async () => {
    const { ask } = await administering();

    expect(await ask('nobody', [sms])).toBe(nobody);
    expect(await ask('nobody', [sms], 'us-east-1_nobody')).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
