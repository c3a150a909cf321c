/** Keeps the devices of users, and which of them were forgotten. */
import type { Device } from '../model/device.ts';
import type { Page, PageRequest } from '../model/page.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';

type Owner = Pick<User, 'username' | 'sub'>;

export interface DeviceStore {
  /** Strongly consistent; only a device of this very user. `undefined` for a key that was never confirmed. */
  find(pool: Pool, owner: Owner, deviceKey: string): Promise<Device | 'forgotten' | undefined>;
  /** `taken` when the user has a device of this key, or had one. */
  add(pool: Pool, owner: Owner, device: Device): Promise<'added' | 'taken' | 'owner gone'>;
  /** Replaces the very version `before`. */
  save(pool: Pool, owner: Owner, before: Device, after: Device): Promise<'saved' | 'changed'>;
  /** Whether there was one. That it was forgotten is kept until `until` (ms). */
  forget(pool: Pool, owner: Owner, deviceKey: string, until: number): Promise<boolean>;
  list(pool: Pool, owner: Owner, page: PageRequest): Promise<Page<Device>>;
}
