/** Keeps the devices of users. */
import type { Device } from '../model/device.ts';
import type { Page, PageRequest } from '../model/page.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';

type Owner = Pick<User, 'username' | 'sub'>;

export interface DeviceStore {
  /** Strongly consistent; only a device of this very user. */
  find(pool: Pool, owner: Owner, deviceKey: string): Promise<Device | undefined>;
  /** `taken` when the user has a device of this key. */
  add(pool: Pool, owner: Owner, device: Device): Promise<'added' | 'taken'>;
  /** Replaces the very version `before`. */
  save(pool: Pool, owner: Owner, before: Device, after: Device): Promise<'saved' | 'changed'>;
  /** Whether there was one. */
  remove(pool: Pool, owner: Owner, deviceKey: string): Promise<boolean>;
  list(pool: Pool, owner: Owner, page: PageRequest): Promise<Page<Device>>;
}
