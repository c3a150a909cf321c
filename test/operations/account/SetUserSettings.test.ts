import {
  AdminSetUserSettingsCommand,
  AdminUserGlobalSignOutCommand,
  GetUserCommand,
  type MFAOptionType,
  SetUserSettingsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, refusalOfCall } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

const sms = { DeliveryMedium: 'SMS', AttributeName: 'phone_number' } as const;

async function somebody(attributes: Readonly<Record<string, string>> = { phone_number: '+12065559934' }) {
  const service = await startService();
  const pool = await service.aPool();
  const person = await aPerson(service, pool, { username: 'ada', attributes });
  const set = (MFAOptions: MFAOptionType[]) =>
    service.client.send(new SetUserSettingsCommand({ AccessToken: person.token, MFAOptions }));
  const look = async () => bodyOf(await service.client.send(new GetUserCommand({ AccessToken: person.token })));
  return { ...service, ...person, pool, set, look };
}

describe('SetUserSettings', () => {
  test('turns codes by SMS on and off again (pools-and-users 43)', async () => {
    const { set, look } = await somebody();
    const before = await look();

    expect(bodyOf(await set([sms]))).toEqual({});
    expect(await look()).toEqual({ ...before, MFAOptions: [sms] });
    expect(bodyOf(await set([]))).toEqual({});
    expect(await look()).toEqual(before);
  });

  test('is the same setting that administrators have', async () => {
    const { client, pool, set, look } = await somebody();
    const administered = (MFAOptions: MFAOptionType[]) =>
      client.send(new AdminSetUserSettingsCommand({ UserPoolId: pool.id, Username: 'ada', MFAOptions }));
    await administered([sms]);
    expect(await look()).toMatchObject({ MFAOptions: [sms] });
    await set([]);
    expect(await look()).not.toHaveProperty('MFAOptions');
    await set([sms]);
    await administered([]);
    expect(await look()).not.toHaveProperty('MFAOptions');
  });

  test('is for the phone number alone, and needs one', async () => {
    const { set, look } = await somebody({ email: 'fixture@example.com' });
    const before = await look();

    expect(await refusalOfCall(set([{ DeliveryMedium: 'EMAIL', AttributeName: 'email' }]))).toBe(
      'InvalidParameterException: MFAOptions takes one option: DeliveryMedium SMS with AttributeName phone_number.',
    );
    expect(await refusalOfCall(set([sms]))).toBe(
      'InvalidParameterException: User does not have delivery config set to turn on SMS_MFA',
    );
    expect(await look()).toEqual(before);
  });

  test('ends with the session', async () => {
    const { client, pool, set } = await somebody();
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' }));

    expect(await refusalOfCall(set([sms]))).toBe('NotAuthorizedException: Access Token has been revoked');
  });
});
