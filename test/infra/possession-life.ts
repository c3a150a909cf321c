/** People who have something: passkeys, and devices that are known. */
import {
  AdminForgetDeviceCommand,
  AdminGetDeviceCommand,
  AdminListDevicesCommand,
  AdminUpdateDeviceStatusCommand,
  DeleteWebAuthnCredentialCommand,
  ForgetDeviceCommand,
  GetDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  ListDevicesCommand,
  SetUserPoolMfaConfigCommand,
  UpdateDeviceStatusCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { somePassword } from '../support/builders.ts';
import { firstFactors } from '../support/choosing.ts';
import { byDevice, confirm, newDeviceOf, type TestDevice } from '../support/devices.ts';
import { passkeyCalls, relyingParty } from '../support/passkeys.ts';
import { sessionOf, tokensOf } from '../support/signing-in.ts';
import { liveIn, nobody, type Place, type Town } from './sign-in-place.ts';

/** Ada keeps the second of two; for somebody whom nobody knows, a third one is made up. */
export const keepPasskeys = (town: Town): Promise<void> => {
  const app = {
    ExplicitAuthFlows: ['ALLOW_USER_AUTH' as const, 'ALLOW_USER_PASSWORD_AUTH' as const],
    PreventUserExistenceErrors: 'ENABLED' as const,
  };
  return liveIn(town, { pool: firstFactors('PASSWORD', 'WEB_AUTHN'), app }, async (place) => {
    const { client, pool, aUser } = place;
    const WebAuthnConfiguration = { RelyingPartyId: relyingParty };
    await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, WebAuthnConfiguration }));
    await aUser(pool, { username: 'ada' });
    const { access } = await place.signIn.tokens('ada');
    const { register, list, ask, answer } = passkeyCalls(place);
    const [given, kept] = [await register(access), await register(access)];
    await client.send(new DeleteWebAuthnCredentialCommand({ AccessToken: access, CredentialId: given.id }));
    expect((await list(access)).Credentials).toMatchObject([{ CredentialId: kept.id }]);
    const posed = await ask(place.app);
    tokensOf(await answer(place.app, posed.Session, kept.assert(posed.options)));
    expect((await ask(place.app, nobody)).Session).toBeDefined();
  });
};

/** The first one is forgotten by ada herself, the second by an administrator. */
export const keepDevices = (town: Town): Promise<void> => {
  const DeviceConfiguration = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };
  return liveIn(town, { pool: { DeviceConfiguration } }, async (place) => {
    await place.aUser(place.pool, { username: 'ada' });
    const device = await aKnownDevice(place);
    await lookAfter(place, device);
    await administer(place, await aKnownDevice(place));
  });
};

async function aKnownDevice(place: Place): Promise<TestDevice> {
  const device = newDeviceOf(await place.signIn.byPassword('ada'));
  await confirm(place, device, 'telephone');
  return device;
}

async function lookAfter(place: Place, device: TestDevice): Promise<void> {
  const { client, app, signIn } = place;
  const named = { AccessToken: device.access, DeviceKey: device.key };
  const status = { DeviceRememberedStatus: 'remembered' as const };
  await client.send(new UpdateDeviceStatusCommand({ ...named, ...status }));
  const { Devices } = await client.send(new ListDevicesCommand({ AccessToken: device.access }));
  expect(Devices?.map(({ DeviceKey }) => DeviceKey)).toEqual([device.key]);
  expect((await client.send(new GetDeviceCommand(named))).Device?.DeviceKey).toBe(device.key);
  const posed = await signIn.byPassword('ada', somePassword, { DEVICE_KEY: device.key });
  expect(posed.ChallengeName).toBe('DEVICE_SRP_AUTH');
  expect(sessionOf(posed)).toBeTypeOf('string');
  const { refresh: RefreshToken } = tokensOf(await byDevice(place, signIn, posed, 'ada', device));
  const refreshing = { ClientId: app.id, RefreshToken, DeviceKey: device.key };
  // A client may have either way of refreshing.
  await signIn.refresh(RefreshToken, { DEVICE_KEY: device.key });
  await client.send(new GetTokensFromRefreshTokenCommand(refreshing));
  await client.send(new ForgetDeviceCommand(named));
}

async function administer({ client, pool }: Place, { key: DeviceKey }: TestDevice): Promise<void> {
  const ada = { UserPoolId: pool.id, Username: 'ada' };
  const status = { DeviceRememberedStatus: 'not_remembered' as const };
  await client.send(new AdminUpdateDeviceStatusCommand({ ...ada, DeviceKey, ...status }));
  const { Devices } = await client.send(new AdminListDevicesCommand(ada));
  expect(Devices?.map((device) => device.DeviceKey)).toEqual([DeviceKey]);
  await client.send(new AdminGetDeviceCommand({ ...ada, DeviceKey }));
  await client.send(new AdminForgetDeviceCommand({ ...ada, DeviceKey }));
}
