/** What users and administrators do with devices: look at them, remember them or not, and forget them. */
import { deviceNotFound, rateExceeded } from '../contract/errors.ts';
import type { Device } from '../model/device.ts';
import type { Page } from '../model/page.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { type List, pageSize, pageToken, requireCursor } from './page-tokens.ts';
import { longestRefreshTokenValidity } from './token-validity.ts';
import { unlessLost } from './unless-lost.ts';

type Owner = Pick<User, 'username' | 'sub'>;
type DevicePorts = Pick<Ports, 'devices'>;

/** Any member of the setting turns it on, whatever its value. */
export const tracksDevices = ({ settings }: Pick<Pool, 'settings'>): boolean =>
  Object.values(settings.DeviceConfiguration ?? {}).some((value) => value !== undefined);

export async function requireDevice({ devices }: DevicePorts, pool: Pool, owner: Owner, key: string): Promise<Device> {
  const device = await devices.find(pool, owner, key);
  if (!device || device === 'forgotten') throw deviceNotFound();
  return device;
}

/**
 * The device as saved, from the one that was read; `change` is made again on the newer one whenever the write was lost.
 * Refuses a device that was forgotten in the meantime.
 */
export function changeDevice(
  { devices }: DevicePorts,
  pool: Pool,
  owner: Owner,
  read: Device,
  change: (device: Device) => Device,
): Promise<Device> {
  let seen: Device | undefined = read;
  return unlessLost(async () => {
    const device = seen ?? (await requireDevice({ devices }, pool, owner, read.key));
    seen = undefined;
    const after = change(device);
    if (after === device) return device;
    return (await devices.save(pool, owner, device, after)) === 'saved' ? after : 'lost';
  }, rateExceeded);
}

/** Without a status, only that there is such a device is looked at. */
export async function rememberDevice(
  ports: Pick<Ports, 'devices' | 'clock'>,
  pool: Pool,
  owner: Owner,
  key: string,
  status: 'remembered' | 'not_remembered' | undefined,
): Promise<void> {
  const remembered = status === undefined ? undefined : status === 'remembered';
  const read = await requireDevice(ports, pool, owner, key);
  await changeDevice(ports, pool, owner, read, (device) =>
    remembered === undefined || remembered === device.remembered
      ? device
      : { ...device, remembered, modifiedAt: ports.clock.now() },
  );
}

/** Refresh tokens of its sessions fail from now on, so it is remembered for as long as one of them could live. */
export async function forgetDevice(
  { devices, clock }: Pick<Ports, 'devices' | 'clock'>,
  pool: Pool,
  owner: Owner,
  key: string,
): Promise<void> {
  const until = clock.now() + longestRefreshTokenValidity * 1000;
  if (!(await devices.forget(pool, owner, key, until))) throw deviceNotFound();
}

export interface DeviceRequest {
  readonly Limit?: number | undefined;
  readonly PaginationToken?: string | undefined;
}

/** A page of the user's devices, and the token for the next one, which no other list or user takes. */
export async function devicePage(
  ports: Pick<Ports, 'devices' | 'sealer' | 'clock'>,
  operation: 'ListDevices' | 'AdminListDevices',
  pool: Pool,
  owner: Owner,
  { Limit, PaginationToken }: DeviceRequest,
): Promise<Pick<Page<Device>, 'items'> & { readonly token: string | undefined }> {
  const list: List = { operation, within: pool.id, parameters: owner.sub };
  const after = await requireCursor(ports, list, PaginationToken);
  const page = await ports.devices.list(pool, owner, { limit: pageSize(Limit, 60), after });
  return { items: page.items, token: await pageToken(ports, list, page) };
}
