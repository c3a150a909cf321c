/** Devices in place of second factors, and after them. */
import {
  type CreateUserPoolCommandInput,
  type DeviceRememberedStatusType,
  ForgetDeviceCommand,
  UpdateDeviceStatusCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { byDevice, confirm, newDeviceOf, provingDevice, type TestDevice } from '../../support/devices.ts';
import { aFactorRoom, appCode, step } from '../../support/second-factors.ts';
import { refusal, sessionOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';

interface Posed {
  readonly Session?: string | undefined;
}

/** Ada has an app, and whoever signs in has to show its code. */
async function aRoom(DeviceConfiguration: CreateUserPoolCommandInput['DeviceConfiguration']) {
  const offers = ['SOFTWARE_TOKEN_MFA'] as const;
  const room = await aFactorRoom({ mode: 'ON', offers, pool: { DeviceConfiguration } });
  const { service, signIn, clock, client } = room;
  const secret = await room.anApp();
  await room.prefer({ SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
  const named = (device: TestDevice | undefined) => (device ? { DEVICE_KEY: device.key } : {});
  const begin = (device?: TestDevice) => signIn.byPassword('ada', somePassword, named(device));
  const showCode = (posed: Posed, device?: TestDevice) => {
    // The app shows another code by now.
    clock.advance(step);
    const SOFTWARE_TOKEN_MFA_CODE = appCode(secret, clock.now());
    const responses = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE, ...named(device) };
    return signIn.respond('SOFTWARE_TOKEN_MFA', responses, sessionOf(posed));
  };
  const aNewDevice = async () => newDeviceOf(await showCode(await begin()));
  return {
    ...room,
    begin,
    showCode,
    aNewDevice,
    async aDevice() {
      const device = await aNewDevice();
      await confirm(service, device);
      return device;
    },
    remember: ({ access, key }: TestDevice, DeviceRememberedStatus: DeviceRememberedStatusType) =>
      client.send(new UpdateDeviceStatusCommand({ AccessToken: access, DeviceKey: key, DeviceRememberedStatus })),
    forget: ({ access, key }: TestDevice) =>
      client.send(new ForgetDeviceCommand({ AccessToken: access, DeviceKey: key })),
  };
}

describe('Where a device stands for the second factor', () => {
  test('a remembered one signs in without it, a new one does not (auth-flows 46)', async () => {
    const { service, signIn, begin, aDevice } = await aRoom({ ChallengeRequiredOnNewDevice: true });
    const device = await aDevice();
    const posed = await begin(device);
    expect(posed.ChallengeName).toBe('DEVICE_SRP_AUTH');
    expect((await byDevice(service, signIn, posed, 'ada', device)).AuthenticationResult).toBeDefined();
    expect((await begin()).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });

  test('people decide which ones are remembered, where the pool says so (auth-flows 47)', async () => {
    const { service, signIn, begin, showCode, aNewDevice, remember } = await aRoom({
      ChallengeRequiredOnNewDevice: true,
      DeviceOnlyRememberedOnUserPrompt: true,
    });
    const device = await aNewDevice();
    expect(await confirm(service, device)).toMatchObject({ UserConfirmationNecessary: true });
    const asked = await begin(device);
    expect(asked.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const { AuthenticationResult } = await showCode(asked, device);
    expect(AuthenticationResult?.AccessToken).toBeDefined();
    expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    await remember(device, 'remembered');
    const posed = await begin(device);
    expect(posed.ChallengeName).toBe('DEVICE_SRP_AUTH');
    expect((await byDevice(service, signIn, posed, 'ada', device)).AuthenticationResult).toBeDefined();
    await remember(device, 'not_remembered');
    expect((await begin(device)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });

  test('one that is not confirmed does not, nor one that was forgotten', async () => {
    const { begin, aNewDevice, aDevice, forget } = await aRoom({ ChallengeRequiredOnNewDevice: true });
    expect((await begin(await aNewDevice())).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const gone = await aDevice();
    await forget(gone);
    expect(await refusal(begin(gone))).toBe('ResourceNotFoundException: Device does not exist.');
  });

  test('the secret of another device, which is not remembered, leads nowhere', async () => {
    const { service, signIn, begin, aDevice, remember } = await aRoom({ ChallengeRequiredOnNewDevice: true });
    const [trusted, other] = [await aDevice(), await aDevice()];
    await remember(other, 'not_remembered');
    const posed = await begin(trusted);
    const given = { USERNAME: 'ada', DEVICE_KEY: other.key, SRP_A: srpClient().publicValue };
    const invalid = 'NotAuthorizedException: Invalid session for the user.';
    expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', given, sessionOf(posed)))).toBe(invalid);
    const { session, answer } = await provingDevice(service, signIn, posed, 'ada', { ...other, key: trusted.key });
    const responses = { ...answer, DEVICE_KEY: other.key };
    expect(await refusal(signIn.respond('DEVICE_PASSWORD_VERIFIER', responses, session))).toBe(invalid);
    // It was the key that was wrong, and nothing else.
    expect(await refusal(signIn.respond('DEVICE_PASSWORD_VERIFIER', answer, session))).toMatch(/^answered/);
  });

  test('one that is not remembered any more is no longer asked, and the factor is', async () => {
    const { signIn, begin, aDevice, remember } = await aRoom({ ChallengeRequiredOnNewDevice: true });
    const device = await aDevice();
    const posed = await begin(device);
    await remember(device, 'not_remembered');
    const given = { USERNAME: 'ada', DEVICE_KEY: device.key, SRP_A: srpClient().publicValue };
    expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', given, sessionOf(posed)))).toMatch(/^ResourceNotFound/);
    expect((await begin(device)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });
});

describe('Where a device does not stand for the second factor', () => {
  test('a remembered one is asked after it', async () => {
    const { service, signIn, begin, showCode, aDevice } = await aRoom({ ChallengeRequiredOnNewDevice: false });
    const device = await aDevice();
    const asked = await begin(device);
    expect(asked.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const posed = await showCode(asked, device);
    expect(posed.ChallengeName).toBe('DEVICE_SRP_AUTH');
    expect((await byDevice(service, signIn, posed, 'ada', device)).AuthenticationResult).toBeDefined();
  });

  test('the one that was named with the password counts for the code as well', async () => {
    const { begin, showCode, aDevice } = await aRoom({ ChallengeRequiredOnNewDevice: false });
    expect((await showCode(await begin(await aDevice()))).ChallengeName).toBe('DEVICE_SRP_AUTH');
  });

  test('one may be named with the code only; one that is not there is refused, and the same code does (auth-flows 48)', async () => {
    const { begin, showCode, aDevice, forget } = await aRoom({ ChallengeRequiredOnNewDevice: false });
    const [device, gone] = [await aDevice(), await aDevice()];
    await forget(gone);
    const posed = await begin();
    expect(await refusal(showCode(posed, gone))).toBe('ResourceNotFoundException: Device does not exist.');
    expect((await showCode(posed, device)).ChallengeName).toBe('DEVICE_SRP_AUTH');
  });

  test('one that is forgotten between password and code is forgotten for the code', async () => {
    const { begin, showCode, aDevice, forget } = await aRoom({ ChallengeRequiredOnNewDevice: false });
    const device = await aDevice();
    const posed = await begin(device);
    await forget(device);
    expect(newDeviceOf(await showCode(posed)).key).not.toBe(device.key);
  });
});
