/** ForgetDevice and AdminForgetDevice: what is left of a device that was forgotten. */
import {
  AdminForgetDeviceCommand,
  AdminListDevicesCommand,
  ForgetDeviceCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aDevice, confirm, newDeviceOf, type TestDevice } from '../../support/devices.ts';
import { refusal, signingIn } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const notThere = 'ResourceNotFoundException: Device does not exist.';

async function aRoom() {
  const service = await startService();
  const pool = await service.aPool({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } });
  const signIn = signingIn(service, await service.aClient(pool));
  for (const username of ['ada', 'bob']) await service.aUser(pool, { username });
  const inPool = { UserPoolId: pool.id, Username: 'ada' };
  const ways = {
    ForgetDevice: ({ access: AccessToken, key: DeviceKey }: TestDevice) =>
      service.client.send(new ForgetDeviceCommand({ AccessToken, DeviceKey })),
    AdminForgetDevice: ({ key: DeviceKey }: TestDevice) =>
      service.client.send(new AdminForgetDeviceCommand({ ...inPool, DeviceKey })),
  };
  return {
    ...service,
    service,
    signIn,
    inPool,
    ways,
    aDevice: (username = 'ada') => aDevice(service, signIn, username),
    keys: async () => {
      const { Devices } = await service.client.send(new AdminListDevicesCommand(inPool));
      return Devices?.map(({ DeviceKey }) => DeviceKey);
    },
  };
}

describe.each(['ForgetDevice', 'AdminForgetDevice'] as const)('%s', (way) => {
  test('forgets that device alone, and once', async () => {
    const { ways, aDevice, keys } = await aRoom();
    const [device, sibling] = [await aDevice(), await aDevice()];
    await ways[way](device);
    expect(await keys()).toEqual([sibling.key]);
    expect(await refusal(ways[way](device))).toBe(notThere);
  });

  test('has one winner of several at once', async () => {
    const { ways, aDevice } = await aRoom();
    const device = await aDevice();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => refusal(ways[way](device))));
    expect(outcomes.filter((outcome) => outcome.startsWith('answered'))).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === notThere)).toHaveLength(4);
  });

  test('knows no device of somebody else, and none that was never confirmed', async () => {
    const { signIn, ways, aDevice } = await aRoom();
    const own = await aDevice();
    const others = [await aDevice('bob'), newDeviceOf(await signIn.byPassword('ada')), { key: 'us-east-1_0' }];
    for (const { key } of others) expect(await refusal(ways[way]({ ...own, key }))).toBe(notThere);
  });

  test('leaves a key that is never confirmed again', async () => {
    const { service, ways, aDevice, keys } = await aRoom();
    const device = await aDevice();
    await ways[way](device);
    expect(await refusal(confirm(service, device))).toMatch(/^DeviceKeyExistsException/);
    expect(await keys()).toEqual([]);
  });

  test('ends the refresh tokens of its sessions, with the key and without, and no others', async () => {
    const { signIn, ways, aDevice } = await aRoom();
    const [device, sibling] = [await aDevice(), await aDevice()];
    await ways[way](device);
    for (const more of [{}, { DEVICE_KEY: device.key }, { DEVICE_KEY: sibling.key }]) {
      expect(await refusal(signIn.refresh(device.refresh, more))).toBe(
        'NotAuthorizedException: Invalid Refresh Token.',
      );
    }
    expect(await refusal(signIn.refresh(sibling.refresh, { DEVICE_KEY: sibling.key }))).toMatch(/^answered/);
  });
});

test('AdminForgetDevice refuses a user and a pool that are not there', async () => {
  const { client, inPool, aDevice } = await aRoom();
  const { key: DeviceKey } = await aDevice();
  const ask = (more: object) => refusal(client.send(new AdminForgetDeviceCommand({ ...inPool, DeviceKey, ...more })));
  expect(await ask({ Username: 'eve' })).toBe('UserNotFoundException: User does not exist.');
  expect(await ask({ UserPoolId: 'us-east-1_000000000' })).toMatch(/^ResourceNotFoundException/);
});
