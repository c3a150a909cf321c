/** Refreshing the sessions of devices: with the key of the device once that is confirmed, by either operation. */
import {
  type CreateUserPoolClientCommandInput,
  GetTokensFromRefreshTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { aDevice, byDevice, confirm, newDeviceOf } from '../../support/devices.ts';
import { refusal, signingIn, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const invalid = 'NotAuthorizedException: Invalid Refresh Token.';

async function aRoom(settings: Partial<CreateUserPoolClientCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } });
  const app = await service.aClient(pool, settings);
  await service.aUser(pool, { username: 'ada' });
  const signIn = signingIn(service, app);
  const get = (RefreshToken: string, DeviceKey?: string) =>
    service.client.send(new GetTokensFromRefreshTokenCommand({ RefreshToken, ClientId: app.id, DeviceKey }));
  const initiate = (token: string, key?: string) => signIn.refresh(token, key === undefined ? {} : { DEVICE_KEY: key });
  return {
    ...service,
    service,
    pool,
    signIn,
    ways: { GetTokensFromRefreshToken: get, REFRESH_TOKEN_AUTH: initiate },
    aDevice: () => aDevice(service, signIn, 'ada'),
  };
}

describe.each(['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH'] as const)('%s', (way) => {
  test('asks for the key of a confirmed device, and for no other (auth-flows 49)', async () => {
    const { ways, aDevice } = await aRoom();
    const [device, sibling] = [await aDevice(), await aDevice()];
    for (const key of [undefined, sibling.key, 'us-east-1_0']) {
      expect(await refusal(ways[way](device.refresh, key))).toBe(invalid);
    }
    const { AuthenticationResult } = await ways[way](device.refresh, device.key);
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')).toMatchObject({ device_key: device.key });
    expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
  });

  test('asks it of later sessions on the device as well', async () => {
    const { service, signIn, ways, aDevice } = await aRoom();
    const device = await aDevice();
    const posed = await signIn.byPassword('ada', somePassword, { DEVICE_KEY: device.key });
    const { refresh } = tokensOf(await byDevice(service, signIn, posed, 'ada', device));
    expect(await refusal(ways[way](refresh))).toBe(invalid);
    expect(await refusal(ways[way](refresh, device.key))).toMatch(/^answered/);
  });

  test('asks nothing of a session whose device was never confirmed, until it is', async () => {
    const { service, signIn, ways } = await aRoom();
    const device = newDeviceOf(await signIn.byPassword('ada'));
    expect(await refusal(ways[way](device.refresh))).toMatch(/^answered/);
    const { AuthenticationResult } = await ways[way](device.refresh);
    // The device may as well be confirmed with a token that was refreshed.
    await confirm(service, { ...device, access: AuthenticationResult?.AccessToken ?? '' });
    expect(await refusal(ways[way](device.refresh))).toBe(invalid);
    expect(await refusal(ways[way](device.refresh, device.key))).toMatch(/^answered/);
  });

  test('asks nothing where no devices are tracked, whatever key is named', async () => {
    const { service, aPool, aClient, aUser } = await aRoom();
    const plain = await aPool();
    const app = await aClient(plain);
    await aUser(plain, { username: 'ada' });
    const signIn = signingIn(service, app);
    const { refresh } = await signIn.tokens('ada');
    expect(await refusal(signIn.refresh(refresh, { DEVICE_KEY: 'us-east-1_0' }))).toMatch(/^answered/);
  });
});

test('Tokens that rotate stay bound to the device, and end with it (auth-flows 49)', async () => {
  const { call, ways, aDevice } = await aRoom({
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  });
  const device = await aDevice();
  const get = ways.GetTokensFromRefreshToken;
  expect(await refusal(get(device.refresh))).toBe(invalid);
  // What was refused has not used the token up.
  const { refresh: second, access } = tokensOf(await get(device.refresh, device.key));
  expect(await refusal(get(second))).toBe(invalid);
  const { refresh: third } = tokensOf(await get(second, device.key));
  expect((await call('ForgetDevice', { AccessToken: access, DeviceKey: device.key })).status).toBe(200);
  expect(await refusal(get(third, device.key))).toBe(invalid);
});
