/** ConfirmDevice: whose device it confirms, with which verifiers, and what the pool makes of it. */
import { ConfirmDeviceCommand, type CreateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prime } from '../../../lambdas/core/rules/srp-group.ts';
import { byDevice, confirm, deviceSecret, newDeviceOf } from '../../support/devices.ts';
import { refusal, signingIn } from '../../support/signing-in.ts';
import { deviceVerifier } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

const wrongKey = 'InvalidParameterException: Invalid device key given.';
const taken = 'DeviceKeyExistsException: Device key already exists.';

async function aRoom(settings: Partial<CreateUserPoolCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: true }, ...settings });
  const app = await service.aClient(pool);
  for (const username of ['ada', 'bob']) await service.aUser(pool, { username });
  const signIn = signingIn(service, app);
  const aNewDevice = async (username = 'ada') => newDeviceOf(await signIn.byPassword(username));
  const device = await aNewDevice();
  const right = {
    AccessToken: device.access,
    DeviceKey: device.key,
    DeviceSecretVerifierConfig: deviceVerifier(device.groupKey, device.key, deviceSecret),
  };
  return {
    ...service,
    service,
    pool,
    signIn,
    aNewDevice,
    device,
    right,
    ask: (more: object) => refusal(service.client.send(new ConfirmDeviceCommand({ ...right, ...more }))),
  };
}

describe('ConfirmDevice', () => {
  test.each([
    [{ ChallengeRequiredOnNewDevice: true }, false],
    [{ DeviceOnlyRememberedOnUserPrompt: false }, false],
    [{ DeviceOnlyRememberedOnUserPrompt: true }, true],
  ])('says whether people decide that devices are remembered: %j (auth-flows 47)', async (settings, necessary) => {
    const { client, right } = await aRoom({ DeviceConfiguration: settings });
    const { UserConfirmationNecessary } = await client.send(new ConfirmDeviceCommand(right));
    expect(UserConfirmationNecessary).toBe(necessary);
  });

  test('takes only the key that the token was issued to', async () => {
    const { aNewDevice, ask } = await aRoom();
    const [sibling, stranger] = [await aNewDevice(), await aNewDevice('bob')];
    for (const { key } of [sibling, stranger, { key: 'us-east-1_0' }])
      expect(await ask({ DeviceKey: key })).toBe(wrongKey);
    expect(await ask({ AccessToken: stranger.access })).toBe(wrongKey);
    expect(await ask({})).toMatch(/^answered/);
  });

  test('takes no key in a pool that gives none', async () => {
    const { service, aPool, aClient, aUser } = await aRoom();
    const plain = await aPool();
    const signIn = signingIn(service, await aClient(plain));
    await aUser(plain, { username: 'ada' });
    const { access } = await signIn.tokens('ada');
    const command = new ConfirmDeviceCommand({ AccessToken: access, DeviceKey: 'us-east-1_0' });
    expect(await refusal(service.client.send(command))).toBe(wrongKey);
  });

  test('needs a verifier', async () => {
    const { right, ask } = await aRoom();
    const { Salt, PasswordVerifier } = right.DeviceSecretVerifierConfig;
    for (const config of [undefined, {}, { Salt }, { PasswordVerifier }, { Salt: '', PasswordVerifier }]) {
      expect(await ask({ DeviceSecretVerifierConfig: config })).toBe(wrongKey);
    }
  });

  test('refuses verifiers that are none', async () => {
    const { right, ask } = await aRoom();
    const { Salt } = right.DeviceSecretVerifierConfig;
    const inBase64 = (value: bigint) => {
      const digits = value.toString(16);
      return Buffer.from(digits.padStart(2 * Math.ceil(digits.length / 2), '0'), 'hex').toString('base64');
    };
    const hostile = fc.oneof(
      fc.constantFrom(0n, 1n, prime - 1n, prime, prime + 1n, 2n * prime, prime ** 2n).map(inBase64),
      fc.string({ unit: fc.constantFrom('=', '-', '_', ' ', '\0', 'é'), minLength: 1 }),
      fc.constant(Buffer.alloc(90_000, 7).toString('base64')),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (PasswordVerifier) => {
        expect(await ask({ DeviceSecretVerifierConfig: { Salt, PasswordVerifier } })).toMatch(
          /^InvalidParameterException: Invalid device verifier/,
        );
      }),
      { numRuns: 40 },
    );
    const { PasswordVerifier } = right.DeviceSecretVerifierConfig;
    for (const salt of ['A', '*', Buffer.alloc(65, 1).toString('base64')]) {
      expect(await ask({ DeviceSecretVerifierConfig: { Salt: salt, PasswordVerifier } })).toMatch(/^InvalidParameter/);
    }
    expect(await ask({})).toMatch(/^answered/);
  });

  test('takes the top bit for no sign: with a leading zero byte or without', async () => {
    const { service, signIn, aNewDevice } = await aRoom();
    // Salts of these have their top bit set.
    for (const salt of [Buffer.from('a34ce2f957a325ec9a4adbd49971ae0d', 'hex'), Buffer.from('00a34c', 'hex')]) {
      const device = await aNewDevice();
      const number = BigInt(`0x${salt.toString('hex')}`);
      const { PasswordVerifier } = deviceVerifier(device.groupKey, device.key, deviceSecret, number);
      const bytes = Buffer.from(PasswordVerifier, 'base64');
      const bare = bytes[0] === 0 ? bytes.subarray(1) : bytes;
      const config = { Salt: salt.toString('base64'), PasswordVerifier: bare.toString('base64') };
      await service.client.send(
        new ConfirmDeviceCommand({
          AccessToken: device.access,
          DeviceKey: device.key,
          DeviceSecretVerifierConfig: config,
        }),
      );
      const posed = await signIn.byPassword('ada', undefined, { DEVICE_KEY: device.key });
      expect((await byDevice(service, signIn, posed, 'ada', device)).AuthenticationResult).toBeDefined();
    }
  });

  test('confirms a device once, also of requests side by side', async () => {
    const { ask } = await aRoom();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => ask({})));
    expect(outcomes.filter((outcome) => outcome.startsWith('answered'))).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === taken)).toHaveLength(7);
    expect(await ask({ DeviceName: 'again' })).toBe(taken);
  });

  test('lets two people have devices of their own', async () => {
    const { service, aNewDevice, ask } = await aRoom();
    expect(await ask({})).toMatch(/^answered/);
    expect(await confirm(service, await aNewDevice('bob'))).toMatchObject({ UserConfirmationNecessary: false });
  });
});
