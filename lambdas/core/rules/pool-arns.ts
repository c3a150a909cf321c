/** ARNs of pools: how they are written, and which of them lead to a pool. */
import { poolArnInvalid, poolNotFound } from '../contract/errors.ts';
import type { Pool } from '../model/pool.ts';

/** Where a call is made, or where a pool is. */
type Place = Pick<Pool, 'partition' | 'region' | 'account'>;

export const poolArn = ({ partition, region, account, id }: Place & Pick<Pool, 'id'>): string =>
  `arn:${partition}:cognito-idp:${region}:${account}:userpool/${id}`;

/** The id of a pool begins with its region. */
export const regionOfPool = (id: string): string => id.slice(0, id.lastIndexOf('_'));

const idAtEnd = /:userpool\/([\w-]+_[0-9a-zA-Z]+)$/;

/**
 * The id in an ARN that has the one spelling of a pool's here, to the last letter. Policies are asked about the ARN as it
 * came: if another spelling led to the same pool, somebody would get past what is denied for it.
 */
export function findPoolId(place: Place, arn: string): string | undefined {
  const [, id] = idAtEnd.exec(arn) ?? [];
  return id !== undefined && arn === poolArn({ ...place, id }) ? id : undefined;
}

/** Refuses what is no ARN of a pool here, and a pool that cannot be here. */
export function requirePoolId(place: Place, arn: string): string {
  const id = findPoolId(place, arn);
  if (id === undefined) throw poolArnInvalid();
  if (regionOfPool(id) !== place.region) throw poolNotFound(id);
  return id;
}
