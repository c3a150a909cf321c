/** The device that a sign-in comes from: whether it is known, what it has to prove, and the key of a new one. */
import { deviceNotFound } from '../core/contract/errors.ts';
import type { Progress } from '../core/model/challenge-session.ts';
import type { Pool } from '../core/model/pool.ts';
import type { User } from '../core/model/user.ts';
import { deviceGroupKey, isDeviceKeyOf, makeDeviceKey } from '../core/rules/device-keys.ts';
import { tracksDevices } from '../core/rules/devices.ts';
import { namedDeviceKey } from './parameters.ts';
import { sealProof } from './proof-sessions.ts';
import type { Answer, KnownDevice, NewDevice, Parameters, Proof, SignIn, SignInPorts } from './sign-in.ts';

type DevicePorts = Pick<SignInPorts, 'devices' | 'sealer'>;
type Owner = Pick<User, 'username' | 'sub'>;

interface OnDevice extends SignIn {
  readonly device?: KnownDevice | undefined;
}

/** How far a sign-in has come, with the device that was named earlier. */
type SoFar = Pick<Progress, 'proven' | 'deviceKey'>;

/** The last device that was named, until one is proven: whatever is named after that, the sign-in comes from this one. */
export const deviceKeyAfter = (parameters: Parameters, { proven, deviceKey: earlier }: SoFar): string | undefined =>
  proven.includes('device') ? earlier : (namedDeviceKey(parameters) ?? earlier);

/**
 * The device that the client has named, now or earlier, once the user has proven something. After the password, refuses a
 * key that is none of the user's, before anything is spent: clients send the same answer again without it. Without a
 * password, no device is asked for, and such a key makes no difference.
 */
export async function namedDevice(
  ports: DevicePorts,
  { pool, parameters }: Pick<SignIn, 'pool' | 'parameters'>,
  owner: Owner,
  { proven, deviceKey: earlier }: SoFar,
): Promise<KnownDevice | undefined> {
  if (!tracksDevices(pool)) return undefined;
  const named = proven.includes('device') ? undefined : parameters['DEVICE_KEY'];
  const key = named || earlier;
  if (!key) return undefined;
  const device = await knownDevice(ports, pool, owner, key);
  // One that was named earlier may be gone by now; refused again and again, the client could not go on without it.
  if (!device && named && proven.includes('password')) throw deviceNotFound();
  return device;
}

/** Keys that the service made for this user and nobody has confirmed are known as well. */
async function knownDevice(
  { devices, sealer }: DevicePorts,
  pool: Pool,
  owner: Owner,
  key: string,
): Promise<KnownDevice | undefined> {
  if (!(await isDeviceKeyOf(sealer, pool, owner, key))) return undefined;
  const device = (await devices.find(pool, owner, key)) ?? { key, remembered: false };
  return device === 'forgotten' ? undefined : device;
}

/** DEVICE_SRP_AUTH. */
export async function poseDevice(
  ports: SignInPorts,
  { client, device }: OnDevice,
  proof: Proof,
): Promise<Answer | undefined> {
  if (!device) return undefined;
  const onDevice = { ...proof, deviceKey: device.key };
  return {
    ChallengeName: 'DEVICE_SRP_AUTH',
    Session: await sealProof(ports, client, onDevice, { expects: ['DEVICE_SRP_AUTH'] }),
    ChallengeParameters: { USER_ID_FOR_SRP: proof.user.username },
  };
}

/** In a pool that tracks devices, for a sign-in from one that is not known. A server's own sign-ins come from none. */
export async function newDevice(
  { sealer, random }: Pick<SignInPorts, 'sealer' | 'random'>,
  { pool, device }: OnDevice,
  { user, kind }: Proof,
): Promise<NewDevice | undefined> {
  if (device || kind === 'administrator' || !tracksDevices(pool)) return undefined;
  const [DeviceKey, DeviceGroupKey] = await Promise.all([
    makeDeviceKey(sealer, random, pool, user),
    deviceGroupKey(sealer, pool),
  ]);
  return { DeviceKey, DeviceGroupKey };
}
