/** The keys of devices: made at a sign-in without a row for each, and told from those that others made up. */
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Random } from '../ports/random.ts';
import type { Sealer } from '../ports/sealer.ts';
import { alphanumerics, uuid, uuidOf } from './identifiers.ts';

type Digests = Pick<Sealer, 'digest'>;
type Owner = Pick<User, 'sub'>;

/** `<region>_<UUID version 4>`. The second half of the UUID is a keyed digest of the first one and of whose key it is. */
export const makeDeviceKey = (sealer: Digests, random: Random, pool: Pool, owner: Owner): Promise<string> =>
  completed(sealer, pool, owner, `${pool.region.slice(0, longestRegion)}_${uuid(random).slice(0, half)}`);

/** Whether the service made the key for this very user, confirmed or not. */
export const isDeviceKeyOf = async (sealer: Digests, pool: Pool, owner: Owner, key: string): Promise<boolean> =>
  key === (await completed(sealer, pool, owner, key.slice(0, -half)));

/** What devices of a pool hash with in place of its name: a hyphen and eight more characters, always the same. */
export async function deviceGroupKey(sealer: Digests, pool: Pool): Promise<string> {
  const digest = await sealer.digest('group', { purpose: 'device', poolId: pool.id });
  const characters = Array.from(digest.subarray(0, 8), (byte) => alphanumerics[byte % alphanumerics.length]);
  return `-${characters.join('')}`;
}

/** Keys are bounded to 55 characters. */
const longestRegion = 18;

/** `xxxxxxxx-xxxx-4xxx` and `-yxxx-xxxxxxxxxxxx` are of one length. */
const half = 18;

async function completed(sealer: Digests, pool: Pool, { sub }: Owner, start: string): Promise<string> {
  const digest = await sealer.digest(`key ${sub} ${start}`, { purpose: 'device', poolId: pool.id });
  return start + uuidOf(Buffer.concat([Buffer.alloc(8), digest.subarray(0, 8)])).slice(half);
}
