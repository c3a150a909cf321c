/** GetDevice and AdminGetDevice: one device, as its person and as an administrator see it. */
import { AdminGetDeviceCommand, GetDeviceCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aDevice, newDeviceOf } from '../../support/devices.ts';
import { refusal, signingIn } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const notThere = 'ResourceNotFoundException: Device does not exist.';

async function aRoom() {
  const service = await startService();
  const pool = await service.aPool({ DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } });
  const signIn = signingIn(service, await service.aClient(pool));
  for (const username of ['ada', 'bob']) await service.aUser(pool, { username });
  const device = await aDevice(service, signIn, 'ada', { name: 'a telephone' });
  const { access: AccessToken } = device;
  return {
    ...service,
    service,
    pool,
    signIn,
    device,
    own: (DeviceKey = device.key) => service.client.send(new GetDeviceCommand({ AccessToken, DeviceKey })),
    asAdministrator: (DeviceKey = device.key, Username = 'ada', UserPoolId = pool.id) =>
      service.client.send(new AdminGetDeviceCommand({ UserPoolId, Username, DeviceKey })),
  };
}

describe('GetDevice and AdminGetDevice', () => {
  test('show key, attributes and dates', async () => {
    const { clock, device, own, asAdministrator } = await aRoom();
    const { Device } = await own();
    const at = new Date(clock.now());
    const attributes = [
      { Name: 'device_status', Value: 'valid' },
      { Name: 'device_name', Value: 'a telephone' },
      { Name: 'last_ip_used', Value: expect.any(String) },
    ];
    const common = {
      DeviceKey: device.key,
      DeviceCreateDate: at,
      DeviceLastModifiedDate: at,
      DeviceLastAuthenticatedDate: at,
    };
    expect(Device).toEqual({ ...common, DeviceAttributes: attributes });
    expect((await asAdministrator()).Device).toEqual({
      ...common,
      DeviceAttributes: [...attributes, { Name: 'dev:device_remembered_status', Value: 'not_remembered' }],
    });
  });

  test('know no device that is another one of nobody, of somebody else, or unconfirmed', async () => {
    const { service, signIn, own, asAdministrator } = await aRoom();
    const others = [
      'us-east-1_0',
      (await aDevice(service, signIn, 'bob')).key,
      newDeviceOf(await signIn.byPassword('ada')).key,
    ];
    for (const key of others) {
      expect(await refusal(own(key))).toBe(notThere);
      expect(await refusal(asAdministrator(key))).toBe(notThere);
    }
  });

  test('know no user and no pool that is not there', async () => {
    const { device, asAdministrator } = await aRoom();
    expect(await refusal(asAdministrator(device.key, 'eve'))).toBe('UserNotFoundException: User does not exist.');
    expect(await refusal(asAdministrator(device.key, 'ada', 'us-east-1_000000000'))).toMatch(
      /^ResourceNotFoundException: User pool/,
    );
  });

  test('show nothing of somebody who had the name before', async () => {
    const { service, pool, signIn, device, call, aUser, asAdministrator } = await aRoom();
    await call('AdminDeleteUser', { UserPoolId: pool.id, Username: 'ada' });
    await aUser(pool, { username: 'ada' });
    expect(await refusal(asAdministrator())).toBe(notThere);
    expect(await refusal(signIn.byPassword('ada', undefined, { DEVICE_KEY: device.key }))).toBe(notThere);
    expect(await aDevice(service, signIn, 'ada')).toBeDefined();
  });
});
