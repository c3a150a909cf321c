/** UpdateDeviceStatus and AdminUpdateDeviceStatus: whether a device is remembered. */
import {
  AdminGetDeviceCommand,
  AdminUpdateDeviceStatusCommand,
  type DeviceRememberedStatusType,
  UpdateDeviceStatusCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aDevice } from '../../support/devices.ts';
import { refusal, signingIn } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

async function aRoom() {
  const service = await startService();
  const pool = await service.aPool({ DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } });
  const signIn = signingIn(service, await service.aClient(pool));
  for (const username of ['ada', 'bob']) await service.aUser(pool, { username });
  const device = await aDevice(service, signIn, 'ada');
  const { access: AccessToken } = device;
  const inPool = { UserPoolId: pool.id, Username: 'ada' };
  type Status = DeviceRememberedStatusType | undefined;
  const ways = {
    UpdateDeviceStatus: (DeviceRememberedStatus: Status, DeviceKey = device.key) =>
      service.client.send(new UpdateDeviceStatusCommand({ AccessToken, DeviceKey, DeviceRememberedStatus })),
    AdminUpdateDeviceStatus: (DeviceRememberedStatus: Status, DeviceKey = device.key) =>
      service.client.send(new AdminUpdateDeviceStatusCommand({ ...inPool, DeviceKey, DeviceRememberedStatus })),
  };
  return {
    ...service,
    service,
    signIn,
    device,
    ways,
    seen: async () => {
      const { Device } = await service.client.send(new AdminGetDeviceCommand({ ...inPool, DeviceKey: device.key }));
      const status = Device?.DeviceAttributes?.find(({ Name }) => Name === 'dev:device_remembered_status')?.Value;
      return { status, modifiedAt: Device?.DeviceLastModifiedDate?.getTime() };
    },
  };
}

describe.each(['UpdateDeviceStatus', 'AdminUpdateDeviceStatus'] as const)('%s', (way) => {
  test('sets the status, and notes when it changed', async () => {
    const { clock, ways, seen } = await aRoom();
    const first = clock.now();
    expect(await seen()).toEqual({ status: 'not_remembered', modifiedAt: first });
    clock.advance(60_000);
    await ways[way]('not_remembered');
    await ways[way](undefined);
    expect(await seen()).toEqual({ status: 'not_remembered', modifiedAt: first });
    await ways[way]('remembered');
    expect(await seen()).toEqual({ status: 'remembered', modifiedAt: clock.now() });
    await ways[way]('not_remembered');
    expect(await seen()).toMatchObject({ status: 'not_remembered' });
  });

  test('knows no device of somebody else, and none that is not there', async () => {
    const { service, signIn, ways } = await aRoom();
    const stranger = await aDevice(service, signIn, 'bob');
    for (const key of [stranger.key, 'us-east-1_0']) {
      for (const status of ['remembered', undefined] as const) {
        expect(await refusal(ways[way](status, key))).toBe('ResourceNotFoundException: Device does not exist.');
      }
    }
  });

  test('loses no change that is made beside it', async () => {
    const { ways, seen } = await aRoom();
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, (_, turn) => refusal(ways[way](turn % 2 ? 'not_remembered' : 'remembered'))),
    );
    expect(outcomes.every((outcome) => outcome.startsWith('answered'))).toBe(true);
    await ways[way]('remembered');
    expect(await seen()).toMatchObject({ status: 'remembered' });
  });
});
