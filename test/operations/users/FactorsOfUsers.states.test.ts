/** Second factors of users in each state: what administrators, and the users themselves, may change about them. */
import {
  AdminDeleteSoftwareTokenCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserSettingsCommand,
  SetUserMFAPreferenceCommand,
  SetUserSettingsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { User, UserStatus } from '../../../lambdas/core/model/user.ts';
import { refusalOfCall } from '../../support/people.ts';
import { aFactorRoom, phone } from '../../support/second-factors.ts';

const notConfirmed = 'UserNotConfirmedException: User is not confirmed.';
const resetRequired = 'PasswordResetRequiredException: Password reset required for the user';
const done = 'nothing is refused';
const texts = { SMSMfaSettings: { Enabled: true } };
const MFAOptions = [{ DeliveryMedium: 'SMS' as const, AttributeName: 'phone_number' }];

/** Ada, who has an app that comes first. */
async function aRoom() {
  const room = await aFactorRoom({
    offers: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
    user: { attributes: { phone_number: phone } },
  });
  const { client, isUser, access: AccessToken, ports, pool } = room;
  await room.anApp();
  await room.prefer({ SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
  const become = async (members: Partial<User>) => {
    const kept = await ports.pools.find(pool.id);
    const user = kept && (await ports.users.find(kept, 'ada'));
    if (!kept || !user) throw new Error('There is no such user');
    expect(await ports.users.save(kept, user, { ...user, ...members })).toBe('saved');
  };
  const factors = async () => {
    const {
      UserMFASettingList,
      PreferredMfaSetting,
      UserStatus: status,
    } = await client.send(new AdminGetUserCommand(isUser));
    return [UserMFASettingList, PreferredMfaSetting, status];
  };
  return {
    become,
    factors,
    operations: {
      AdminDeleteSoftwareToken: () => client.send(new AdminDeleteSoftwareTokenCommand(isUser)),
      AdminSetUserMFAPreference: () => client.send(new AdminSetUserMFAPreferenceCommand({ ...isUser, ...texts })),
      AdminSetUserSettings: () => client.send(new AdminSetUserSettingsCommand({ ...isUser, MFAOptions })),
      SetUserMFAPreference: () => client.send(new SetUserMFAPreferenceCommand({ AccessToken, ...texts })),
      SetUserSettings: () => client.send(new SetUserSettingsCommand({ AccessToken, MFAOptions })),
    },
  };
}

const saidTo = {
  CONFIRMED: [done, done, done, done, done],
  FORCE_CHANGE_PASSWORD: [done, done, done, done, done],
  EXTERNAL_PROVIDER: [done, done, done, done, done],
  UNCONFIRMED: [notConfirmed, notConfirmed, done, notConfirmed, notConfirmed],
  RESET_REQUIRED: [done, resetRequired, done, resetRequired, resetRequired],
} as const satisfies Partial<Record<UserStatus, readonly string[]>>;

const states = Object.keys(saidTo) as readonly (keyof typeof saidTo)[];

describe('Second factors', () => {
  test.each(states)('of somebody in the state %s are changed by who may', async (status) => {
    const { become, operations } = await aRoom();
    await become({ status });
    // An app is taken away last: the others leave one factor beside it.
    const said = [];
    for (const operation of Object.values(operations).toReversed()) said.unshift(await refusalOfCall(operation()));
    expect(said).toEqual(saidTo[status]);
  });

  test('stay as they are where a change is refused, and the state stays where it is not', async () => {
    const { become, factors, operations } = await aRoom();
    await become({ status: 'UNCONFIRMED' });
    await refusalOfCall(operations.AdminDeleteSoftwareToken());
    await refusalOfCall(operations.AdminSetUserMFAPreference());
    expect(await factors()).toEqual([['SOFTWARE_TOKEN_MFA'], 'SOFTWARE_TOKEN_MFA', 'UNCONFIRMED']);
    await become({ status: 'RESET_REQUIRED' });
    await operations.AdminDeleteSoftwareToken();
    expect(await factors()).toEqual([undefined, undefined, 'RESET_REQUIRED']);
    await become({ status: 'FORCE_CHANGE_PASSWORD' });
    await operations.AdminSetUserMFAPreference();
    expect(await factors()).toEqual([['SMS_MFA'], undefined, 'FORCE_CHANGE_PASSWORD']);
  });

  test('of somebody who is disabled are an administrator’s to change', async () => {
    const { become, operations } = await aRoom();
    await become({ enabled: false });
    expect(await refusalOfCall(operations.AdminSetUserMFAPreference())).toBe(done);
    expect(await refusalOfCall(operations.AdminDeleteSoftwareToken())).toBe(done);
    expect(await refusalOfCall(operations.SetUserMFAPreference())).toBe('NotAuthorizedException: User is disabled.');
  });
});
