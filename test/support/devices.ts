/** Devices of people, as their applications keep them: confirmed after a sign-in, and proven at the next one. */
import {
  type AuthenticationResultType,
  ConfirmDeviceCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { parametersOf, type SigningIn, sessionOf } from './signing-in.ts';
import { deviceVerifier, srpClient } from './srp-client.ts';
import type { Service } from './start-service.ts';

export const deviceSecret = 'dsATBFxWFR3n6jEEuPcF3gPf9ACfqftLEsEwSDT5eJMMSsCTh57Gkw==';

export interface TestDevice {
  readonly key: string;
  readonly groupKey: string;
  readonly secret: string;
  /** Of the sign-in that it was confirmed with. */
  readonly access: string;
  readonly refresh: string;
}

interface Answer {
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
}

/** The device that the tokens were issued to, before it is confirmed. */
export function newDeviceOf({ AuthenticationResult: result }: Answer, secret = deviceSecret): TestDevice {
  const { DeviceKey: key, DeviceGroupKey: groupKey } = result?.NewDeviceMetadata ?? {};
  const { AccessToken: access, RefreshToken: refresh } = result ?? {};
  if (!key || !groupKey || !access || !refresh) throw new Error('The answer lacks a new device');
  return { key, groupKey, secret, access, refresh };
}

export const confirm = ({ client }: Pick<Service, 'client'>, device: TestDevice, DeviceName?: string) =>
  client.send(
    new ConfirmDeviceCommand({
      AccessToken: device.access,
      DeviceKey: device.key,
      DeviceName,
      DeviceSecretVerifierConfig: deviceVerifier(device.groupKey, device.key, device.secret),
    }),
  );

/** Signs in by password, and confirms the device that comes of it. */
export async function aDevice(
  service: Service,
  signIn: SigningIn,
  username: string,
  { name, secret }: { readonly name?: string; readonly secret?: string } = {},
): Promise<TestDevice> {
  const device = newDeviceOf(await signIn.byPassword(username), secret);
  await confirm(service, device, name);
  return device;
}

interface Posed {
  readonly Session?: string | undefined;
}

type Parameters = Readonly<Record<string, string>>;

/** The challenge that DEVICE_SRP_AUTH leads to, and the right answer to it. */
export async function provingDevice(
  { clock }: Pick<Service, 'clock'>,
  signIn: SigningIn,
  posed: Posed,
  username: string,
  device: TestDevice,
): Promise<{ readonly session: string; readonly challenge: Parameters; readonly answer: Parameters }> {
  const srp = srpClient();
  const given = { USERNAME: username, DEVICE_KEY: device.key, SRP_A: srp.publicValue };
  const next = await signIn.respond('DEVICE_SRP_AUTH', given, sessionOf(posed));
  const challenge = parametersOf(next);
  const knowledge = { groupKey: device.groupKey, deviceKey: device.key, secret: device.secret, at: clock.now() };
  return { session: sessionOf(next), challenge, answer: srp.answerOfDevice(challenge, knowledge) };
}

/** Both legs. */
export async function byDevice(
  service: Pick<Service, 'clock'>,
  signIn: SigningIn,
  posed: Posed,
  username: string,
  device: TestDevice,
): Promise<RespondToAuthChallengeCommandOutput> {
  const { session, answer } = await provingDevice(service, signIn, posed, username, device);
  return signIn.respond('DEVICE_PASSWORD_VERIFIER', answer, session);
}
